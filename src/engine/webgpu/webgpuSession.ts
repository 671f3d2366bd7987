/** A module on the device: each program is one session, whose new state goes from output to input in place. */
import type { Tensor } from 'onnxruntime-node';
import type { EngineModule, EngineSession, NamedValues, TensorSpecs, Values } from '../engine';
import type { OnnxRuntime } from '../onnx/runtime';
import { inputName, nextName, outputName } from '../onnx/writeModel';
import { watchMemory } from '../outOfMemory';
import { compilePrograms, programNamed } from '../programs';
import { checkComplete, checkKnown, specOf } from '../values';
import { compile, type Compiled, type Setup } from './compile';
import { DeviceState } from './deviceState';
import { unpackScalars } from './scalars';

/** Compiles the programs and copies the state to the device. */
export async function loadWebgpuSession<Name extends string>(
  setup: Setup,
  module: EngineModule<Name>,
  initial: NamedValues,
): Promise<EngineSession<Name>> {
  checkComplete('state tensor', module.state, initial);
  const compiled = await compilePrograms(module, (program, name) =>
    compile(setup, program, { name, state: module.state }),
  );
  const state = await DeviceState.create(setup.runtime, module.state, initial);
  return new WebgpuSession(setup.runtime, { specs: module.state, state, compiled });
}

interface SessionParts {
  readonly specs: TensorSpecs;
  readonly state: DeviceState;
  readonly compiled: ReadonlyMap<string, Compiled>;
}

class WebgpuSession<Name extends string> implements EngineSession<Name> {
  readonly #runtime: OnnxRuntime;
  readonly #specs: TensorSpecs;
  readonly #state: DeviceState;
  readonly #compiled: ReadonlyMap<string, Compiled>;
  #isDisposed = false;

  constructor(runtime: OnnxRuntime, { specs, state, compiled }: SessionParts) {
    this.#runtime = runtime;
    this.#specs = specs;
    this.#state = state;
    this.#compiled = compiled;
  }

  async run(program: Name, inputs: NamedValues): Promise<NamedValues> {
    this.#checkOpen();
    const compiled = programNamed(this.#compiled, program);
    checkComplete('input', compiled.inputs, inputs);
    const feeds = this.#feeds(compiled, inputs);
    const results = await watchMemory(`a step of '${program}'`, () => compiled.session.run(feeds));
    for (const name of compiled.updates) this.#state.replace(name, results[nextName(name)]);
    const outputs = compiled.outputs.map((name) => [name, results[outputName(name)].data as Values]);
    return unpackScalars(Object.fromEntries(outputs) as NamedValues, compiled.scalars);
  }

  async readState(names: readonly string[] = Object.keys(this.#specs)): Promise<NamedValues> {
    this.#checkOpen();
    names.forEach((name) => specOf('state tensor', this.#specs, name));
    return this.#state.read(names);
  }

  async writeState(values: NamedValues): Promise<void> {
    this.#checkOpen();
    checkKnown('state tensor', this.#specs, values);
    await this.#state.write(values);
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await this.#state.dispose();
    for (const { session } of this.#compiled.values()) await session.release();
  }

  /** onnxruntime drops inputs that a model does not use, and refuses them. */
  #feeds({ session, inputs: specs }: Compiled, inputs: NamedValues): Record<string, Tensor> {
    const given = Object.entries(inputs).map(([name, values]): [string, Tensor] => {
      const { dtype, shape } = specs[name];
      return [inputName(name), new this.#runtime.Tensor(dtype, values, shape)];
    });
    const known = new Set(session.inputNames);
    return Object.fromEntries([...given, ...this.#state.feeds()].filter(([name]) => known.has(name)));
  }

  /** A native call on a released session would end the process. */
  #checkOpen(): void {
    if (this.#isDisposed) throw new Error('The session was disposed');
  }
}
