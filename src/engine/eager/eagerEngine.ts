/**
 * The oracle: the same programs run operation by operation on TensorFlow.js's cpu backend. Slow and simple;
 * state is plain arrays, copied into tensors for each step.
 */
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { findBackend, registerBackend, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type {
  Engine,
  EngineModule,
  EngineSession,
  NamedValues,
  Program,
  TensorSpecs,
  Tensors,
  Values,
} from '../engine';
import { checkComplete, checkKnown, copyOf, specOf } from '../values';
import { processor } from '../options';
import { watchMemory } from '../outOfMemory';
import { withBackend } from '../withBackend';
import { registerEagerBatchNorm } from './batchNorm';

const CPU_BACKEND = 'cpu';

/** The eager engine; it has no options. */
export function createEagerEngine(): Engine {
  registerEagerBatchNorm();
  // Importing the package registers the backend, unless a bundler has dropped that side effect.
  if ((findBackend(CPU_BACKEND) as unknown) === null)
    registerBackend(CPU_BACKEND, () => new MathBackendCPU());
  return {
    name: 'eager',
    device: processor(1),
    precision: 'float32',
    load(module, initial) {
      return watchMemory('the model', () => Promise.resolve(new EagerSession(module, initial)));
    },
  };
}

class EagerSession<Name extends string> implements EngineSession<Name> {
  readonly #module: EngineModule<Name>;
  readonly #state: Record<string, Values>;

  constructor(module: EngineModule<Name>, initial: NamedValues) {
    checkComplete('state tensor', module.state, initial);
    this.#module = module;
    this.#state = copyAll(initial);
  }

  async run(program: Name, inputs: NamedValues): Promise<NamedValues> {
    const found = this.#module.programs[program];
    checkComplete('input', found.inputs, inputs);
    return watchMemory(`a step of '${program}'`, () => Promise.resolve(this.#step(found, inputs)));
  }

  async readState(names: readonly string[] = Object.keys(this.#module.state)): Promise<NamedValues> {
    const entry = (name: string): [string, Values] => {
      specOf('state tensor', this.#module.state, name);
      return [name, copyOf(this.#state[name])];
    };
    return Promise.resolve(Object.fromEntries(names.map(entry)));
  }

  async writeState(values: NamedValues): Promise<void> {
    checkKnown('state tensor', this.#module.state, values);
    Object.assign(this.#state, copyAll(values));
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  #step(program: Program, inputs: NamedValues): NamedValues {
    const read = withBackend(CPU_BACKEND, () => {
      let values: { outputs: NamedValues; state: NamedValues } | undefined;
      tidy(() => {
        const given = tensorsOf(program.inputs, inputs);
        const { outputs, state } = program.build(given, tensorsOf(this.#module.state, this.#state));
        values = { outputs: valuesOf(outputs), state: valuesOf(state ?? {}) };
      });
      return values;
    });
    if (read === undefined) throw new Error('The program did not run');
    checkKnown('state tensor', this.#module.state, read.state);
    Object.assign(this.#state, read.state);
    return read.outputs;
  }
}

function tensorsOf(specs: TensorSpecs, values: NamedValues): Tensors {
  const entry = ([name, { shape, dtype }]: [string, TensorSpecs[string]]): [string, Tensor] => [
    name,
    tensor(values[name], [...shape], dtype),
  ];
  return Object.fromEntries(Object.entries(specs).map(entry));
}

/** Copies: the backend may hand out the array that a tensor still uses. */
function valuesOf(tensors: Tensors): NamedValues {
  const entry = ([name, result]: [string, Tensor]): [string, Values] => {
    const values = result.dataSync();
    return [name, result.dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values)];
  };
  return Object.fromEntries(Object.entries(tensors).map(entry));
}

function copyAll(values: NamedValues): Record<string, Values> {
  return Object.fromEntries(Object.entries(values).map(([name, array]) => [name, copyOf(array)]));
}
