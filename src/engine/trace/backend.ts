/**
 * A TensorFlow.js backend that computes nothing: each kernel call appends nodes to the graph that is being
 * recorded, and a tensor's data is the graph value it stands for. Concrete tensors become constants on first use.
 */
import { KernelBackend, type BackendValues, type DataType, type TensorInfo } from '@tensorflow/tfjs-core';
import { GraphBuilder } from '../graph/builder';
import type { Value } from '../graph/graph';
import type { ConstantValues, DType, HalfType } from '../graph/ops';
import { SymbolicReadError } from './errors';

/** TensorFlow.js identifies a tensor's data by an object of no further meaning. */
type DataKey = TensorInfo['dataId'];

/** What TensorFlow.js knows; the half types come after tracing. */
type TraceableType = Exclude<DType, HalfType>;

interface Entry {
  references: number;
  /** Undefined for a concrete tensor that no kernel has used yet. */
  value: Value | undefined;
  readonly values: ConstantValues | undefined;
  readonly shape: readonly number[];
  readonly dtype: TraceableType;
}

/** The recording backend. Only {@link traceProgram} starts and ends a recording. */
export class TraceBackend extends KernelBackend {
  readonly #entries = new Map<DataKey, Entry>();
  #builder: GraphBuilder | undefined;

  /** The graph under construction. Throws outside a recording. */
  get builder(): GraphBuilder {
    if (this.#builder === undefined) throw new Error('A tensor operation ran outside a traced program');
    return this.#builder;
  }

  /** Starts an empty recording. */
  begin(): GraphBuilder {
    this.#builder = new GraphBuilder();
    return this.#builder;
  }

  /** Ends the recording and forgets all its tensors. */
  finish(): void {
    this.#builder = undefined;
    this.#entries.clear();
  }

  /** A tensor that stands for a graph value. */
  tensorInfo(value: Value): TensorInfo {
    const dataId = {};
    const { shape } = value;
    const dtype = traceable(value.dtype);
    this.#entries.set(dataId, { references: 1, value, values: undefined, shape, dtype });
    return { dataId, shape: [...shape], dtype };
  }

  /** The graph value that a tensor stands for; a concrete tensor is recorded as a constant. */
  graphValue(tensor: TensorInfo): Value {
    const entry = this.#entry(tensor.dataId);
    if (entry.value === undefined) {
      if (entry.values === undefined) throw new Error('A tensor without values cannot be a constant');
      entry.value = this.builder.constant(entry.values, tensor.shape, entry.dtype);
    }
    return entry.value;
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataKey {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  // The signature is that of TensorFlow.js.
  // eslint-disable-next-line max-params
  override move(
    dataId: DataKey,
    values: BackendValues,
    shape: number[],
    dtype: DataType,
    references: number,
  ): void {
    const entry = { references, value: undefined, values: constantValues(values, dtype), shape };
    this.#entries.set(dataId, { ...entry, dtype: traceable(dtype) });
  }

  override readSync(dataId: DataKey): BackendValues {
    const { values } = this.#entry(dataId);
    if (values === undefined || typeof values === 'number') throw new SymbolicReadError(new Error().stack);
    return values;
  }

  override read(dataId: DataKey): Promise<BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }

  override incRef(dataId: DataKey): void {
    this.#entry(dataId).references++;
  }

  override refCount(dataId: DataKey): number {
    return this.#entries.get(dataId)?.references ?? 0;
  }

  override disposeData(dataId: DataKey, force = false): boolean {
    const entry = this.#entries.get(dataId);
    if (entry === undefined) return true;
    entry.references--;
    if (entry.references > 0 && !force) return false;
    this.#entries.delete(dataId);
    return true;
  }

  override numDataIds(): number {
    return this.#entries.size;
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override dispose(): void {
    this.finish();
  }

  #entry(dataId: DataKey): Entry {
    const entry = this.#entries.get(dataId);
    if (entry === undefined) throw new Error('A tensor from outside the traced program was used in it');
    return entry;
  }
}

function traceable(dtype: DataType | DType): TraceableType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new Error(`Tensors of type ${dtype} cannot be traced: use float32, int32 or bool`);
}

/** A copy in the array type of the element type; TensorFlow.js also passes plain arrays. */
function constantValues(values: BackendValues, dtype: DataType): ConstantValues {
  if (values.length > 0 && typeof values[0] === 'object') throw new Error('Text tensors cannot be traced');
  const numbers = values as ArrayLike<number>;
  if (dtype === 'float32') return Float32Array.from(numbers);
  return dtype === 'int32' ? Int32Array.from(numbers) : Uint8Array.from(numbers);
}
