/**
 * Batch normalisation by TensorFlow's fused operations. The gradient takes what the forward operation reserved for it
 * (which is not the same on a processor and on a graphics card), so the two are written as a pair.
 */
import { sizeOf, type GraphNode, type Value } from '../../graph/graph';
import type { Emitter } from '../savedModel/emitter';

/** Positions of the forward operation's outputs. */
const MEAN = 1;
const VARIANCE = 2;
const RESERVED = [3, 4, 5];

export function lowerBatchNormTraining(node: GraphNode<'BatchNormTraining'>, emit: Emitter): void {
  const [x, gamma, beta] = node.inputs;
  const [y, mean, variance] = node.outputs;
  const none = emit.memo('no statistics', () => emit.constant(new Float32Array(0), [0], 'float32'));
  const inputs = [asImage(x, emit), emit.name(gamma), emit.name(beta), none, none];
  const fused = emit.typed('FusedBatchNormV3', x.dtype, inputs, attributesOf(node));
  emit.define(y, fromImage(fused, x, emit));
  emit.define(mean, `${fused}:${MEAN}`);
  emit.define(variance, biased(`${fused}:${VARIANCE}`, x, emit));
  emit.keep(mean, fused);
}

/** TensorFlow gives the sample variance, which divides by one less than the number of elements. */
function biased(variance: string, x: Value, emit: Emitter): string {
  const count = sizeOf(x.shape.slice(0, -1));
  const factor = emit.scalar((count - 1) / count, 'float32');
  return count === 1 ? variance : emit.typed('Mul', 'float32', [variance, factor]);
}

export function lowerBatchNormTrainingGrad(node: GraphNode<'BatchNormTrainingGrad'>, emit: Emitter): void {
  const [dy, x, gamma, mean] = node.inputs;
  const [dx, dgamma, dbeta] = node.outputs;
  const forward = emit.kept(mean);
  if (forward === undefined) throw new Error('A batch norm gradient needs the statistics of a batch norm');
  const reserved = RESERVED.map((index) => `${forward}:${index}`);
  const inputs = [asImage(dy, emit), asImage(x, emit), emit.name(gamma), ...reserved];
  const fused = emit.typed('FusedBatchNormGradV3', x.dtype, inputs, attributesOf(node));
  emit.define(dx, fromImage(fused, x, emit));
  emit.define(dgamma, `${fused}:1`);
  emit.define(dbeta, `${fused}:2`);
}

function attributesOf({ attributes }: GraphNode<'BatchNormTraining' | 'BatchNormTrainingGrad'>) {
  return {
    U: { type: 'float32' },
    epsilon: { float: attributes.epsilon },
    is_training: true,
    data_format: 'NHWC',
  } as const;
}

/** Anything but an image as [elements, 1, 1, C]. */
function asImage(x: Value, emit: Emitter): string {
  const name = emit.name(x);
  if (x.shape.length === 4) return name;
  return emit.memo(`image ${name}`, () =>
    emit.reshape(name, x.dtype, [sizeOf(x.shape.slice(0, -1)), 1, 1, x.shape[x.shape.length - 1]]),
  );
}

function fromImage(name: string, x: Value, emit: Emitter): string {
  return x.shape.length === 4 ? name : emit.reshape(name, x.dtype, x.shape);
}
