/**
 * Appends nodes to a graph under construction and keeps ids unique. Equal operations on equal inputs are
 * recorded once, so building (or rebuilding) a graph eliminates common subexpressions by construction.
 */
import type { Graph, GraphNode, Port, Value, ValueSpec } from './graph';
import type { ConstantValues, DType, OpAttributes, OpName } from './ops';
import { inferOutputs } from './shapes';

/** Longest constant, in elements, that is compared with earlier ones. */
const MAX_SHARED_CONSTANT_ELEMENTS = 1024;

/** A graph under construction. */
export class GraphBuilder {
  readonly #inputs: Port[] = [];
  readonly #state: Port[] = [];
  readonly #nodes: GraphNode[] = [];
  readonly #known = new Map<string, readonly Value[]>();
  readonly #constants = new Map<Value, GraphNode<'Constant'>>();
  #nextId = 0;

  /** Declares an input. */
  input(name: string, spec: ValueSpec): Value {
    return this.#declare(this.#inputs, name, spec);
  }

  /** Declares a state tensor. */
  state(name: string, spec: ValueSpec): Value {
    return this.#declare(this.#state, name, spec);
  }

  /** Appends an operation and returns its first output. Throws where shapes do not fit. */
  add<K extends OpName>(op: K, inputs: readonly Value[], attributes: OpAttributes[K]): Value {
    return this.addAll(op, inputs, attributes)[0];
  }

  /** Appends an operation and returns all its outputs. Throws where shapes do not fit. */
  addAll<K extends OpName>(op: K, inputs: readonly Value[], attributes: OpAttributes[K]): readonly Value[] {
    const key = keyOf(op, inputs, attributes);
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const outputs = inferOutputs(op, inputs, attributes).map((spec) => this.#value(spec));
    // The mapped type cannot see that `op` and `attributes` belong together: the signature above says so.
    const node = { op, inputs, attributes, outputs } as unknown as GraphNode;
    this.#nodes.push(node);
    if (node.op === 'Constant') this.#constants.set(outputs[0], node);
    if (key !== undefined) this.#known.set(key, outputs);
    return outputs;
  }

  /** The first output of an operation that has been appended already, else undefined. */
  find<K extends OpName>(op: K, inputs: readonly Value[], attributes: OpAttributes[K]): Value | undefined {
    const key = keyOf(op, inputs, attributes);
    return key === undefined ? undefined : this.#known.get(key)?.[0];
  }

  /** Appends a constant; all-equal values are kept as one number. */
  constant(values: ConstantValues, shape: readonly number[], dtype: DType): Value {
    return this.add('Constant', [], { values: compressed(values), shape, dtype });
  }

  /** The values of a constant, undefined for anything else. */
  constantValues(value: Value): ConstantValues | undefined {
    return this.#constants.get(value)?.attributes.values;
  }

  /** The finished graph. */
  finish(outputs: readonly Port[], stateUpdates: readonly Port[]): Graph {
    return {
      inputs: [...this.#inputs],
      state: [...this.#state],
      nodes: [...this.#nodes],
      outputs,
      stateUpdates,
    };
  }

  #declare(ports: Port[], name: string, spec: ValueSpec): Value {
    const value = this.#value(spec);
    ports.push({ name, value });
    return value;
  }

  #value({ shape, dtype }: ValueSpec): Value {
    return { id: this.#nextId++, shape, dtype };
  }
}

/** A text equal for equal operations; undefined for a constant too long to compare. */
function keyOf<K extends OpName>(
  op: K,
  inputs: readonly Value[],
  attributes: OpAttributes[K],
): string | undefined {
  if (op === 'Constant' && isLong((attributes as OpAttributes['Constant']).values)) return undefined;
  const ids = inputs.map((input) => input.id).join(',');
  const text = JSON.stringify(attributes, (_key, value: unknown) => {
    if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, exactText);
    return typeof value === 'number' ? exactText(value) : value;
  });
  return `${op}(${ids})${text}`;
}

function isLong(values: ConstantValues): boolean {
  return typeof values !== 'number' && values.length > MAX_SHARED_CONSTANT_ELEMENTS;
}

/** JSON writes NaN and the infinities as null, and -0 as 0. */
function exactText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function compressed(values: ConstantValues): ConstantValues {
  if (typeof values === 'number' || values.length === 0) return values;
  return values.every((value) => Object.is(value, values[0])) ? values[0] : values;
}
