/**
 * Batch normalisation as a per-channel affine map of the centred input. The centred input serves the variance,
 * the output and the gradient, so it is made once; all statistics are means over images of means over positions.
 */
import { sizeOf, type GraphNode, type Value } from '../../graph/graph';
import type { Emitter } from '../emitter';

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
  const scaled = emit.node('Mul', [centred, perChannel(scale, x, emit)]);
  emit.define(y, emit.node('Add', [scaled, perChannel(emit.name(beta), x, emit)]));
}

/**
 * With c = x - mean and r = 1 / sqrt(variance + epsilon): dgamma = r * sum(dy * c), dbeta = sum(dy),
 * dx = gamma * r * dy - gamma * r^3 * mean(dy * c) * c - gamma * r * mean(dy).
 */
export function lowerBatchNormTrainingGrad(node: GraphNode<'BatchNormTrainingGrad'>, emit: Emitter): void {
  const [dy, x, gamma, mean, variance] = node.inputs;
  const [dx, dgamma, dbeta] = node.outputs;
  const multiply = (a: string, b: string): string => emit.node('Mul', [a, b]);
  const gradient = operand(dy, emit);
  const centred = centredInput(x, mean, emit);
  const inverse = inverseDeviation(variance, node.attributes.epsilon, emit);
  const meanGradient = channelMeans(gradient, x, emit);
  const meanProduct = multiply(inverse, channelMeans(multiply(gradient, centred), x, emit));
  const count = emit.float(sizeOf(x.shape.slice(0, -1)));
  emit.define(dgamma, multiply(meanProduct, count));
  emit.define(dbeta, multiply(meanGradient, count));
  const scale = multiply(emit.name(gamma), inverse);
  const slope = perChannel(multiply(multiply(scale, inverse), meanProduct), x, emit);
  const shift = perChannel(multiply(scale, meanGradient), x, emit);
  const direct = emit.node('Sub', [multiply(gradient, perChannel(scale, x, emit)), shift]);
  emit.define(dx, emit.node('Sub', [direct, multiply(centred, slope)]));
}

/** Images channels-first, rows of features as they are. */
function operand(x: Value, emit: Emitter): string {
  return emit.name(x, 'nchw');
}

function centredInput(x: Value, mean: Value, emit: Emitter): string {
  const [input, centre] = [operand(x, emit), emit.name(mean)];
  return emit.memo(`centred ${input} ${centre}`, () =>
    emit.node('Sub', [input, perChannel(centre, x, emit)]),
  );
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

/** [C] in the shape that broadcasts over the operand of x. */
function perChannel(name: string, x: Value, emit: Emitter): string {
  if (x.shape.length !== 4) return name;
  return emit.memo(`per channel ${name}`, () => emit.reshape(name, [1, x.shape[3], 1, 1]));
}
