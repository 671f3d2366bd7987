/** What becomes of a graph's fixed batch, names and constants in a model for others. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../src/engine/graph/builder';
import type { Graph, Value } from '../../../../src/engine/graph/graph';
import { loadOnnxRuntime } from '../../../../src/engine/onnx/runtime';
import { ANY_BATCH, writeStandaloneModel } from '../../../../src/engine/onnx/standalone';

/** A graph over x [batch, 2, 2, 1]; the result is output `y`. */
function graphOf(make: (x: Value, build: GraphBuilder) => Value): Graph {
  const build = new GraphBuilder();
  const x = build.input('x', { shape: [ANY_BATCH, 2, 2, 1], dtype: 'float32' });
  return build.finish([{ name: 'y', value: make(x, build) }], []);
}

async function run(graph: Graph, rows: number): Promise<{ data: number[]; dims: readonly number[] }> {
  const runtime = await loadOnnxRuntime();
  const session = await runtime.InferenceSession.create(writeStandaloneModel(graph, {}));
  const x = Float32Array.from({ length: 4 * rows }, (_, i) => i);
  const { y } = await session.run({ x: new runtime.Tensor('float32', x, [rows, 2, 2, 1]) });
  await session.release();
  return { data: Array.from(y.data as Float32Array), dims: y.dims };
}

describe('a model for others', () => {
  const flattened = graphOf((x, build) => {
    const rows = build.add('Reshape', [x], { shape: [ANY_BATCH, 4] });
    const weights = build.constant(Float32Array.of(1, 0, 0, 1, 1, 1, 0, 2), [4, 2], 'float32');
    return build.add('MatMul', [rows, weights], { transposeA: false, transposeB: false });
  });

  it('takes a batch of any size under the names of the graph', async () => {
    // Row r is 4r .. 4r + 3: the products are 4r + (4r + 2) and (4r + 1) + (4r + 2) + 2 (4r + 3).
    expect(await run(flattened, 1)).toEqual({ data: [2, 9], dims: [1, 2] });
    expect(await run(flattened, 2)).toEqual({ data: [2, 9, 10, 25], dims: [2, 2] });
  });

  it('has constants as its operators take them', () => {
    const convolved = graphOf((x, build) => {
      const kernel = build.constant(Float32Array.of(1, 2, 3), [1, 1, 1, 3], 'float32');
      return build.add('Conv2D', [x, kernel], { strides: [1, 1], pads: [0, 0, 0, 0] });
    });
    const text = Buffer.from(writeStandaloneModel(convolved, { about: 'this' })).toString('latin1');
    // One for the result, which is NHWC again; none for the kernel.
    expect(text.match(/Transpose/g)).toHaveLength(1);
    expect(text).toContain('about');
  });

  it('is refused where the size of the batch is part of what is computed', () => {
    const fixed = graphOf((x, build) => build.add('Reshape', [x], { shape: [4, ANY_BATCH] }));
    expect(() => writeStandaloneModel(fixed, {})).toThrow(/depends on the size of the batch/);
  });
});
