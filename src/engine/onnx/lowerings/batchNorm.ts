/**
 * Batch normalisation as a per-channel affine map. On images the map is a depthwise 1x1 convolution: one pass over
 * memory on all threads, into which a following relu is fused (by onnxruntime, or by us in the blocked layout, a
 * residual sum too). The centred input serves the variance and the gradient.
 */
import { sizeOf, type GraphNode, type Value } from '../../graph/graph';
import type { Emitter } from '../emitter';
import { emitConv, scaling } from '../nchwc';
import { centred, channelMeans, isBlocked, operand, scaled } from './perChannel';

export function lowerBatchNormTraining(node: GraphNode<'BatchNormTraining'>, emit: Emitter): void {
  const [x, gamma, beta] = node.inputs;
  const [y, mean, variance] = node.outputs;
  emit.define(mean, channelMeans(operand(x, x, emit), x, emit));
  const deviations = centred(x, mean, emit);
  emit.define(variance, channelMeans(emit.node('Mul', [deviations, deviations]), x, emit));
  const scale = emit.node('Mul', [
    emit.name(gamma),
    inverseDeviation(variance, node.attributes.epsilon, emit),
  ]);
  if (isBlocked(x, emit)) {
    emit.postpone(y, { ...scaling(deviations, x.shape[3], scale, emit), bias: emit.name(beta) });
    return;
  }
  const shift = emit.node('Sub', [emit.name(beta), emit.node('Mul', [emit.name(mean), scale])]);
  emit.define(y, scaled(operand(x, x, emit), { x, scale, shift }, emit));
}

/**
 * With c = x - mean and r = 1 / sqrt(variance + epsilon): dgamma = r * sum(dy * c), dbeta = sum(dy),
 * dx = gamma * r * (dy - r^2 * mean(dy * c) * c - mean(dy)). In blocks the factor is left to whoever takes dx: the
 * gradients of the convolution before scale a filter by it instead of an image.
 */
export function lowerBatchNormTrainingGrad(node: GraphNode<'BatchNormTrainingGrad'>, emit: Emitter): void {
  const [dy, x, gamma, mean, variance] = node.inputs;
  const [dx, dgamma, dbeta] = node.outputs;
  const multiply = (a: string, b: string): string => emit.node('Mul', [a, b]);
  const negate = (a: string): string => emit.node('Neg', [a]);
  const gradient = operand(dy, x, emit);
  const deviations = centred(x, mean, emit);
  const inverse = inverseDeviation(variance, node.attributes.epsilon, emit);
  const meanGradient = channelMeans(gradient, x, emit);
  const meanProduct = multiply(inverse, channelMeans(multiply(gradient, deviations), x, emit));
  const count = emit.float(sizeOf(x.shape.slice(0, -1)));
  emit.define(dgamma, multiply(meanProduct, count));
  emit.define(dbeta, multiply(meanGradient, count));
  const scale = multiply(emit.name(gamma), inverse);
  if (isBlocked(x, emit)) {
    const channels = x.shape[3];
    const slope = scaling(deviations, channels, negate(multiply(inverse, meanProduct)), emit);
    const image = emitConv({ ...slope, bias: negate(meanGradient), plus: gradient }, emit);
    emit.postpone(dx, scaling(image, channels, scale, emit));
    emit.factor(dx, { image, scale });
    return;
  }
  const slope = negate(multiply(multiply(scale, inverse), meanProduct));
  const direct = scaled(gradient, { x, scale, shift: negate(multiply(scale, meanGradient)) }, emit);
  emit.define(dx, scaled(deviations, { x, scale: slope, plus: direct }, emit));
}

function inverseDeviation(variance: Value, epsilon: number, emit: Emitter): string {
  const name = emit.name(variance);
  return emit.memo(`inverse deviation ${name} ${epsilon}`, () => {
    const shifted = emit.node('Add', [name, emit.float(epsilon)]);
    return emit.node('Reciprocal', [emit.node('Sqrt', [shifted])]);
  });
}
