/**
 * How much memory a run will need, before it starts. The figure is an estimate from the sizes of the
 * activations and the weights, good enough to refuse what cannot fit and to name a batch size that does.
 */
import type { Configuration } from '../configuration/schema';
import { modelArchitecture } from '../model/architecture';
import type { EncoderArchitecture, OwnEncoder } from '../model/encoder';
import type { ImageShape } from '../model/layers';
import { convolutionMaps, encoderCost, headCost } from './operations';

/** Node, the engine's library and the loader, before any image; 0.33 GB was measured. */
const BASE_BYTES = 400e6;
const BYTES_PER_FLOAT = 4;
/**
 * Copies of a layer's outputs that are alive at the peak of one stage-1 step: the outputs and what is kept of them
 * for the backward pass, their gradients, and the copies that prepare the weight gradient. Resident memory of 64 x 2
 * views of 32 x 32 pixels showed 5.4 (width 16) and 6.9 (width 64) for small-resnet and 4.8 (width 16) for resnet18;
 * 32 x 2 views showed 3.9 for resnet50 of width 16, and 8 x 2 views 5.1 at width 64.
 */
const LIVE_COPIES = { basic: 7, bottleneck: 5.5, perceptron: 7 } as const;
/**
 * Copies of the weights at the peak: values, momentum and gradients, what they become, and their rearrangements for
 * the backward pass; what resnet18 and resnet50 of width 64 showed at batches of a few images.
 */
const WEIGHT_COPIES = 11;
/** Only the number of classes of a classifier is not known here, and it hardly counts. */
const CLASSES = 10;

/** Estimated peak bytes of a run. */
export function estimateMemory(configuration: Configuration, shape: ImageShape, images: number): number {
  const { stage1, augmentation, loss } = configuration;
  const views = stage1.batchSize * augmentation.views;
  const rows = loss.chunk === 0 ? views : Math.min(loss.chunk, views);
  const similarities = 8 * rows * views * BYTES_PER_FLOAT;
  return fixedBytes(configuration, shape, images) + views * bytesPerView(configuration, shape) + similarities;
}

/** The largest power-of-two batch size whose estimate fits, at least 2. */
export function fittingBatchSize(configuration: Configuration, shape: ImageShape, available: number): number {
  const room = available - fixedBytes(configuration, shape, 0);
  const perImage = bytesPerView(configuration, shape) * configuration.augmentation.views;
  let size = 2;
  while (size * 2 < configuration.stage1.batchSize && size * 2 * perImage < room) size *= 2;
  return size;
}

function fixedBytes(configuration: Configuration, shape: ImageShape, images: number): number {
  const { encoder, head } = modelArchitecture(configuration, shape, CLASSES);
  const weights = encoderCost(encoder, shape).parameters + headCost(head).parameters;
  return BASE_BYTES + dataBytes(shape, images) + WEIGHT_COPIES * weights * BYTES_PER_FLOAT;
}

function bytesPerView(configuration: Configuration, shape: ImageShape): number {
  const { encoder } = modelArchitecture(configuration, shape, CLASSES);
  // An encoder of the user's own is not known before its module is loaded: the estimate leaves it out.
  if (encoder.kind === 'own') return 0;
  const kind = encoder.kind === 'perceptron' ? encoder.kind : encoder.block;
  return LIVE_COPIES[kind] * outputsPerView(encoder, shape) * BYTES_PER_FLOAT;
}

/** Values that the layers of an encoder put out for one view. */
function outputsPerView(encoder: Exclude<EncoderArchitecture, OwnEncoder>, shape: ImageShape): number {
  const counts =
    encoder.kind === 'perceptron'
      ? encoder.layers.map(({ outputs }) => outputs)
      : convolutionMaps(encoder, shape).map(({ layer, pixels }) => layer.outputs * pixels);
  return counts.reduce((sum, count) => sum + count, 0);
}

function dataBytes(shape: ImageShape, images: number): number {
  return images * shape.height * shape.width * shape.channels;
}
