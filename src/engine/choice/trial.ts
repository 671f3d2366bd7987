/**
 * One training step that engines are tried with: as a graph, so that it can be sent to a process that knows nothing
 * of the model, with the state it begins from and inputs of the right shape.
 */
import type { EngineModule, NamedValues, TensorSpecs, Values } from '../engine';
import type { Graph, Port } from '../graph/graph';
import { sizeOf } from '../graph/graph';
import { parseGraph, serialiseGraph } from '../graph/serialise';
import { tracedGraph } from '../trace/cache';

/** The step of a run: its `train` program, which must have an output `loss` of one number. */
export interface TrialModule {
  readonly module: EngineModule<'train'>;
  readonly initial: NamedValues;
}

/** A step as it is sent. */
export interface Trial {
  readonly graph: Uint8Array;
  readonly initial: NamedValues;
  readonly inputs: NamedValues;
}

/** Traces the step of a run. */
export function makeTrial({ module, initial }: TrialModule): Trial {
  const { train } = module.programs;
  const graph = tracedGraph(train, module.state);
  return { graph: serialiseGraph(graph), initial, inputs: exampleInputs(train.inputs) };
}

/** The module that holds the step alone. */
export function moduleOf({ graph: bytes }: Trial): EngineModule<'train'> {
  const graph = parseGraph(bytes, 'The step');
  const unreachable = (): never => {
    throw new Error('The graph of the step is known');
  };
  return {
    state: specsOf(graph.state),
    programs: { train: { inputs: specsOf(graph.inputs), graph, build: unreachable } },
  };
}

/** Noise for images, two labels for classes, a small rate: what matters is the shape. */
export function exampleInputs(specs: TensorSpecs): NamedValues {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [name, exampleOf(sizeOf(shape), dtype)]),
  );
}

const SMALL_RATE = 0.01;

function exampleOf(length: number, dtype: 'float32' | 'int32'): Values {
  if (dtype === 'int32') return Int32Array.from({ length }, (_, index) => index % 2);
  if (length === 1) return Float32Array.of(SMALL_RATE);
  // A linear congruential generator (Numerical Recipes), scaled to [-1, 1).
  let state = length;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** The trainer's tensors are float32 and int32 alone. */
function specsOf(ports: Graph['inputs']): TensorSpecs {
  const entry = ({ name, value: { shape, dtype } }: Port): [string, TensorSpecs[string]] => {
    if (dtype !== 'float32' && dtype !== 'int32') throw new Error(`The tensor '${name}' is ${dtype}`);
    return [name, { shape, dtype }];
  };
  return Object.fromEntries(ports.map(entry));
}
