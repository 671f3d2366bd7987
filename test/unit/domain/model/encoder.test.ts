/** Which layers an encoder consists of. */
import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../../src/domain/configuration/schema';
import type { EncoderArchitecture } from '../../../../src/domain/model/encoder';
import { encoderArchitecture, encoderParameters } from '../../../../src/domain/model/encoder';

function architecture(model: Required<PartialConfiguration>['model'], channels = 3): EncoderArchitecture {
  const configuration = parseConfiguration({ model }, 'test');
  return encoderArchitecture(configuration.model, { height: 8, width: 8, channels });
}

test('small-resnet doubles its width twice, and its tensors keep their names', () => {
  const encoder = architecture({ width: 16 }, 1);
  expect(encoder.featureWidth).toBe(64);
  const kernels = encoderParameters(encoder).filter(({ role }) => role === 'kernel');
  expect(kernels.map(({ name, shape }) => `${name.replace('encoder/', '')} ${shape.join('x')}`)).toEqual([
    'stem/kernel 3x3x1x16',
    'stage1/block1/first/kernel 3x3x16x16',
    'stage1/block1/second/kernel 3x3x16x16',
    'stage2/block1/first/kernel 3x3x16x32',
    'stage2/block1/second/kernel 3x3x32x32',
    'stage2/block1/shortcut/kernel 1x1x16x32',
    'stage3/block1/first/kernel 3x3x32x64',
    'stage3/block1/second/kernel 3x3x64x64',
    'stage3/block1/shortcut/kernel 1x1x32x64',
  ]);
});

test('a bottleneck narrows, strides in its middle, widens by four and projects where the shape changes', () => {
  const encoder = architecture({ encoder: 'resnet50', width: 4 });
  if (encoder.kind !== 'residual') throw new Error('not residual');
  expect(encoder.featureWidth).toBe(128);
  expect(encoder.blocks).toHaveLength(16);
  const [first, second] = encoder.blocks;
  // The first block of stage 1 keeps the size of the image but not the width.
  expect(first.shortcut).toMatchObject({ size: 1, stride: 1, inputs: 4, outputs: 16 });
  expect(second.shortcut).toBeUndefined();
  const strided = encoder.blocks[3];
  expect(strided.path.map(({ size, stride, outputs }) => [size, stride, outputs])).toEqual([
    [1, 1, 8],
    [3, 2, 8],
    [1, 1, 32],
  ]);
  expect(strided.shortcut).toMatchObject({ stride: 2, inputs: 16, outputs: 32 });
});

test.each([
  [{ encoder: 'small-resnet' }, 'same'],
  [{ encoder: 'resnet18' }, 'same'],
  [{ encoder: 'resnet18', stem: 'imagenet' }, 'symmetric'],
  [{ encoder: 'resnet18', padding: 'symmetric' }, 'symmetric'],
  [{ encoder: 'resnet34' }, 'symmetric'],
  [{ encoder: 'resnet50', padding: 'same' }, 'same'],
] as const)('%j pads %s: what the first version trained stays as it was', (model, expected) => {
  expect(architecture(model)).toMatchObject({ padding: expected });
});

test('a perceptron reads all pixels of an image', () => {
  const encoder = architecture({ encoder: 'mlp', mlpLayers: 2, mlpWidth: 12 }, 3);
  expect(encoder.featureWidth).toBe(12);
  expect(encoderParameters(encoder).map(({ name, shape }) => [name, shape])).toEqual([
    ['encoder/layer1/kernel', [192, 12]],
    ['encoder/layer1/bias', [12]],
    ['encoder/layer2/kernel', [12, 12]],
    ['encoder/layer2/bias', [12]],
  ]);
});
