/** A graph as an ONNX model that runs on the device, under the names of `onnx/writeModel`. */
import type { Graph } from '../graph/graph';
import { encodeModel, type OnnxNode } from '../onnx/proto';
import { modelOf } from '../onnx/writeModel';
import { toWebgpuOperators } from './operators';
import { separateTransposes } from './products';

/** The standard operators alone. */
export const OPERATOR_SETS = { '': 18 };

/** A model, with what the provider must be told of it. */
export interface WebgpuModel {
  readonly bytes: Uint8Array;
  /** Names of nodes that the provider takes but cannot run. */
  readonly cpuNodes: readonly string[];
}

/** The model; equal graphs give equal bytes. */
export function writeWebgpuModel(graph: Graph): WebgpuModel {
  const model = modelOf(separateTransposes(graph));
  const nodes = toWebgpuOperators(model.nodes);
  return {
    bytes: encodeModel({ ...model, nodes, operatorSets: OPERATOR_SETS }),
    cpuNodes: nodes.filter(givesIndices).map(({ outputs }) => outputs[0]),
  };
}

/** The gradient of max pooling asks where each maximum was. A node is named after its first output. */
function givesIndices({ type, outputs }: OnnxNode): boolean {
  return type === 'MaxPool' && outputs.length > 1;
}
