/** Runs a graph on onnxruntime, so that passes can be compared. */
import * as ort from 'onnxruntime-node';
import type { NamedValues, Values } from '../../../src/engine/engine';
import type { Graph, Port } from '../../../src/engine/graph/graph';
import { inputName, stateName, writeModel } from '../../../src/engine/onnx/writeModel';

/** Outputs and state updates under their names in the model. */
export async function runGraph(
  graph: Graph,
  values: { readonly inputs: NamedValues; readonly state: NamedValues },
): Promise<NamedValues> {
  const session = await ort.InferenceSession.create(writeModel(graph), { intraOpNumThreads: 1 });
  const feed = (naming: (name: string) => string, given: NamedValues) => (port: Port) =>
    [
      naming(port.name),
      new ort.Tensor(port.value.dtype as 'float32', given[port.name] as Float32Array, port.value.shape),
    ] as const;
  const feeds = [
    ...graph.inputs.map(feed(inputName, values.inputs)),
    ...graph.state.map(feed(stateName, values.state)),
  ];
  const results = await session.run(
    Object.fromEntries(feeds.filter(([name]) => session.inputNames.includes(name))),
  );
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, tensor.data as Values]));
}
