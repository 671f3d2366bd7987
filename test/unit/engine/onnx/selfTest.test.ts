import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { probeBlockSize } from '../../../../src/engine/onnx/blockSize';
import { NCHWC } from '../../../../src/engine/onnx/nchwc';
import { encodeModel, type OnnxNode } from '../../../../src/engine/onnx/proto';
import type { OnnxRuntime } from '../../../../src/engine/onnx/runtime';
import { usableBlock, type SelfTestOptions } from '../../../../src/engine/onnx/selfTest';
import { modelOf } from '../../../../src/engine/onnx/writeModel';

/** A writer that spoils nodes of the blocked model. */
function spoiling(change: (node: OnnxNode) => OnnxNode): NonNullable<SelfTestOptions['write']> {
  return (graph, options) => {
    const model = modelOf(graph, options);
    return encodeModel(
      options.block === undefined ? model : { ...model, nodes: model.nodes.map((node) => change(node)) },
    );
  };
}

async function logged(options: SelfTestOptions, runtime: OnnxRuntime = ort): Promise<[unknown, string[]]> {
  const lines: string[] = [];
  const block = await usableBlock(runtime, { ...options, log: (line) => lines.push(line) });
  return [block, lines];
}

describe('usableBlock', () => {
  it('is the block of this machine, without a word', async () => {
    expect(await logged({})).toEqual([await probeBlockSize(ort), []]);
  });

  it('is none, with a line that names what is off, where the blocked model computes something else', async () => {
    const write = spoiling((node) =>
      node.domain === NCHWC && node.attributes['activation'] === 'Relu'
        ? { ...node, attributes: { ...node.attributes, activation: 'Tanh' } }
        : node,
    );
    const [block, lines] = await logged({ write });
    expect(block).toBe(undefined);
    expect(lines).toEqual([
      expect.stringMatching(/failed its self-test \(\S+ is off by .*plain one, which is slower/),
    ]);
  });

  it('is none, with a line, where the blocked model is refused', async () => {
    const write = spoiling((node) => (node.domain === NCHWC ? { ...node, type: 'Missing' } : node));
    const [block, lines] = await logged({ write });
    expect(block).toBe(undefined);
    expect(lines).toEqual([expect.stringContaining('failed its self-test')]);
  });

  it('is none, with a line, where there are no blocked operators', async () => {
    const create = (): Promise<never> => Promise.reject(new Error('not registered'));
    const runtime = { ...ort, InferenceSession: { create } } as unknown as OnnxRuntime;
    expect(await logged({}, runtime)).toEqual([undefined, [expect.stringContaining('no blocked layout')]]);
  });
});
