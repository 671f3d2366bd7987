/**
 * A graph as the bytes of an ONNX model. State tensors are inputs under `state:<name>`, and their updates outputs
 * under `next:<name>`, so that the caller can hand the outputs of one step to the next.
 */
import type { Graph, Port } from '../graph/graph';
import { Emitter, MICROSOFT } from './emitter';
import { planLayouts } from './layout';
import { lower } from './lowerings/table';
import { encodeModel, type OnnxPort } from './proto';

/** Operator sets: ONNX 18 passes the axes of all reductions as inputs. */
const OPERATOR_SETS = { '': 18, [MICROSOFT]: 1 };

/** Names of a program's tensors in the model. */
export const inputName = (name: string): string => `input:${name}`;
export const stateName = (name: string): string => `state:${name}`;
export const outputName = (name: string): string => `output:${name}`;
export const nextName = (name: string): string => `next:${name}`;

/** The model; equal graphs give equal bytes. */
export function writeModel(graph: Graph): Uint8Array {
  const emit = new Emitter(planLayouts(graph));
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
  return encodeModel({
    nodes: [...emit.nodes, ...copies],
    initializers: emit.initializers,
    inputs: inputs.map(onnxPort),
    outputs: outputs.map(onnxPort),
    operatorSets: OPERATOR_SETS,
  });
}

function rename(naming: (name: string) => string): (port: Port) => Port {
  return ({ name, value }) => ({ name: naming(name), value });
}

function onnxPort({ name, value }: Port): OnnxPort {
  return { name, type: value.dtype, shape: value.shape };
}
