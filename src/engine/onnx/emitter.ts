/**
 * Collects the nodes of an ONNX model while a graph is lowered: makes names, shares constants, and keeps for
 * each graph value the names it has in either layout, converting on first demand.
 */
import { sizeOf, type Value } from '../graph/graph';
import type { ConstantValues, DType } from '../graph/ops';
import { TO_NCHW, TO_NHWC, type Layout, type StoredLayout } from './layout';
import type { OnnxAttribute, OnnxInitializer, OnnxNode, OnnxType } from './proto';

/** Operators of onnxruntime that are not part of ONNX. */
export const MICROSOFT = 'com.microsoft';

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** A model under construction. */
export class Emitter {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxInitializer[] = [];
  readonly #names: Record<StoredLayout, Map<Value, string>> = {
    nhwc: new Map(),
    nchw: new Map(),
    phases: new Map(),
  };
  readonly #memo = new Map<string, string>();
  readonly #channelsFirst: ReadonlySet<Value>;
  #count = 0;

  constructor(channelsFirst: ReadonlySet<Value>) {
    this.#channelsFirst = channelsFirst;
  }

  /** The layout in which a value is made. */
  layoutOf(value: Value): Layout {
    return this.#channelsFirst.has(value) ? 'nchw' : 'nhwc';
  }

  /** Says under which name a value was made, in its planned layout unless given. */
  define(value: Value, name: string, layout: StoredLayout = this.layoutOf(value)): void {
    this.#names[layout].set(value, name);
  }

  /** The name of a value in a layout; adds a conversion at first need. Layouts differ for rank 4 only. */
  name(value: Value, layout: Layout = 'nhwc'): string {
    if (value.shape.length !== 4) return this.#known(value, 'nhwc');
    const known = this.#names[layout].get(value);
    if (known !== undefined) return known;
    const converted = this.#convert(value, layout);
    this.define(value, converted, layout);
    return converted;
  }

  /** The name of a value's phases, if it was made as phases and nobody has asked for the whole image. */
  phases(value: Value): string | undefined {
    return this.#names.nchw.has(value) ? undefined : this.#names.phases.get(value);
  }

  /** The name of an operand that NumPy's rules align with an NCHW tensor. */
  aligned(value: Value, layout: Layout): string {
    if (layout === 'nhwc' || value.shape.length === 4 || sizeOf(value.shape) === 1)
      return this.name(value, layout);
    const shape = [...Array.from({ length: 4 - value.shape.length }, () => 1), ...value.shape];
    const name = this.name(value);
    return this.memo(`aligned ${name}`, () => this.transpose(this.reshape(name, shape), TO_NCHW));
  }

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

  #known(value: Value, layout: Layout): string {
    const name = this.#names[layout].get(value);
    if (name === undefined) throw new Error(`Value ${value.id} is used before it is made`);
    return name;
  }

  /** Where only one of C and H x W is more than 1, both layouts hold the same bytes. */
  #convert(value: Value, to: Layout): string {
    const phases = this.phases(value);
    if (phases !== undefined) this.define(value, this.#interleave(phases, value), 'nchw');
    if (phases !== undefined && to === 'nchw') return this.name(value, to);
    const source = this.#known(value, to === 'nchw' ? 'nhwc' : 'nchw');
    const [n, h, w, c] = value.shape;
    if (h * w === 1 || c === 1) return this.reshape(source, to === 'nchw' ? [n, c, h, w] : [n, h, w, c]);
    return this.transpose(source, to === 'nchw' ? TO_NCHW : TO_NHWC);
  }

  /** [N, C, 2, 2, H/2, W/2] to [N, C, H, W]. */
  #interleave(phases: string, { shape: [n, h, w, c] }: Value): string {
    const split = this.reshape(phases, [n, c, 2, 2, h / 2, w / 2]);
    return this.reshape(this.transpose(split, [0, 1, 4, 2, 5, 3]), [n, c, h, w]);
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
