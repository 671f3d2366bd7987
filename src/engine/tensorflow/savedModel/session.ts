/** A SavedModel that is loaded, with its state. Calls are synchronous; every tensor they make is deleted before they end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineSession, NamedValues, TensorSpec, TensorSpecs, Values } from '../../engine';
import { watchMemory } from '../../outOfMemory';
import { programNamed } from '../../programs';
import { checkComplete, checkKnown, specOf } from '../../values';
import type { TensorflowBinding } from '../binding';
import { doneName, givenName, inputName, outputName, readName, writtenName } from './names';
import { SERVING_TAG, TENSORFLOW_TYPE } from './proto';

/** The edges of a program. */
export interface ProgramPorts {
  readonly inputs: TensorSpecs;
  readonly outputs: readonly string[];
}

export interface SessionParts {
  readonly binding: TensorflowBinding;
  readonly model: number;
  readonly state: TensorSpecs;
  readonly programs: ReadonlyMap<string, ProgramPorts>;
}

/** Loads a model from its bytes by way of a private folder, which is gone afterwards. Returns its number. */
export function loadModel(binding: TensorflowBinding, bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-tensorflow-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), bytes, { mode: 0o600 });
    return binding.loadSavedModel(folder, SERVING_TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A value for a placeholder. */
interface Feed {
  readonly node: string;
  readonly spec: TensorSpec;
  readonly values: Values;
}

export class TensorflowSession<Name extends string> implements EngineSession<Name> {
  readonly #binding: TensorflowBinding;
  readonly #state: TensorSpecs;
  readonly #programs: ReadonlyMap<string, ProgramPorts>;
  #model: number | undefined;

  constructor({ binding, model, state, programs }: SessionParts) {
    this.#binding = binding;
    this.#model = model;
    this.#state = state;
    this.#programs = programs;
  }

  async run(program: Name, inputs: NamedValues): Promise<NamedValues> {
    const ports = programNamed(this.#programs, program);
    checkComplete('input', ports.inputs, inputs);
    const feeds = Object.entries(inputs).map(([name, values]) => ({
      node: inputName(program, name),
      spec: ports.inputs[name],
      values,
    }));
    const fetches = ports.outputs.map((name) => outputName(program, name));
    const results = await watchMemory(`a step of '${program}'`, () =>
      settled(() => this.#call(feeds, [doneName(program), ...fetches]).slice(1)),
    );
    return Object.fromEntries(ports.outputs.map((name, index) => [name, results[index]]));
  }

  readState(names: readonly string[] = Object.keys(this.#state)): Promise<NamedValues> {
    return settled(() => {
      for (const name of names) specOf('state tensor', this.#state, name);
      const values = this.#call([], names.map(readName));
      return Object.fromEntries(names.map((name, index) => [name, values[index]]));
    });
  }

  writeState(values: NamedValues): Promise<void> {
    return settled(() => {
      checkKnown('state tensor', this.#state, values);
      const names = Object.keys(values);
      const feeds = names.map((name) => ({
        node: givenName(name),
        spec: this.#state[name],
        values: values[name],
      }));
      this.#call(feeds, names.map(writtenName));
    });
  }

  dispose(): Promise<void> {
    return settled(() => {
      if (this.#model !== undefined) this.#binding.deleteSavedModel(this.#model);
      this.#model = undefined;
    });
  }

  /** Copies of the fetched tensors. Flags, which nobody reads, come as they are. */
  #call(feeds: readonly Feed[], fetches: readonly string[]): Values[] {
    if (this.#model === undefined) throw new Error('The session was disposed');
    if (fetches.length === 0) return [];
    const tensors: number[] = [];
    try {
      for (const { spec, values } of feeds)
        tensors.push(this.#binding.createTensor(spec.shape, TENSORFLOW_TYPE[spec.dtype], values));
      const inputs = [...tensors];
      const results = this.#binding
        .runSavedModel(
          this.#model,
          inputs,
          firstOutputs(feeds.map(({ node }) => node)),
          firstOutputs(fetches),
        )
        .map(({ id }) => id);
      tensors.push(...results);
      return results.map((tensor) => this.#binding.tensorDataSync(tensor) as Values);
    } finally {
      for (const tensor of tensors) this.#binding.deleteTensor(tensor);
    }
  }
}

function firstOutputs(nodes: readonly string[]): string {
  return nodes.map((node) => `${node}:0`).join(',');
}

/** A promise of work that is done at once, so that its errors are rejections. */
async function settled<T>(work: () => T): Promise<T> {
  return Promise.resolve(work());
}
