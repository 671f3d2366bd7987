/** Runs programs as plain and as blocked models on onnxruntime. */
import * as ort from 'onnxruntime-node';
import '../../../../src/engine/gradients';
import type { NamedValues, Program, Values } from '../../../../src/engine/engine';
import type { Graph } from '../../../../src/engine/graph/graph';
import { optimise } from '../../../../src/engine/graph/passes/optimise';
import { probeBlockSize } from '../../../../src/engine/onnx/blockSize';
import { NCHWC } from '../../../../src/engine/onnx/nchwc';
import type { OnnxNode } from '../../../../src/engine/onnx/proto';
import { inputName, modelOf, writeModel, type WriteOptions } from '../../../../src/engine/onnx/writeModel';
import { traceProgram } from '../../../../src/engine/trace/trace';
import { randomValues } from '../support';

/** Channels in a block on this machine. */
export async function blockOfThisMachine(): Promise<number> {
  const block = await probeBlockSize(ort);
  if (block === undefined) throw new Error('onnxruntime has no blocked layout on this processor');
  return block;
}

/** The graph of a program without state. */
export function graphOf(program: Program): Graph {
  return optimise(traceProgram(program, {}));
}

/** Outputs of a program without state on random inputs, under their names in the program. */
export async function runProgram(program: Program, options: WriteOptions): Promise<NamedValues> {
  const session = await ort.InferenceSession.create(writeModel(graphOf(program), options), {
    intraOpNumThreads: 2,
    logSeverityLevel: 4,
  });
  const feeds = Object.entries(randomValues(program.inputs, 7))
    .map(([name, values]) => [inputName(name), tensor(program, name, values)] as const)
    .filter(([name]) => session.inputNames.includes(name));
  const results = Object.entries(await session.run(Object.fromEntries(feeds)));
  await session.release();
  return Object.fromEntries(
    results.map(([name, { data }]) => [name.slice('output:'.length), data as Values]),
  );
}

function tensor(program: Program, name: string, values: Values): ort.Tensor {
  const { dtype, shape } = program.inputs[name] ?? { dtype: 'float32', shape: [] };
  return new ort.Tensor(dtype, values, shape);
}

/** The nodes of a program's model, and those of them that work on blocked images. */
export function nodesOf(program: Program, options: WriteOptions): readonly OnnxNode[] {
  return modelOf(graphOf(program), options).nodes;
}

export function isBlockedNode({ domain }: OnnxNode): boolean {
  return domain === NCHWC;
}
