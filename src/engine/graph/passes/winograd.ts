/**
 * Convolutions 3x3 of stride 1 with fewer multiplications: Winograd's F(4x4, 3x3), 36 products for 16 outputs where
 * the direct form has 144 (Lavin and Gray, arXiv 1509.09308). The products are 36 matrix products over the channels.
 *
 * The three convolutions of a layer share what they can. The input's gradient is the transpose of the forward pass,
 * dx = B ((A dy) U^T), and not, as usual, a convolution with the turned filter: so it has the forward pass's U, and
 * the A dy of the filter's gradient dw = G^T ((B^T x)^T (A dy)), which has the forward pass's B^T x. That is
 * 2.25 times the size of x and stays from the forward pass to the gradient, beside x.
 *
 * Equal up to rounding. Against the direct form in float32, the relative norm of the difference is 1e-6 to 3e-6 for
 * outputs and both gradients, at 64 to 512 channels and normally distributed values.
 */
import { sameShape, type Graph, type GraphNode, type Value } from '../graph';
import type { Window } from '../ops';
import { rebuild } from '../rebuild';
import { INPUT_TILE, OUTPUT_TILE, OUTPUTS, tilesOf } from './winograd/matrices';
import { Transforms } from './winograd/transforms';

/**
 * Harmonic mean of input and output channels from which it is worth it, for images of at most `SMALL` pixels and for
 * larger ones. Products save time with the product of the two, transforms cost time with their sum; larger images
 * have larger transforms, which leave the cache. Time of the direct form over that of this one, forward and both
 * gradients, TensorFlow 2.21 on two cores with AVX-512, N = 128 or 256:
 * 4x4: 1.3 at 64 channels, 1.9 at 256, 2.2 at 512; 8x8: 1.2 at 64, 1.6 at 128, 2.1 at 256;
 * 16x16: 1.0 at 64, 1.5 at 128; 32x32: 0.5 at 32, 0.9 at 64.
 */
const CHANNELS = { small: 64, large: 128 } as const;
const SMALL = 64;

/** The graph with those convolutions, and their gradients, as products of tiles where that is faster. */
export function useWinograd(graph: Graph): Graph {
  let transforms: Transforms | undefined;
  return rebuild(graph, (node, builder) => {
    if (!isConvolution(node) || !isWorthIt(node)) return undefined;
    transforms ??= new Transforms(builder);
    return [inTiles(node, transforms)];
  });
}

type Convolution = GraphNode<'Conv2D' | 'Conv2DInputGrad' | 'Conv2DFilterGrad'>;

function isConvolution(node: GraphNode): node is Convolution {
  return node.op === 'Conv2D' || node.op === 'Conv2DInputGrad' || node.op === 'Conv2DFilterGrad';
}

/** A layer's three convolutions have the same answer, because its shapes are all that counts. */
function isWorthIt(node: Convolution): boolean {
  const { image, filter } = shapesOf(node);
  if (node.outputs[0].dtype !== 'float32' || !isFitting(filter, node.attributes)) return false;
  const [, height, width] = image;
  const [, , inputs, outputs] = filter;
  const channels = (2 * inputs * outputs) / (inputs + outputs);
  const used = (height * width) / (tilesOf(height) * tilesOf(width) * OUTPUTS ** 2);
  return channels * used >= (height * width <= SMALL ? CHANNELS.small : CHANNELS.large);
}

function isFitting(filter: readonly number[], { strides, pads }: Window): boolean {
  return (
    sameShape(filter.slice(0, 2), [3, 3]) && sameShape(strides, [1, 1]) && pads.every((count) => count === 1)
  );
}

/** Shapes of the layer's input [N, H, W, C] and of its filter [3, 3, C, K]. */
function shapesOf(node: Convolution): { image: readonly number[]; filter: readonly number[] } {
  const [first, second] = node.inputs;
  switch (node.op) {
    case 'Conv2D':
      return { image: first.shape, filter: second.shape };
    case 'Conv2DInputGrad':
      return { image: node.attributes.inputShape, filter: second.shape };
    case 'Conv2DFilterGrad':
      return { image: first.shape, filter: node.attributes.filterShape };
  }
}

function inTiles(node: Convolution, transforms: Transforms): Value {
  const [first, second] = node.inputs;
  const [{ shape }] = node.outputs;
  switch (node.op) {
    case 'Conv2D': {
      const products = transforms.product(
        transforms.toTiles(first, INPUT_TILE),
        transforms.toProducts(second),
      );
      return transforms.fromTiles(products, OUTPUT_TILE, shape);
    }
    case 'Conv2DInputGrad': {
      const [tiles, filter] = [transforms.toTiles(first, OUTPUT_TILE), transforms.toProducts(second)];
      return transforms.fromTiles(transforms.product(tiles, filter, { transposeB: true }), INPUT_TILE, shape);
    }
    case 'Conv2DFilterGrad': {
      const [tiles, gradients] = [
        transforms.toTiles(first, INPUT_TILE),
        transforms.toTiles(second, OUTPUT_TILE),
      ];
      return transforms.fromProducts(transforms.product(tiles, gradients, { transposeA: true }), shape);
    }
  }
}
