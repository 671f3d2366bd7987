/**
 * How much memory a run will need, before it starts. The figure is an estimate from the sizes of the
 * activations, good enough to refuse what cannot fit and to name a batch size that does.
 */
import type { Configuration } from '../configuration/schema';

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Node, the engine's library and the loader, before any image; 0.33 GB was measured. */
const BASE_BYTES = 400e6;
const BYTES_PER_FLOAT = 4;
/**
 * Full-size activation maps alive at the peak of one stage-1 step, per channel of the encoder's width: outputs
 * kept for the backward pass, their gradients, and the copies that prepare the weight gradient. Resident memory
 * of 64 x 2 views of 32 x 32 pixels showed 28 (width 16) and 36 (width 64) for small-resnet, 44 (width 16) for
 * resnet18; the figures here leave some room.
 */
const LIVE_MAPS = { 'small-resnet': 40, resnet18: 60 } as const;

/** Estimated peak bytes of a run. */
export function estimateMemory(configuration: Configuration, shape: ImageShape, images: number): number {
  const { stage1, augmentation, loss } = configuration;
  const views = stage1.batchSize * augmentation.views;
  const rows = loss.chunk === 0 ? views : Math.min(loss.chunk, views);
  const similarities = 8 * rows * views * BYTES_PER_FLOAT;
  return BASE_BYTES + dataBytes(shape, images) + views * bytesPerView(configuration, shape) + similarities;
}

/** The largest power-of-two batch size whose estimate fits, at least 2. */
export function fittingBatchSize(configuration: Configuration, shape: ImageShape, available: number): number {
  const room = available - BASE_BYTES;
  const perImage = bytesPerView(configuration, shape) * configuration.augmentation.views;
  let size = 2;
  while (size * 2 < configuration.stage1.batchSize && size * 2 * perImage < room) size *= 2;
  return size;
}

function bytesPerView({ model }: Configuration, shape: ImageShape): number {
  return shape.height * shape.width * model.width * LIVE_MAPS[model.encoder] * BYTES_PER_FLOAT;
}

function dataBytes(shape: ImageShape, images: number): number {
  return images * shape.height * shape.width * shape.channels;
}
