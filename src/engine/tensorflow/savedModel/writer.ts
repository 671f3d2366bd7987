/**
 * All programs of a module as one SavedModel. State tensors are resource variables, which live in the session that
 * loads the model: one graph for all programs is what lets them share it.
 */
import type { TensorSpecs } from '../../engine';
import type { Graph, Port, Value } from '../../graph/graph';
import type { OpName } from '../../graph/ops';
import { lower } from '../lowerings/table';
import { Emitter, type Target } from './emitter';
import {
  doneName,
  givenName,
  inputName,
  outputName,
  readName,
  scopeName,
  variableName,
  writtenName,
} from './names';
import { encodeSavedModel, type TensorflowNode } from './proto';

/** The bytes of saved_model.pb; equal modules give equal bytes. */
export function writeSavedModel(
  state: TensorSpecs,
  programs: Readonly<Record<string, Graph>>,
  target: Target = 'cpu',
): Uint8Array {
  const nodes = [
    ...Object.entries(state).flatMap(([name, spec]) => stateNodes(name, spec)),
    ...Object.entries(programs).flatMap(([name, graph]) => programNodes(name, graph, target)),
  ];
  return encodeSavedModel(nodes);
}

/** The variable, and the nodes that copy it in and out. */
function stateNodes(name: string, { shape, dtype }: TensorSpecs[string]): TensorflowNode[] {
  const type = { type: dtype };
  const variable = variableName(name);
  const [given, written] = [givenName(name), writtenName(name)];
  const handle = { container: '', shared_name: variable, dtype: type, shape: { shape } };
  return [
    node(variable, 'VarHandleOp', [], handle),
    node(given, 'Placeholder', [], { dtype: type, shape: { shape } }),
    node(`${given}/copy`, 'DeepCopy', [given], { T: type }),
    node(`${given}/assign`, 'AssignVariableOp', [variable, `${given}/copy`], { dtype: type }),
    flag(written, [`^${given}/assign`]),
    node(readName(name), 'ReadVariableOp', [variable], { dtype: type }),
  ];
}

/**
 * A program reads a variable before it changes it, and is done when all is changed: whatever order TensorFlow chooses
 * otherwise, a run is one step of the state.
 */
function programNodes(program: string, graph: Graph, target: Target): TensorflowNode[] {
  const emit = new Emitter(scopeName(program), target);
  const inputs = graph.inputs.map((port) => placeholder(program, port));
  for (const { name, value } of graph.inputs) emit.define(value, inputName(program, name));
  const reads = readState(graph, emit);
  for (const graphNode of graph.nodes) {
    lower(graphNode, emit);
    emit.note(graphNode);
  }
  const borrowed = new Set(graph.inputs.map((port) => port.value));
  const assigned = graph.stateUpdates.map((port) => assign(port, { inputs: borrowed, emit, reads }));
  const done = flag(doneName(program), assigned);
  const outputs = graph.outputs.map(({ name, value }) =>
    node(outputName(program, name), 'Identity', [emit.name(value)], { T: { type: value.dtype } }),
  );
  return [...inputs, ...emit.nodes, done, ...outputs];
}

function placeholder(program: string, { name, value: { shape, dtype } }: Port): TensorflowNode {
  return node(inputName(program, name), 'Placeholder', [], { dtype: { type: dtype }, shape: { shape } });
}

/** Reads the variables that the program uses; the reads by state name. */
function readState({ state, nodes, outputs, stateUpdates }: Graph, emit: Emitter): Map<string, string> {
  const used = new Set([
    ...nodes.flatMap(({ inputs }) => inputs),
    ...[...outputs, ...stateUpdates].map(({ value }) => value),
  ]);
  const reads = new Map<string, string>();
  for (const { name, value } of state.filter((port) => used.has(port.value))) {
    const read = emit.node('ReadVariableOp', [variableName(name)], { dtype: { type: value.dtype } });
    emit.define(value, read);
    reads.set(name, read);
  }
  return reads;
}

interface Updating {
  readonly inputs: ReadonlySet<Value>;
  readonly emit: Emitter;
  readonly reads: ReadonlyMap<string, string>;
}

/** Adds an assignment after the program's read of the variable; the control input that waits for it. */
function assign({ name, value }: Port, { inputs, emit, reads }: Updating): string {
  const type = { type: value.dtype };
  const next = mayShareInput(value, inputs, emit)
    ? emit.node('DeepCopy', [emit.name(value)], { T: type })
    : emit.name(value);
  const read = reads.get(name);
  const before = read === undefined ? [] : [`^${read}`];
  return `^${emit.node('AssignVariableOp', [variableName(name), next, ...before], { dtype: type })}`;
}

/** Operations whose result may be the memory of their input under another shape. */
const MAY_SHARE: ReadonlySet<OpName> = new Set<OpName>([
  'Broadcast',
  'Cast',
  'Concat',
  'Pad',
  'Reshape',
  'Reverse',
  'Slice',
  'Tile',
  'Transpose',
]);

/**
 * Whether a value may be the caller's own array, which TensorFlow borrows for a run: a variable must not keep it,
 * because the caller may change it, and because it may only be given back on the thread that lent it.
 */
function mayShareInput(value: Value, inputs: ReadonlySet<Value>, emit: Emitter): boolean {
  if (inputs.has(value)) return true;
  const maker = emit.makerOf(value);
  if (maker === undefined || !MAY_SHARE.has(maker.op)) return false;
  return maker.inputs.some((input) => mayShareInput(input, inputs, emit));
}

/** A tensor without meaning that is available when other nodes have run. */
function flag(name: string, after: readonly string[]): TensorflowNode {
  const tensor = { type: 'bool', shape: [], values: 1 } as const;
  return node(name, 'Const', after, { dtype: { type: 'bool' }, value: { tensor } });
}

function node(
  name: string,
  op: string,
  inputs: readonly string[],
  attributes: TensorflowNode['attributes'],
): TensorflowNode {
  return { name, op, inputs, attributes };
}
