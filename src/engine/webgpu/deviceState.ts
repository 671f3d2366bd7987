/**
 * State on the device. Its tensors are opaque here: to read one directly would abort the process, so two sessions of
 * a model that only copies move it in and out.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { NamedValues, TensorSpecs, Values } from '../engine';
import { encodeModel } from '../onnx/proto';
import type { OnnxRuntime } from '../onnx/runtime';
import { nextName, stateName } from '../onnx/writeModel';
import { createDeviceSession } from './provider';
import { standard } from './operators';
import { OPERATOR_SETS } from './writeWebgpuModel';

interface Copiers {
  readonly toDevice: InferenceSession;
  readonly toHost: InferenceSession;
}

/** Named tensors on the device, which this object owns and frees. */
export class DeviceState {
  readonly #runtime: OnnxRuntime;
  readonly #specs: TensorSpecs;
  readonly #copiers: Copiers | undefined;
  readonly #tensors = new Map<string, Tensor>();

  private constructor(runtime: OnnxRuntime, specs: TensorSpecs, copiers: Copiers | undefined) {
    this.#runtime = runtime;
    this.#specs = specs;
    this.#copiers = copiers;
  }

  /** Copies `initial`, which must be complete, to the device. */
  static async create(runtime: OnnxRuntime, specs: TensorSpecs, initial: NamedValues): Promise<DeviceState> {
    const state = new DeviceState(runtime, specs, await createCopiers(runtime, specs));
    await state.write(initial);
    return state;
  }

  /** The tensors by their names as a model's inputs. */
  feeds(): [string, Tensor][] {
    return [...this.#tensors].map(([name, tensor]) => [stateName(name), tensor]);
  }

  /** Takes over a tensor of a model's outputs and frees the one before. */
  replace(name: string, tensor: Tensor): void {
    this.#tensors.get(name)?.dispose();
    this.#tensors.set(name, tensor);
  }

  async read(names: readonly string[]): Promise<NamedValues> {
    if (this.#copiers === undefined || names.length === 0) return {};
    const results = await this.#copiers.toHost.run(Object.fromEntries(this.feeds()), names.map(nextName));
    return Object.fromEntries(names.map((name) => [name, results[nextName(name)].data as Values]));
  }

  /** The copying model takes all of the state: what is not given is copied on the device. */
  async write(values: NamedValues): Promise<void> {
    const given = Object.entries(values);
    if (this.#copiers === undefined || given.length === 0) return;
    const feeds = given.map(([name, array]): [string, Tensor] => [stateName(name), this.#make(name, array)]);
    const results = await this.#copiers.toDevice.run(Object.fromEntries([...this.feeds(), ...feeds]));
    for (const name of Object.keys(this.#specs)) this.replace(name, results[nextName(name)]);
  }

  /** Frees the tensors before the sessions, on whose device they lie. */
  async dispose(): Promise<void> {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
    await this.#copiers?.toDevice.release();
    await this.#copiers?.toHost.release();
  }

  #make(name: string, values: Values): Tensor {
    const { dtype, shape } = this.#specs[name];
    return new this.#runtime.Tensor(dtype, values, shape);
  }
}

/** Undefined where there is nothing to copy: onnxruntime fails on an empty model. */
async function createCopiers(runtime: OnnxRuntime, specs: TensorSpecs): Promise<Copiers | undefined> {
  const names = Object.keys(specs);
  if (names.length === 0) return undefined;
  const onDevice = Object.fromEntries(names.map((name) => [nextName(name), 'gpu-buffer'] as const));
  const bytes = copyingModel(specs);
  return {
    toDevice: await createDeviceSession(runtime, { bytes, cpuNodes: [] }, onDevice),
    toHost: await createDeviceSession(runtime, { bytes, cpuNodes: [] }, {}),
  };
}

function copyingModel(specs: TensorSpecs): Uint8Array {
  const ports = (naming: (name: string) => string): Parameters<typeof encodeModel>[0]['inputs'] =>
    Object.entries(specs).map(([name, { dtype, shape }]) => ({ name: naming(name), type: dtype, shape }));
  return encodeModel({
    nodes: Object.keys(specs).map((name) => standard('Identity', [stateName(name)], nextName(name))),
    initializers: [],
    inputs: ports(stateName),
    outputs: ports(nextName),
    operatorSets: OPERATOR_SETS,
  });
}
