/** From a program to a session on the device. */
import type { InferenceSession } from 'onnxruntime-node';
import { wrapError } from '../../domain/errors';
import type { Engine, Program, TensorSpecs } from '../engine';
import type { Port } from '../graph/graph';
import type { OnnxRuntime } from '../onnx/runtime';
import { nextName } from '../onnx/writeModel';
import { tracedGraph } from '../trace/cache';
import { toFloat16 } from './float16';
import { createDeviceSession } from './provider';
import { packScalars } from './scalars';
import { writeWebgpuModel } from './writeWebgpuModel';

/** What all programs of an engine share. */
export interface Setup {
  readonly runtime: OnnxRuntime;
  readonly precision: Engine['precision'];
}

/** A program ready to run, with the names that its model really has. */
export interface Compiled {
  readonly session: InferenceSession;
  readonly inputs: TensorSpecs;
  readonly outputs: readonly string[];
  /** Names of the numbers in the vector that is one of the outputs. */
  readonly scalars: readonly string[];
  readonly updates: readonly string[];
}

/** The session of a program over the given state. */
export async function compile(
  { runtime, precision }: Setup,
  program: Program,
  { name, state }: { name: string; state: TensorSpecs },
): Promise<Compiled> {
  const traced = tracedGraph(program, state);
  const reduced = precision === 'float32' ? traced : toFloat16(traced);
  const { graph, names: scalars } = packScalars(reduced);
  const updates = namesOf(graph.stateUpdates);
  const locations = Object.fromEntries(updates.map((update) => [nextName(update), 'gpu-buffer'] as const));
  try {
    const session = await createDeviceSession(runtime, writeWebgpuModel(graph), locations);
    return { session, inputs: program.inputs, outputs: namesOf(graph.outputs), scalars, updates };
  } catch (error) {
    throw wrapError(`onnxruntime refused the program '${name}'`, error);
  }
}

function namesOf(ports: readonly Port[]): string[] {
  return ports.map(({ name }) => name);
}
