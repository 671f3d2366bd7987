/**
 * A graph as the bytes of an ONNX model. State tensors are inputs under `state:<name>`, and their updates outputs
 * under `next:<name>`, so that the caller can hand the outputs of one step to the next.
 */
import type { Graph, Port, Value } from '../graph/graph';
import { Emitter, MICROSOFT, type EmitterPlan } from './emitter';
import { planLayouts } from './layout';
import { lower } from './lowerings/table';
import { NCHWC } from './nchwc';
import { encodeModel, type OnnxModel, type OnnxPort } from './proto';

/** Operator sets: ONNX 18 passes the axes of all reductions as inputs. */
const OPERATOR_SETS = { '': 18, [MICROSOFT]: 1 };

/** Names of a program's tensors in the model. */
export const inputName = (name: string): string => `input:${name}`;
export const stateName = (name: string): string => `state:${name}`;
export const outputName = (name: string): string => `output:${name}`;
export const nextName = (name: string): string => `next:${name}`;

/** How a model is written. */
export interface WriteOptions {
  /**
   * Channels in a block of onnxruntime's blocked layout on this machine: writes for its fast CPU kernels. Without it
   * the model has standard operators (and FusedMatMul, FusedConv) only, and runs anywhere.
   */
  readonly block?: number;
}

/** The model as bytes; equal graphs give equal bytes. */
export function writeModel(graph: Graph, options: WriteOptions = {}): Uint8Array {
  return encodeModel(modelOf(graph, options));
}

/** The model. */
export function modelOf(graph: Graph, { block }: WriteOptions = {}): OnnxModel {
  const emit = new Emitter(planOf(graph, block));
  const inputs = [...graph.inputs.map(rename(inputName)), ...graph.state.map(rename(stateName))];
  const outputs = [...graph.outputs.map(rename(outputName)), ...graph.stateUpdates.map(rename(nextName))];
  for (const { name, value } of inputs) emit.define(value, name);
  for (const node of graph.nodes) lower(node, emit);
  const copies = outputs.map(({ name, value }) => ({
    type: 'Identity',
    domain: '',
    inputs: [emit.name(value)],
    outputs: [name],
    attributes: {},
  }));
  return {
    nodes: [...emit.nodes, ...copies],
    initializers: emit.initializers,
    inputs: inputs.map(onnxPort),
    outputs: outputs.map(onnxPort),
    operatorSets: block === undefined ? OPERATOR_SETS : { ...OPERATOR_SETS, [NCHWC]: 1 },
  };
}

function planOf(graph: Graph, block: number | undefined): EmitterPlan {
  const layouts = planLayouts(graph, block);
  const uses = countUses(graph);
  return {
    block,
    layoutOf: (value) => layouts.get(value) ?? 'nhwc',
    usesOf: (value) => uses.get(value) ?? 0,
  };
}

function countUses({ nodes, outputs, stateUpdates }: Graph): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>();
  const ports = [...outputs, ...stateUpdates].map(({ value }) => value);
  for (const value of [...nodes.flatMap(({ inputs }) => inputs), ...ports])
    uses.set(value, (uses.get(value) ?? 0) + 1);
  return uses;
}

function rename(naming: (name: string) => string): (port: Port) => Port {
  return ({ name, value }) => ({ name: naming(name), value });
}

function onnxPort({ name, value }: Port): OnnxPort {
  return { name, type: value.dtype, shape: value.shape };
}
