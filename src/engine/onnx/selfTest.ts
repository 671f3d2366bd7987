/**
 * Whether the blocked layout may be used on this machine: its operators are not documented, so a small training step
 * is written both ways, run, and compared.
 */
import * as tf from '@tensorflow/tfjs-core';
import '../gradients';
import type { Program, Tensors, TensorSpecs } from '../engine';
import { sizeOf, type Graph } from '../graph/graph';
import { optimise } from '../graph/passes/optimise';
import { batchNormTraining } from '../ops/batchNorm';
import { traceProgram } from '../trace/trace';
import { probeBlockSize } from './blockSize';
import type { OnnxRuntime } from './runtime';
import { inputName, writeModel, type WriteOptions } from './writeModel';

/** Norm of a difference over the norm of the plain result; rounding alone stays under a tenth of it. */
const TOLERANCE = 1e-4;

/** Parts that a test of the test replaces. */
export interface SelfTestOptions {
  readonly write?: (graph: Graph, options: WriteOptions) => Uint8Array;
  readonly log?: (line: string) => void;
}

/** The block size to write models with; undefined, with a line in the log, where the plain layout is the safe one. */
export async function usableBlock(
  runtime: OnnxRuntime,
  { write = writeModel, log = toStandardError }: SelfTestOptions = {},
): Promise<number | undefined> {
  const block = await probeBlockSize(runtime);
  if (block === undefined) {
    log('onnxruntime has no blocked layout on this processor; training uses the plain one, which is slower.');
    return undefined;
  }
  const failure = await failureOf(runtime, block, write);
  if (failure === undefined) return block;
  log(`The blocked layout failed its self-test (${failure}); training uses the plain one, which is slower.`);
  return undefined;
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function failureOf(
  runtime: OnnxRuntime,
  block: number,
  write: NonNullable<SelfTestOptions['write']>,
): Promise<string | undefined> {
  const program = trainingProgram(block);
  const graph = optimise(traceProgram(program, {}));
  try {
    const plain = await runModel(runtime, write(graph, {}), program.inputs);
    const blocked = await runModel(runtime, write(graph, { block }), program.inputs);
    const names = Object.keys(plain);
    const worst = names.map((name) => ({ name, error: relativeError(blocked[name], plain[name]) }));
    const wrong = worst.find(({ error }) => !(error <= TOLERANCE));
    return wrong && `${wrong.name} is off by ${wrong.error.toPrecision(2)}`;
  } catch (thrown) {
    return String(thrown);
  }
}

/** Convolutions of both strides, batch normalisation, a residual sum, relu, pooling and all their gradients. */
function trainingProgram(block: number): Program {
  const filters: TensorSpecs = {
    stem: { shape: [3, 3, 3, block], dtype: 'float32' },
    first: { shape: [3, 3, block, 2 * block], dtype: 'float32' },
    second: { shape: [3, 3, 2 * block, 2 * block], dtype: 'float32' },
    shortcut: { shape: [1, 1, block, 2 * block], dtype: 'float32' },
  };
  const names = Object.keys(filters);
  return {
    inputs: {
      images: { shape: [block, 6, 6, 3], dtype: 'float32' },
      weights: { shape: [block, 2 * block], dtype: 'float32' },
      ...filters,
    },
    build(inputs) {
      const lossOf = (...values: tf.Tensor[]): tf.Scalar => {
        const given = Object.fromEntries(names.map((name, index) => [name, values[index]]));
        return tf.sum(tf.mul(features(inputs['images'] as tf.Tensor4D, given), inputs['weights']));
      };
      const { value, grads } = tf.valueAndGrads(lossOf)(names.map((name) => inputs[name]));
      const gradients = Object.fromEntries(names.map((name, index) => [`gradient of ${name}`, grads[index]]));
      return { outputs: { loss: value, ...gradients } };
    },
  };
}

function features(images: tf.Tensor4D, filters: Tensors): tf.Tensor2D {
  const stem = tf.relu(normalised(images, filters['stem'], 1));
  const first = tf.relu(normalised(stem, filters['first'], 2));
  const second = normalised(first, filters['second'], 1);
  const sum = tf.relu(tf.add(second, normalised(stem, filters['shortcut'], 2)));
  return tf.mean(sum, [1, 2]);
}

function normalised(x: tf.Tensor4D, filter: tf.Tensor, stride: 1 | 2): tf.Tensor4D {
  const y = tf.conv2d(x, filter as tf.Tensor4D, stride, 'same');
  const channels = y.shape[3];
  return batchNormTraining(y, tf.ones([channels]), tf.fill([channels], 0.5), { epsilon: 1e-3 }).y;
}

async function runModel(
  runtime: OnnxRuntime,
  model: Uint8Array,
  inputs: TensorSpecs,
): Promise<Record<string, Float32Array>> {
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  try {
    const feeds = Object.entries(inputValues(inputs)).map(([name, values]) => {
      return [inputName(name), new runtime.Tensor('float32', values, inputs[name].shape)] as const;
    });
    const results = Object.entries(await session.run(Object.fromEntries(feeds)));
    return Object.fromEntries(results.map(([name, { data }]) => [name, data as Float32Array]));
  } finally {
    await session.release();
  }
}

/** Fixed values in [-1, 1) without a pattern in any axis. */
function inputValues(specs: TensorSpecs): Record<string, Float32Array> {
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1;
  const values = Object.entries(specs).map(([name, { shape }]) => {
    return [name, Float32Array.from({ length: sizeOf(shape) }, next)] as const;
  });
  return Object.fromEntries(values);
}

function relativeError(actual: Float32Array, expected: Float32Array): number {
  const squares = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);
  const difference = expected.map((value, index) => value - actual[index]);
  return Math.sqrt(squares(difference) / squares(expected));
}
