/** The processor or graphics card that trains. */
import { choice, group, whole } from '../fields';

export const device = group(
  {
    kind: choice(
      ['auto', 'cpu', 'gpu'],
      'auto',
      'Where the maths runs: gpu is WebGPU for the engine onnx and CUDA for tensorflow.',
    ),
    index: whole(0, { minimum: 0, maximum: 63 }, 'Which GPU, counted from 0, where there are several.'),
  },
  'The processor or graphics card that trains.',
);
