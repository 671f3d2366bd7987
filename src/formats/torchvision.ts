/**
 * The tensors of a residual encoder under torchvision's names and in PyTorch's layout, and back. Kernels lie there
 * [out, in, h, w] and here [h, w, in, out]; batch normalisation has the same vectors under other names.
 */
import { HumanError } from '../domain/errors';
import type { ResidualEncoder } from '../domain/model/encoder';
import { parametersOfConvolution } from '../domain/model/layers';
import type { NamedTensor } from './safetensors';

/** Tensors of a state by our names; kernels [h, w, in, out]. */
export type EncoderState = Readonly<Record<string, Float32Array>>;

/** A tensor under both names. */
interface Correspondence {
  readonly ours: string;
  readonly theirs: string;
  /** As it lies here. */
  readonly shape: readonly number[];
}

/** The last part of our name for a vector of batch normalisation, and PyTorch's. */
const VECTORS: Readonly<Record<string, string>> = {
  gamma: 'weight',
  beta: 'bias',
  mean: 'running_mean',
  variance: 'running_var',
};
/** The classifier, and a count of batches that only matters without a momentum. */
const IGNORED = /^fc\.|\.num_batches_tracked$/;

/** An encoder's tensors as a file for PyTorch holds them. `state` may hold further tensors, which are left out. */
export function toTorchvision(encoder: ResidualEncoder, state: EncoderState): NamedTensor[] {
  return correspondences(encoder).map(({ ours, theirs, shape }) => ({
    name: theirs,
    shape: theirShape(shape),
    dtype: 'float32',
    values: shape.length === 4 ? toOihw(state[ours], shape) : state[ours],
  }));
}

/**
 * An encoder's tensors out of a file with torchvision's names; its classifier is ignored.
 * @param source what the sentence names, for example the file's path
 * @throws HumanError naming the first tensor that does not fit
 */
export function fromTorchvision(
  encoder: ResidualEncoder,
  tensors: readonly NamedTensor[],
  source: string,
): EncoderState {
  const known = correspondences(encoder);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const state = known.map(({ ours, theirs, shape }) => [
    ours,
    valuesOf(byName.get(theirs), { theirs, shape, source }),
  ]);
  refuseOthers(tensors, new Set(known.map(({ theirs }) => theirs)), source);
  return Object.fromEntries(state) as EncoderState;
}

/** A kernel [h, w, in, out] as [out, in, h, w]. */
export function toOihw(values: Float32Array, [h, w, inputs, outputs]: readonly number[]): Float32Array {
  return rearranged(values, { taps: h * w, inputs, outputs }, 'to OIHW');
}

/** A kernel [out, in, h, w] as [h, w, in, out]; the shape is that of the result. */
export function toHwio(values: Float32Array, [h, w, inputs, outputs]: readonly number[]): Float32Array {
  return rearranged(values, { taps: h * w, inputs, outputs }, 'to HWIO');
}

interface KernelSize {
  readonly taps: number;
  readonly inputs: number;
  readonly outputs: number;
}

function rearranged(
  values: Float32Array,
  { taps, inputs, outputs }: KernelSize,
  direction: 'to OIHW' | 'to HWIO',
): Float32Array {
  const result = new Float32Array(values.length);
  for (let tap = 0; tap < taps; tap++) {
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        const here = (tap * inputs + input) * outputs + output;
        const there = (output * inputs + input) * taps + tap;
        if (direction === 'to OIHW') result[there] = values[here];
        else result[here] = values[there];
      }
    }
  }
  return result;
}

/** Every tensor of an encoder, in torchvision's order. */
function correspondences({ stem, blocks }: ResidualEncoder): Correspondence[] {
  const named = [
    { layer: stem, convolution: 'conv1', batchNorm: 'bn1' },
    ...blocks.flatMap(({ stage, index, path, shortcut }) => {
      const block = `layer${stage}.${index}`;
      const inner = path.map((layer, place) => ({
        layer,
        convolution: `${block}.conv${place + 1}`,
        batchNorm: `${block}.bn${place + 1}`,
      }));
      if (shortcut === undefined) return inner;
      const projection = `${block}.downsample`;
      return [...inner, { layer: shortcut, convolution: `${projection}.0`, batchNorm: `${projection}.1` }];
    }),
  ];
  return named.flatMap(({ layer, convolution, batchNorm }) =>
    parametersOfConvolution(layer).map(({ name, shape }) => {
      const part = name.slice(layer.name.length + 1);
      const theirs = part === 'kernel' ? `${convolution}.weight` : `${batchNorm}.${VECTORS[part]}`;
      return { ours: name, theirs, shape };
    }),
  );
}

function theirShape(shape: readonly number[]): readonly number[] {
  if (shape.length !== 4) return shape;
  const [h, w, inputs, outputs] = shape;
  return [outputs, inputs, h, w];
}

function valuesOf(
  tensor: NamedTensor | undefined,
  { theirs, shape, source }: Omit<Correspondence, 'ours'> & { readonly source: string },
): Float32Array {
  const wanted = theirShape(shape);
  if (tensor === undefined) throw misfit(source, `it has no tensor ${theirs}`);
  if (tensor.shape.join() !== wanted.join()) {
    throw misfit(source, `${theirs} is [${tensor.shape.join(', ')}] instead of [${wanted.join(', ')}]`);
  }
  if (tensor.dtype !== 'float32') throw misfit(source, `${theirs} holds whole numbers`);
  const values = tensor.values as Float32Array;
  return shape.length === 4 ? toHwio(values, shape) : values;
}

function refuseOthers(tensors: readonly NamedTensor[], known: ReadonlySet<string>, source: string): void {
  const other = tensors.find(({ name }) => !known.has(name) && !IGNORED.test(name));
  if (other !== undefined) throw misfit(source, `the encoder has no tensor ${other.name}`);
}

function misfit(source: string, what: string): HumanError {
  return new HumanError(
    `The weights in ${source} do not fit the encoder (${what}): change "model.encoder", "model.width" or "model.stem", or name another file.`,
  );
}
