/** Convolutions as products of tiles compute the same, share their transforms, and are left alone where they lose. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../../src/engine/graph/builder';
import type { Graph, GraphNode, Port } from '../../../../../src/engine/graph/graph';
import type { OpName, Window } from '../../../../../src/engine/graph/ops';
import { eliminateCommonSubexpressions as renumbered } from '../../../../../src/engine/graph/passes/commonSubexpressions';
import { useWinograd } from '../../../../../src/engine/graph/passes/winograd';
import { runGraph } from '../../graphRunner';
import { randomValues, relativeError } from '../../support';

/** Relative norm of the error: the rounding of float32 through three products, far below that of a wrong number. */
const TOLERANCE = 1e-5;

interface Layer {
  /** N, H, W, C. */
  readonly image: readonly [number, number, number, number];
  readonly filters: number;
  readonly size?: number;
  readonly window?: Window;
}

const SAME: Window = { strides: [1, 1], pads: [1, 1, 1, 1] };

/** A layer's output y and its two gradients, dx and dw, over x, dy and the filter w. */
function layerGraph({ image, filters, size = 3, window = SAME }: Layer): Graph {
  const build = new GraphBuilder();
  const filterShape = [size, size, image[3], filters];
  const x = build.input('x', { shape: image, dtype: 'float32' });
  const w = build.state('w', { shape: filterShape, dtype: 'float32' });
  const y = build.add('Conv2D', [x, w], window);
  const dy = build.input('dy', y);
  const dx = build.add('Conv2DInputGrad', [dy, w], { ...window, inputShape: image });
  const dw = build.add('Conv2DFilterGrad', [x, dy], { ...window, filterShape });
  return build.finish(
    Object.entries({ y, dx, dw }).map(([name, value]) => ({ name, value })),
    [],
  );
}

const specsOf = (ports: readonly Port[]) =>
  Object.fromEntries(
    ports.map(({ name, value: { shape } }) => [name, { shape, dtype: 'float32' as const }] as const),
  );

const nodesOf = ({ nodes }: Graph, op: OpName): readonly GraphNode[] =>
  nodes.filter((node) => node.op === op);

const convolutions = ({ nodes }: Graph): number => nodes.filter(({ op }) => op.startsWith('Conv2D')).length;

describe('useWinograd', () => {
  it.each<[string, Layer]>([
    ['one tile', { image: [2, 4, 4, 64], filters: 64 }],
    ['tiles that overlap', { image: [2, 8, 8, 64], filters: 64 }],
    ['more outputs than inputs', { image: [1, 8, 8, 48], filters: 96 }],
    ['height and width that differ', { image: [2, 4, 8, 64], filters: 64 }],
    ['an image that ends within a tile', { image: [2, 7, 6, 112], filters: 112 }],
  ])('computes a layer and its gradients: %s', async (_what, layer) => {
    const graph = layerGraph(layer);
    const tiled = useWinograd(graph);
    expect(convolutions(tiled)).toBe(0);
    const values = {
      inputs: randomValues(specsOf(graph.inputs), 1),
      state: randomValues(specsOf(graph.state), 2),
    };
    const [expected, actual] = [await runGraph(graph, values), await runGraph(tiled, values)];
    for (const name of ['y', 'dx', 'dw'].map((output) => `output:${output}`)) {
      expect(relativeError(actual[name], expected[name]), name).toBeLessThan(TOLERANCE);
    }
  });

  it.each<[string, Layer]>([
    ['few channels', { image: [8, 8, 8, 32], filters: 32 }],
    ['few channels on one side', { image: [8, 16, 16, 3], filters: 512 }],
    ['a large image and not enough channels', { image: [8, 16, 16, 64], filters: 64 }],
    ['tiles that are mostly empty', { image: [8, 5, 5, 128], filters: 128 }],
    ['a filter of one tap', { image: [8, 8, 8, 256], filters: 256, size: 1 }],
    ['strides', { image: [8, 8, 8, 256], filters: 256, window: { strides: [2, 2], pads: [0, 0, 1, 1] } }],
    ['no padding', { image: [8, 8, 8, 256], filters: 256, window: { strides: [1, 1], pads: [0, 0, 0, 0] } }],
  ])('leaves a layer as it is with %s', (_what, layer) => {
    const graph = layerGraph(layer);
    expect(useWinograd(graph)).toEqual(renumbered(graph));
  });

  it.each([8, 28])('transforms input, filter and gradient of a layer once, images of %i', (size) => {
    const tiled = useWinograd(layerGraph({ image: [1, size, size, 128], filters: 128 }));
    const batched = nodesOf(tiled, 'MatMul').filter(({ outputs: [{ shape }] }) => shape[0] === 36);
    // The three products of tiles, and one transform of the filter.
    expect(batched).toHaveLength(4);
    const images = nodesOf(tiled, 'Transpose').filter(({ inputs: [{ shape }] }) => shape[3] === 128);
    // x and dy on their way in, y and dx on their way out.
    expect(images).toHaveLength(4);
    // Two matrices for axes, one for filters.
    expect(nodesOf(tiled, 'Constant')).toHaveLength(3);
  });

  it('leaves half types to the direct form', () => {
    const build = new GraphBuilder();
    const x = build.input('x', { shape: [8, 8, 8, 128], dtype: 'float32' });
    const w = build.state('w', { shape: [3, 3, 128, 128], dtype: 'float32' });
    const halves = [x, w].map((value) => build.add('Cast', [value], { dtype: 'bfloat16' }));
    const y = build.add('Cast', [build.add('Conv2D', halves, SAME)], { dtype: 'float32' });
    const graph = build.finish([{ name: 'y', value: y }], []);
    expect(useWinograd(graph)).toEqual(renumbered(graph));
  });
});
