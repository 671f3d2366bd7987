/**
 * Turns a TensorFlow.js function into a graph: runs it once on symbolic tensors under the recording backend.
 * Everything the function computes becomes nodes; everything it knows already becomes constants.
 */
import { engine, getBackend, registerBackend, removeBackend, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Program, TensorSpecs, Tensors } from '../engine';
import type { GraphBuilder } from '../graph/builder';
import { sameShape, type Graph, type Port, type Value } from '../graph/graph';
import { withBackend } from '../withBackend';
import { TraceBackend } from './backend';
import { explainTracing } from './errors';
import { registerTraceKernels, TRACE_BACKEND } from './kernels/register';

/** Frames kept while tracing: TensorFlow.js puts about ten between a kernel and its caller. */
const STACK_FRAMES = 60;

/**
 * The graph of a program over the given state, as written, before any pass, or the one that it brings along.
 * Synchronous; leaves the current backend and the number of live tensors as they were. Throws
 * UnsupportedOperationError, SymbolicReadError, or an error that names an output or state tensor of the wrong shape.
 */
export function traceProgram(program: Program, state: TensorSpecs): Graph {
  if (program.graph !== undefined) return program.graph;
  if ((getBackend() as string | null) === TRACE_BACKEND)
    throw new Error('A program was traced inside another one');
  const backend = new TraceBackend();
  registerTraceKernels();
  registerBackend(TRACE_BACKEND, () => backend, 0);
  const stackTraceLimit = Error.stackTraceLimit;
  Error.stackTraceLimit = Math.max(stackTraceLimit, STACK_FRAMES);
  try {
    return withBackend(TRACE_BACKEND, () => inScope(() => record(backend, program, state)));
  } catch (error) {
    throw explainTracing(error);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    removeBackend(TRACE_BACKEND);
  }
}

/** `tidy` for a result that holds no tensors. */
function inScope<T>(work: () => T): T {
  let result: { readonly value: T } | undefined;
  tidy(() => void (result = { value: work() }));
  if (result === undefined) throw new Error('The traced program did not run');
  return result.value;
}

function record(backend: TraceBackend, program: Program, state: TensorSpecs): Graph {
  const builder = backend.begin();
  try {
    const inputs = declare(backend, program.inputs, (name, spec) => builder.input(name, spec));
    const before = declare(backend, state, (name, spec) => builder.state(name, spec));
    const result = program.build(inputs, before);
    const outputs = ports(backend, result.outputs).map((port) => numeric(port, builder));
    return builder.finish(outputs, checkUpdates(ports(backend, result.state ?? {}), state));
  } finally {
    backend.finish();
  }
}

type Declare = (name: string, spec: TensorSpecs[string]) => Value;

function declare(backend: TraceBackend, specs: TensorSpecs, declareOne: Declare): Tensors {
  const tensor = ([name, spec]: [string, TensorSpecs[string]]): [string, Tensor] => {
    const info = backend.tensorInfo(declareOne(name, spec));
    return [name, engine().makeTensorFromTensorInfo(info)];
  };
  return Object.fromEntries(Object.entries(specs).map(tensor));
}

function ports(backend: TraceBackend, tensors: Tensors): Port[] {
  return Object.entries(tensors).map(([name, tensor]) => ({ name, value: backend.graphValue(tensor) }));
}

/** Outputs leave the engine as float32 or int32. */
function numeric({ name, value }: Port, builder: GraphBuilder): Port {
  return { name, value: value.dtype === 'bool' ? builder.add('Cast', [value], { dtype: 'int32' }) : value };
}

function checkUpdates(updates: readonly Port[], state: TensorSpecs): readonly Port[] {
  for (const { name, value } of updates) {
    const spec = state[name] as TensorSpecs[string] | undefined;
    if (spec === undefined) throw new Error(`The program updates '${name}', which is not a state tensor`);
    if (!sameShape(spec.shape, value.shape) || spec.dtype !== value.dtype) {
      const [wanted, got] = [spec, value].map(({ shape, dtype }) => `${dtype}[${shape.join(', ')}]`);
      throw new Error(`State tensor '${name}' is ${wanted}, but its update is ${got}`);
    }
  }
  return updates;
}
