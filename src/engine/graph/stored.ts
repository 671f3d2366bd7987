/** The header of a stored graph, and the reader that trusts nothing in it. */
import { DTYPES, FORMS, hasForm, isShape } from './form';
import { sameShape, sizeOf, type Graph, type GraphNode, type Port, type Value } from './graph';
import type { ConstantValues, DType, OpAttributes, OpName } from './ops';
import { inferOutputs } from './shapes';

/** A constant's values: where they lie behind the header, in bytes, and how many there are. */
export interface StoredArray {
  readonly array: 'float32' | 'int32' | 'uint8';
  readonly offset: number;
  readonly length: number;
}

export interface StoredNode {
  readonly op: OpName;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** As in the graph, but for arrays and for numbers that JSON lacks, which are objects. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface StoredEdge {
  readonly name: string;
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** The header; values are referred to by id. */
export interface Header {
  readonly formatVersion: number;
  readonly inputs: readonly StoredEdge[];
  readonly state: readonly StoredEdge[];
  readonly nodes: readonly StoredNode[];
  readonly outputs: readonly { readonly name: string; readonly id: number }[];
  readonly stateUpdates: readonly { readonly name: string; readonly id: number }[];
}

type ReadArray = (stored: StoredArray) => Exclude<ConstantValues, number>;
type Known = Map<number, Value>;

/** The graph of a header. Throws where anything in it is not what it must be. */
export function readHeader(json: unknown, readArray: ReadArray): Graph {
  // Each part is checked where it is read.
  const header = json as Partial<Header>;
  const known: Known = new Map();
  const inputs = list(header.inputs).map((edge) => readEdge(edge, known));
  const state = list(header.state).map((edge) => readEdge(edge, known));
  const nodes = list(header.nodes).map((node) => readNode(node, known, readArray));
  const outputs = list(header.outputs).map((port) => readPort(port, known));
  const stateUpdates = list(header.stateUpdates).map((port) => readPort(port, known));
  checkUpdates(state, stateUpdates);
  return { inputs, state, nodes, outputs, stateUpdates };
}

function list<T>(items: readonly T[] | undefined): readonly T[] {
  if (items === undefined || !Array.isArray(items)) throw new Error('a list is missing');
  return items as readonly T[];
}

function readEdge({ name, id, shape, dtype }: StoredEdge, known: Known): Port {
  if (typeof name !== 'string' || !isShape(shape) || !DTYPES.includes(dtype)) {
    throw new Error('an input or state tensor has no name, shape or element type');
  }
  return { name, value: define(id, { shape, dtype }, known) };
}

function readNode(stored: StoredNode, known: Known, readArray: ReadArray): GraphNode {
  const { op } = stored;
  if (!Object.hasOwn(FORMS, op)) throw new Error(`there is no operation '${op}'`);
  const inputs = list(stored.inputs).map((id) => find(id, known));
  const attributes = readAttributes(stored.attributes, readArray);
  const wanted = FORMS[op].inputs;
  const isRightCount = wanted === 'any' ? inputs.length > 0 : inputs.length === wanted;
  const rank = inputs.at(0)?.shape.length ?? 0;
  if (!isRightCount || !hasForm(op, attributes, rank)) throw new Error(`an operation '${op}' is malformed`);
  // `hasForm` has just checked it.
  const specs = inferOutputs(op, inputs, attributes as OpAttributes[typeof op]);
  if (list(stored.outputs).length !== specs.length || !specs.every(({ shape }) => isShape(shape))) {
    throw new Error(`the inputs of an operation '${op}' do not fit`);
  }
  checkConstant(op, attributes);
  const outputs = stored.outputs.map((id, index) => define(id, specs[index], known));
  return { op, inputs, outputs, attributes } as unknown as GraphNode;
}

function readAttributes(
  stored: StoredNode['attributes'],
  readArray: ReadArray,
): Readonly<Record<string, unknown>> {
  const value = (held: unknown): unknown => {
    if (typeof held !== 'object' || held === null) return held;
    if ('number' in held) return Number(held.number);
    return 'array' in held ? readArray(held as StoredArray) : held;
  };
  return Object.fromEntries(Object.entries(stored).map(([name, held]) => [name, value(held)]));
}

function checkConstant(op: OpName, attributes: Readonly<Record<string, unknown>>): void {
  if (op !== 'Constant') return;
  const { values, shape } = attributes as unknown as OpAttributes['Constant'];
  if (typeof values !== 'number' && values.length !== sizeOf(shape)) {
    throw new Error('a constant has more or fewer values than its shape');
  }
}

function readPort({ name, id }: { name: string; id: number }, known: Known): Port {
  if (typeof name !== 'string') throw new Error('an output has no name');
  return { name, value: find(id, known) };
}

function checkUpdates(state: readonly Port[], updates: readonly Port[]): void {
  for (const { name, value } of updates) {
    const before = state.find((port) => port.name === name)?.value;
    if (before === undefined || before.dtype !== value.dtype || !sameShape(before.shape, value.shape)) {
      throw new Error(`the update '${name}' is not that of a state tensor`);
    }
  }
}

function find(id: number, known: Known): Value {
  const value = known.get(id);
  if (value === undefined) throw new Error(`a value ${id} is used before it is made`);
  return value;
}

function define(id: number, { shape, dtype }: Omit<Value, 'id'>, known: Known): Value {
  if (!Number.isSafeInteger(id) || known.has(id)) throw new Error(`a value ${id} is made twice`);
  const value = { id, shape, dtype };
  known.set(id, value);
  return value;
}
