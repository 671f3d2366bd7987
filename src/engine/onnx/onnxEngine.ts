/**
 * The embedded engine: each program is traced, written as an ONNX model and run by onnxruntime on the CPU, with images
 * in its blocked layout where that passes a test at the start.
 * State stays in the tensors that a run returns; the next run takes them as its inputs without a copy.
 */
import { availableParallelism } from 'node:os';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { HumanError, wrapError } from '../../domain/errors';
import type {
  Engine,
  EngineModule,
  EngineSession,
  NamedValues,
  Program,
  TensorSpecs,
  Values,
} from '../engine';
import type { Port } from '../graph/graph';
import { processor, type EngineOptions } from '../options';
import { watchMemory } from '../outOfMemory';
import { compilePrograms, programNamed } from '../programs';
import { tracedGraph } from '../trace/cache';
import { checkComplete, checkKnown, copyOf, specOf } from '../values';
import { loadOnnxRuntime, type OnnxRuntime } from './runtime';
import { usableBlock } from './selfTest';
import { inputName, nextName, outputName, stateName, writeModel } from './writeModel';

/** Loads onnxruntime and makes the engine. Throws HumanError where it cannot be loaded, or not in that precision. */
export async function createOnnxEngine({
  threads = availableParallelism(),
  precision,
}: EngineOptions): Promise<Engine> {
  if (precision === 'mixed')
    throw new HumanError(
      'The engine "onnx" computes in float32 on a processor: set "precision" to "float32", or "engine" to "tensorflow".',
    );
  const runtime = await loadOnnxRuntime();
  const block = await blockFor(runtime);
  const setup = { runtime, threads, ...(block !== undefined && { block }) };
  return {
    name: 'onnx',
    device: `${processor(threads)}${block === undefined ? ', plain layout' : ''}`,
    precision: 'float32',
    load: (module, initial) => watchMemory('the model', () => load(setup, module, initial)),
  };
}

interface Setup {
  readonly runtime: OnnxRuntime;
  readonly threads: number;
  /** Channels in a block of the blocked layout, where it passed its test. */
  readonly block?: number;
}

let testedBlock: Promise<number | undefined> | undefined;

/** The outcome of the self-test, which is run once in a process. */
function blockFor(runtime: OnnxRuntime): Promise<number | undefined> {
  return (testedBlock ??= usableBlock(runtime));
}

/** A program ready to run, with the names that its model really has. */
interface Compiled {
  readonly session: InferenceSession;
  readonly inputs: TensorSpecs;
  readonly outputs: readonly string[];
  readonly updates: readonly string[];
}

async function load<Name extends string>(
  setup: Setup,
  module: EngineModule<Name>,
  initial: NamedValues,
): Promise<EngineSession<Name>> {
  checkComplete('state tensor', module.state, initial);
  const compiled = await compilePrograms(module, (program, name) =>
    compile(setup, program, { name, state: module.state }),
  );
  return new OnnxSession(setup.runtime, { specs: module.state, initial, compiled });
}

async function compile(
  { runtime, threads, block }: Setup,
  program: Program,
  { name, state }: { name: string; state: TensorSpecs },
): Promise<Compiled> {
  const graph = tracedGraph(program, state);
  const names = (ports: readonly Port[]): string[] => ports.map((port) => port.name);
  try {
    const session = await runtime.InferenceSession.create(
      writeModel(graph, block === undefined ? {} : { block }),
      {
        executionProviders: ['cpu'],
        graphOptimizationLevel: 'all',
        intraOpNumThreads: threads,
        logSeverityLevel: 4,
      },
    );
    return {
      session,
      inputs: program.inputs,
      outputs: names(graph.outputs),
      updates: names(graph.stateUpdates),
    };
  } catch (error) {
    throw wrapError(`onnxruntime refused the program '${name}'`, error);
  }
}

interface SessionParts {
  readonly specs: TensorSpecs;
  readonly initial: NamedValues;
  readonly compiled: ReadonlyMap<string, Compiled>;
}

class OnnxSession<Name extends string> implements EngineSession<Name> {
  readonly #runtime: OnnxRuntime;
  readonly #specs: TensorSpecs;
  readonly #compiled: ReadonlyMap<string, Compiled>;
  readonly #state = new Map<string, Tensor>();

  constructor(runtime: OnnxRuntime, { specs, initial, compiled }: SessionParts) {
    this.#runtime = runtime;
    this.#specs = specs;
    this.#compiled = compiled;
    this.#store(initial);
  }

  async run(program: Name, inputs: NamedValues): Promise<NamedValues> {
    const compiled = programNamed(this.#compiled, program);
    checkComplete('input', compiled.inputs, inputs);
    const feeds = this.#feeds(compiled, inputs);
    const results = await watchMemory(`a step of '${program}'`, () => compiled.session.run(feeds));
    for (const name of compiled.updates) this.#state.set(name, results[nextName(name)]);
    return Object.fromEntries(compiled.outputs.map((name) => [name, valuesOf(results[outputName(name)])]));
  }

  readState(names: readonly string[] = Object.keys(this.#specs)): Promise<NamedValues> {
    const entry = (name: string): [string, Values] => [name, copyOf(valuesOf(this.#tensor(name)))];
    return settled(() => Object.fromEntries(names.map(entry)));
  }

  writeState(values: NamedValues): Promise<void> {
    return settled(() => {
      checkKnown('state tensor', this.#specs, values);
      this.#store(values);
    });
  }

  async dispose(): Promise<void> {
    this.#state.clear();
    for (const { session } of this.#compiled.values()) await session.release();
  }

  /** onnxruntime drops inputs that a model does not use, and refuses them. */
  #feeds({ session, inputs: specs }: Compiled, inputs: NamedValues): Record<string, Tensor> {
    const feeds = new Map<string, Tensor>();
    for (const [name, values] of Object.entries(inputs))
      feeds.set(inputName(name), this.#make(specs, name, values));
    for (const [name, tensor] of this.#state) feeds.set(stateName(name), tensor);
    const known = new Set(session.inputNames);
    return Object.fromEntries([...feeds].filter(([name]) => known.has(name)));
  }

  #store(values: NamedValues): void {
    for (const [name, array] of Object.entries(values)) {
      this.#state.set(name, this.#make(this.#specs, name, copyOf(array)));
    }
  }

  #make(specs: TensorSpecs, name: string, values: Values): Tensor {
    const { dtype, shape } = specs[name];
    return new this.#runtime.Tensor(dtype, values, shape);
  }

  #tensor(name: string): Tensor {
    specOf('state tensor', this.#specs, name);
    const tensor = this.#state.get(name);
    if (tensor === undefined) throw new Error('The session was disposed');
    return tensor;
  }
}

/** The module's programs give float32 and int32 only. */
function valuesOf(tensor: Tensor): Values {
  return tensor.data as Values;
}

/** A promise of work that is done at once, so that its errors are rejections. */
async function settled<T>(work: () => T): Promise<T> {
  return Promise.resolve(work());
}
