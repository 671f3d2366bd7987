/**
 * What a model costs: the values that training changes, and the multiply-adds of one view's forward pass. Both are
 * exact sums over the layers of its architecture; as is usual, normalisation, activations and sums are left out.
 */
import type { Configuration } from '../configuration/schema';
import { modelArchitecture } from '../model/architecture';
import type { EncoderArchitecture, ResidualEncoder } from '../model/encoder';
import { encoderParameters } from '../model/encoder';
import type { HeadArchitecture } from '../model/head';
import { headParameters } from '../model/head';
import type { ConvolutionLayer, DenseLayer, ImageShape } from '../model/layers';
import { trainableValues } from '../model/parameters';

export interface Cost {
  /** Values that training changes. */
  readonly parameters: number;
  /** Multiply-adds of the forward pass of one view. */
  readonly multiplyAdds: number;
}

export interface ModelCost {
  readonly encoder: Cost;
  readonly head: Cost;
}

/** What a configuration's encoder and head cost for images of a shape; `classes` counts for a classifier alone. */
export function modelCost(configuration: Configuration, image: ImageShape, classes: number): ModelCost {
  const { encoder, head } = modelArchitecture(configuration, image, classes);
  return { encoder: encoderCost(encoder, image), head: headCost(head) };
}

/** What an encoder costs for images of a shape. */
export function encoderCost(encoder: EncoderArchitecture, image: ImageShape): Cost {
  const multiplyAdds = encoderMultiplyAdds(encoder, image);
  return { parameters: trainableValues(encoderParameters(encoder)), multiplyAdds };
}

/** Not a number for an encoder of the user's own. */
function encoderMultiplyAdds(encoder: EncoderArchitecture, image: ImageShape): number {
  switch (encoder.kind) {
    case 'own':
      return Number.NaN;
    case 'perceptron':
      return sum(encoder.layers, denseMultiplyAdds);
    case 'residual':
      return sum(
        convolutionMaps(encoder, image),
        ({ layer, pixels }) => pixels * multiplyAddsPerPixel(layer),
      );
  }
}

/** What a head costs. */
export function headCost(head: HeadArchitecture): Cost {
  return {
    parameters: trainableValues(headParameters(head)),
    multiplyAdds: sum(head.layers, denseMultiplyAdds),
  };
}

/** A convolution and the size of what it makes. */
export interface ConvolutionMap {
  readonly layer: ConvolutionLayer;
  /** Height times width of its output. */
  readonly pixels: number;
}

/** Every convolution of a residual encoder with the size of its output for one image. */
export function convolutionMaps(
  { stem, hasPooling, blocks }: ResidualEncoder,
  image: ImageShape,
): ConvolutionMap[] {
  const afterStem = strided([image.height, image.width], stem.stride);
  const maps = [{ layer: stem, pixels: area(afterStem) }];
  let size = strided(afterStem, hasPooling ? 2 : 1);
  for (const { path, shortcut } of blocks) {
    for (const layer of path) {
      size = strided(size, layer.stride);
      maps.push({ layer, pixels: area(size) });
    }
    if (shortcut !== undefined) maps.push({ layer: shortcut, pixels: area(size) });
  }
  return maps;
}

type Size = readonly [height: number, width: number];

/** Either padding gives every second position, the first among them. */
function strided([height, width]: Size, stride: 1 | 2): Size {
  return [Math.ceil(height / stride), Math.ceil(width / stride)];
}

function area([height, width]: Size): number {
  return height * width;
}

function multiplyAddsPerPixel({ size, inputs, outputs }: ConvolutionLayer): number {
  return size * size * inputs * outputs;
}

function denseMultiplyAdds({ inputs, outputs }: DenseLayer): number {
  return inputs * outputs;
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}
