/**
 * Batch normalisation as a per-channel affine map. On images the map is a depthwise 1x1 convolution: one pass over
 * memory on all threads, into which onnxruntime fuses a following relu. The centred input serves the variance and
 * the gradient.
 */
import { sizeOf, type GraphNode, type Value } from '../../graph/graph';
import { MICROSOFT, type Emitter } from '../emitter';

export function lowerBatchNormTraining(node: GraphNode<'BatchNormTraining'>, emit: Emitter): void {
  const [x, gamma, beta] = node.inputs;
  const [y, mean, variance] = node.outputs;
  emit.define(mean, channelMeans(operand(x, emit), x, emit));
  const centred = centredInput(x, mean, emit);
  emit.define(variance, channelMeans(emit.node('Mul', [centred, centred]), x, emit));
  const scale = emit.node('Mul', [
    emit.name(gamma),
    inverseDeviation(variance, node.attributes.epsilon, emit),
  ]);
  const shift = emit.node('Sub', [emit.name(beta), emit.node('Mul', [emit.name(mean), scale])]);
  emit.define(y, affine(operand(x, emit), { x, scale, shift }, emit));
}

/**
 * With c = x - mean and r = 1 / sqrt(variance + epsilon): dgamma = r * sum(dy * c), dbeta = sum(dy),
 * dx = gamma * r * dy - gamma * r^3 * mean(dy * c) * c - gamma * r * mean(dy).
 */
export function lowerBatchNormTrainingGrad(node: GraphNode<'BatchNormTrainingGrad'>, emit: Emitter): void {
  const [dy, x, gamma, mean, variance] = node.inputs;
  const [dx, dgamma, dbeta] = node.outputs;
  const multiply = (a: string, b: string): string => emit.node('Mul', [a, b]);
  const negate = (a: string): string => emit.node('Neg', [a]);
  const gradient = operand(dy, emit);
  const centred = centredInput(x, mean, emit);
  const inverse = inverseDeviation(variance, node.attributes.epsilon, emit);
  const meanGradient = channelMeans(gradient, x, emit);
  const meanProduct = multiply(inverse, channelMeans(multiply(gradient, centred), x, emit));
  const count = emit.float(sizeOf(x.shape.slice(0, -1)));
  emit.define(dgamma, multiply(meanProduct, count));
  emit.define(dbeta, multiply(meanGradient, count));
  const scale = multiply(emit.name(gamma), inverse);
  const slope = negate(multiply(multiply(scale, inverse), meanProduct));
  const direct = affine(gradient, { x, scale, shift: negate(multiply(scale, meanGradient)) }, emit);
  emit.define(dx, affine(centred, { x, scale: slope, plus: direct }, emit));
}

/** Images channels-first, rows of features as they are. */
function operand(x: Value, emit: Emitter): string {
  return emit.name(x, 'nchw');
}

function centredInput(x: Value, mean: Value, emit: Emitter): string {
  const [input, centre] = [operand(x, emit), emit.name(mean)];
  return emit.memo(`centred ${input} ${centre}`, () => {
    const aligned = x.shape.length === 4 ? emit.reshape(centre, [1, x.shape[3], 1, 1]) : centre;
    return emit.node('Sub', [input, aligned]);
  });
}

function inverseDeviation(variance: Value, epsilon: number, emit: Emitter): string {
  const name = emit.name(variance);
  return emit.memo(`inverse deviation ${name} ${epsilon}`, () => {
    const shifted = emit.node('Add', [name, emit.float(epsilon)]);
    return emit.node('Reciprocal', [emit.node('Sqrt', [shifted])]);
  });
}

/** Means by channel, [C], of a tensor laid out like the operand of x. */
function channelMeans(name: string, x: Value, emit: Emitter): string {
  const mean = (of: string, axes: readonly number[]): string =>
    emit.node('ReduceMean', [of, emit.int64s(axes)], { keepdims: 0 });
  if (x.shape.length === 4) return mean(mean(name, [2, 3]), [0]);
  return mean(
    name,
    x.shape.slice(0, -1).map((_, axis) => axis),
  );
}

interface Affine {
  /** The value whose layout and channels the operand has. */
  readonly x: Value;
  /** [C] */
  readonly scale: string;
  /** [C] */
  readonly shift?: string;
  /** Shaped like the operand. */
  readonly plus?: string;
}

/** name * scale + shift + plus, by channel. */
function affine(name: string, { x, scale, shift, plus }: Affine, emit: Emitter): string {
  if (x.shape.length !== 4) {
    const terms = [shift, plus].filter((term) => term !== undefined);
    return terms.reduce((sum, term) => emit.node('Add', [sum, term]), emit.node('Mul', [name, scale]));
  }
  const channels = x.shape[3];
  const filter = emit.reshape(scale, [channels, 1, 1, 1]);
  const attributes = { kernel_shape: [1, 1], group: channels };
  if (plus !== undefined)
    return emit.node('FusedConv', [name, filter, shift ?? '', plus], attributes, MICROSOFT);
  return emit.node('Conv', [name, filter, ...(shift === undefined ? [] : [shift])], attributes);
}
