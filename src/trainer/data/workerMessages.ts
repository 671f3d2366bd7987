/** What passes between the loader and its worker threads. Pixels travel in shared memory, never in messages. */
import type { AugmentationOptions } from './augmentation';
import type { ImageSize, Normalisation } from './image';

/** Everything that a worker needs for the whole run; given to it when it starts. */
export interface WorkerSetup {
  readonly size: ImageSize;
  readonly images: Uint8Array<SharedArrayBuffer>;
  readonly augmentation: AugmentationOptions;
  readonly statistics: Normalisation;
  readonly seed: number;
  readonly batchSize: number;
  readonly views: number;
  /** Memory of the batches in the making. */
  readonly slots: readonly Slot[];
}

/** Memory of one batch. */
export interface Slot {
  /** Sample indices, written by the loader, [batchSize]. */
  readonly samples: Int32Array<SharedArrayBuffer>;
  /** Normalised views, written by a worker, [views * batchSize, height, width, channels], view-major. */
  readonly views: Float32Array<SharedArrayBuffer>;
}

/** From loader to worker: fill this slot. */
export interface FillRequest {
  readonly slot: number;
  /** Key of the views: the epoch, or the batch where an epoch may show a sample twice. */
  readonly epoch: number;
}

/** From worker to loader: it has loaded everything, or a slot is full. */
export type WorkerReply = { readonly type: 'ready' } | { readonly type: 'filled'; readonly slot: number };
