/**
 * An ONNX model under construction as a list of nodes and constants: makes names and shares what is made twice. Knows
 * nothing of the graph that is lowered.
 */
import type { ConstantValues, DType } from '../graph/ops';
import type { OnnxAttribute, OnnxInitializer, OnnxNode, OnnxType } from './proto';

type Attributes = Readonly<Record<string, OnnxAttribute>>;

export class ModelBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxInitializer[] = [];
  readonly #memo = new Map<string, string>();
  #count = 0;

  /** Adds a node with one output. */
  node(type: string, inputs: readonly string[], attributes: Attributes = {}, domain = ''): string {
    return this.nodeWith({ type, inputs, attributes, domain }, 1)[0];
  }

  /** Adds a node with several outputs. */
  nodeWith(node: Omit<OnnxNode, 'outputs'>, count: number): string[] {
    const outputs = Array.from({ length: count }, () => this.#newName('v'));
    this.nodes.push({ ...node, outputs });
    return outputs;
  }

  /** The name that `make` gave for this key, made once. */
  memo(key: string, make: () => string): string {
    const known = this.#memo.get(key) ?? make();
    this.#memo.set(key, known);
    return known;
  }

  reshape(name: string, shape: readonly number[]): string {
    return this.node('Reshape', [name, this.int64s(shape)]);
  }

  transpose(name: string, permutation: readonly number[]): string {
    return this.node('Transpose', [name], { perm: permutation });
  }

  /** A list of integers, as shapes and axes are passed. */
  int64s(values: readonly number[]): string {
    return this.memo(`int64 ${values.join(' ')}`, () => {
      const data = bytesOf(BigInt64Array.from(values, BigInt));
      return this.#initializer({ type: 'int64', shape: [values.length], data });
    });
  }

  /** One float32. */
  float(value: number): string {
    return this.memo(`float ${Object.is(value, -0) ? '-0' : value}`, () =>
      this.constant(value, [], 'float32'),
    );
  }

  /** A constant; large ones of one value are expanded when the session starts, to keep the model small. */
  constant(values: ConstantValues, shape: readonly number[], dtype: DType): string {
    if (typeof values !== 'number') {
      return this.#initializer({ type: dtype, shape, data: bytesOf(values) });
    }
    const one = this.#initializer({ type: dtype, shape: [], data: bytesOf(arrayOf(values, dtype)) });
    return shape.length === 0 ? one : this.node('Expand', [one, this.int64s(shape)]);
  }

  #initializer(tensor: { type: OnnxType; shape: readonly number[]; data: Uint8Array }): string {
    const name = this.#newName('c');
    this.initializers.push({ name, ...tensor });
    return name;
  }

  #newName(prefix: string): string {
    return `${prefix}${this.#count++}`;
  }
}

function arrayOf(value: number, dtype: DType): Exclude<ConstantValues, number> {
  if (dtype === 'float32') return Float32Array.of(value);
  return dtype === 'int32' ? Int32Array.of(value) : Uint8Array.of(value);
}

/** ONNX's raw data is little-endian, and so is every platform that Node runs on. */
function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
