/**
 * Collects the TensorFlow nodes of one program while its graph is lowered: makes names under the program's scope,
 * shares small constants, and keeps the name of each graph value.
 */
import type { GraphNode, Value } from '../../graph/graph';
import type { ConstantValues, DType } from '../../graph/ops';
import type { TensorflowAttribute, TensorflowNode, TensorflowTensor } from './proto';

type Attributes = Readonly<Record<string, TensorflowAttribute>>;

/** What the program will run on. */
export type Target = 'cpu' | 'gpu';

/** A program under construction. */
export class Emitter {
  readonly nodes: TensorflowNode[] = [];
  readonly #scope: string;
  readonly #names = new Map<Value, string>();
  readonly #makers = new Map<Value, GraphNode>();
  readonly #kept = new Map<Value, string>();
  readonly #memo = new Map<string, string>();

  constructor(
    scope: string,
    readonly target: Target,
  ) {
    this.#scope = scope;
  }

  /** Says under which name a value was made. */
  define(value: Value, name: string): void {
    this.#names.set(value, name);
  }

  /** The name of a value. */
  name(value: Value): string {
    const name = this.#names.get(value);
    if (name === undefined) throw new Error(`Value ${value.id} is used before it is made`);
    return name;
  }

  /** Notes which graph node makes which values, so that later ones can be fused with it. */
  note(node: GraphNode): void {
    for (const output of node.outputs) this.#makers.set(output, node);
  }

  /** The graph node that made a value; undefined for inputs and state. */
  makerOf(value: Value): GraphNode | undefined {
    return this.#makers.get(value);
  }

  /** Keeps the TensorFlow node that made a value, for another one that needs more of it than the graph knows. */
  keep(value: Value, node: string): void {
    this.#kept.set(value, node);
  }

  kept(value: Value): string | undefined {
    return this.#kept.get(value);
  }

  /** Adds a node and returns its name, which is also that of its first output. */
  node(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const name = `${this.#scope}/${op}_${this.nodes.length}`;
    this.nodes.push({ name, op, inputs, attributes });
    return name;
  }

  /** Adds a node whose type attribute `T` is the given one, as most have. */
  typed(op: string, type: DType, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.node(op, inputs, { T: { type }, ...attributes });
  }

  /** The name that `make` gave for this key, made once. */
  memo(key: string, make: () => string): string {
    const known = this.#memo.get(key) ?? make();
    this.#memo.set(key, known);
    return known;
  }

  reshape(name: string, type: DType, shape: readonly number[]): string {
    return this.typed('Reshape', type, [name, this.int32s(shape)], { Tshape: { type: 'int32' } });
  }

  cast(name: string, from: DType, to: DType): string {
    return from === to ? name : this.node('Cast', [name], { SrcT: { type: from }, DstT: { type: to } });
  }

  /** A list of integers, as shapes and axes are passed. */
  int32s(values: readonly number[]): string {
    return this.memo(`int32s ${values.join(' ')}`, () =>
      this.constant(Int32Array.from(values), [values.length], 'int32'),
    );
  }

  /** One number. */
  scalar(value: number, type: DType): string {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return this.memo(`scalar ${type} ${text}`, () => this.constant(value, [], type));
  }

  /** A constant; those of the half types are cast when the session starts. */
  constant(values: ConstantValues, shape: readonly number[], dtype: DType): string {
    const type = dtype === 'bfloat16' || dtype === 'float16' ? 'float32' : dtype;
    const tensor: TensorflowTensor = { type, shape, values: encoded(values) };
    const name = this.node('Const', [], { dtype: { type }, value: { tensor } });
    return this.cast(name, type, dtype);
  }
}

/** Raw elements are little-endian, and so is every platform that Node runs on. */
function encoded(values: ConstantValues): Uint8Array | number {
  if (typeof values === 'number') return values;
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
