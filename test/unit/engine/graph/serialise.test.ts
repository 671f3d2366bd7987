/** Graphs survive a file as they were; whatever else a file holds is refused in a sentence. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import '../../../../src/engine/gradients';
import { HumanError } from '../../../../src/domain/errors';
import { GraphBuilder } from '../../../../src/engine/graph/builder';
import type { Graph } from '../../../../src/engine/graph/graph';
import { optimise } from '../../../../src/engine/graph/passes/optimise';
import { reducePrecision } from '../../../../src/engine/graph/passes/precision';
import { parseGraph, serialiseGraph } from '../../../../src/engine/graph/serialise';
import { traceProgram } from '../../../../src/engine/trace/trace';
import { residualModule } from '../residualStep';

const module = residualModule({ views: 6, size: 8, width: 4, embedding: 4 });
const graphOf = (program: keyof typeof module.programs): Graph =>
  optimise(traceProgram(module.programs[program], module.state));

/** A graph with every kind of constant and of number that JSON cannot hold. */
function oddities(): Graph {
  const build = new GraphBuilder();
  const x = build.input('x', { shape: [5], dtype: 'float32' });
  const constants = [
    build.constant(Float32Array.of(NaN, Infinity, -Infinity, -0, 1e-45), [5], 'float32'),
    build.constant(Int32Array.of(1, -2, 2 ** 31 - 1, 0, 5), [5], 'int32'),
    build.constant(Uint8Array.of(1, 0, 1, 1, 0), [5], 'bool'),
    build.constant(-0, [], 'float32'),
    build.constant(-Infinity, [], 'float32'),
    build.constant(NaN, [], 'float32'),
    build.add('Clip', [x], { min: -Infinity, max: 6 }),
  ];
  return build.finish(
    constants.map((value, index) => ({ name: `output ${index}`, value })),
    [],
  );
}

/** Mark, length of the header, hash of what follows. */
const PREFIX_BYTES = 8 + 4 + 32;

/** The bytes of a graph after a change of its header, with the hash put right. */
function withHeader(graph: Graph, change: (header: StoredHeader) => unknown): Uint8Array {
  const bytes = Buffer.from(serialiseGraph(graph));
  const end = PREFIX_BYTES + bytes.readUInt32LE(8);
  const header = JSON.parse(bytes.toString('utf8', PREFIX_BYTES, end)) as StoredHeader;
  const body = Buffer.from(JSON.stringify(change(header)));
  const prefix = Buffer.from(bytes.subarray(0, 12));
  prefix.writeUInt32LE(body.length, 8);
  return Buffer.concat([prefix, createHash('sha256').update(body).digest(), body]);
}

interface StoredHeader {
  formatVersion: number;
  nodes: { op: string; inputs: number[]; outputs: number[]; attributes: Record<string, unknown> }[];
  stateUpdates: { name: string; id: number }[];
}

describe('a stored graph', () => {
  it.each(['train', 'encode', 'gradients'] as const)('is read back as it was: %s', (program) => {
    const graph = graphOf(program);
    expect(parseGraph(serialiseGraph(graph), 'here')).toEqual(graph);
  });

  it('may hold half types', () => {
    const graph = reducePrecision(graphOf('train'), 'bfloat16');
    expect(parseGraph(serialiseGraph(graph), 'here')).toEqual(graph);
  });

  it('keeps numbers that JSON has not', () => {
    const graph = oddities();
    const read = parseGraph(serialiseGraph(graph), 'here');
    expect(read).toEqual(graph);
    const values = read.nodes.flatMap((node) => (node.op === 'Constant' ? [node.attributes.values] : []));
    expect(values[0]).toEqual(Float32Array.of(NaN, Infinity, -Infinity, -0, 1e-45));
    expect(Object.is(values[3], -0)).toBe(true);
  });

  it('is the same bytes each time', () => {
    expect(serialiseGraph(graphOf('train'))).toEqual(serialiseGraph(graphOf('train')));
  });
});

describe('a file that is no graph', () => {
  const bytes = serialiseGraph(oddities());
  const refusal = (file: Uint8Array): unknown => {
    try {
      parseGraph(file, 'x.graph');
      return undefined;
    } catch (thrown) {
      return thrown;
    }
  };

  it('is refused wherever it is cut off', () => {
    for (let length = 0; length < bytes.length; length += 7) {
      const thrown = refusal(bytes.subarray(0, length));
      expect(thrown, `${length} bytes`).toBeInstanceOf(HumanError);
      expect((thrown as Error).message).toMatch(
        /^x\.graph is not a graph \(.+\): delete it or write it again\.$/,
      );
    }
  });

  it('is refused where one bit is not as it was written', () => {
    for (let offset = 0; offset < bytes.length; offset += 5) {
      const flipped = Uint8Array.from(bytes);
      flipped[offset] ^= 1;
      expect(refusal(flipped), `byte ${offset}`).toBeInstanceOf(HumanError);
    }
  });

  it('is refused by name where a newer version wrote it', () => {
    const newer = withHeader(graphOf('encode'), (header) => ({ ...header, formatVersion: 2 }));
    expect(() => parseGraph(newer, 'x.graph')).toThrow('newer SupCon Lab (format 2)');
  });

  const spoil = (change: (node: StoredHeader['nodes'][number]) => void, op: string) =>
    withHeader(graphOf('train'), (header) => {
      const node = header.nodes.find((each) => each.op === op);
      if (node === undefined) throw new Error(`The step has no ${op}`);
      change(node);
      return header;
    });

  it.each<[string, string, (node: StoredHeader['nodes'][number]) => void]>([
    ['an unknown operation', 'Unary', (node) => (node.op = 'Format')],
    ['a name of every object', 'Unary', (node) => (node.op = 'toString')],
    ['an unknown function', 'Unary', (node) => (node.attributes['fn'] = 'eval')],
    ['an unknown attribute', 'Unary', (node) => (node.attributes['more'] = 1)],
    ['a missing attribute', 'Conv2D', (node) => delete node.attributes['pads']],
    ['a shape below zero', 'Reshape', (node) => (node.attributes['shape'] = [-1])],
    ['too few inputs', 'Conv2D', (node) => node.inputs.pop()],
    ['an input from nowhere', 'Conv2D', (node) => (node.inputs[0] = 99_999)],
    ['an input of a later node', 'Conv2D', (node) => (node.inputs[0] = node.outputs[0])],
    ['shapes that do not fit', 'MatMul', (node) => node.inputs.reverse()],
    ['an axis that is not there', 'Reduce', (node) => (node.attributes['axes'] = [9])],
    ['an output too many', 'Conv2D', (node) => node.outputs.push(100_000)],
    ['a value made twice', 'Conv2D', (node) => (node.outputs[0] = node.inputs[0])],
    ['text for a list', 'Conv2D', (node) => (node.inputs = 'x' as unknown as number[])],
  ])('is refused for %s', (_what, op, change) => {
    expect(refusal(spoil(change, op))).toBeInstanceOf(HumanError);
  });

  it('is refused where an update is not of a state tensor', () => {
    const renamed = withHeader(graphOf('train'), (header) => {
      header.stateUpdates[0].name = 'nobody';
      return header;
    });
    expect(refusal(renamed)).toBeInstanceOf(HumanError);
  });

  it('is refused where it is JSON of something else', () => {
    for (const value of [null, 3, [], {}, { formatVersion: 1 }]) {
      expect(refusal(withHeader(graphOf('encode'), () => value))).toBeInstanceOf(HumanError);
    }
  });
});
