/** What passes between the loader and its worker threads. Pixels travel in shared memory, never in messages. */
import type { FeatureViewOptions } from './featureViews';
import type { ImageSize, Normalisation } from './image';
import type { MixOptions } from './mix';
import type { AugmentationOptions } from './viewPlan';

/** Everything that a worker needs for the whole run; given to it when it starts. */
export type WorkerSetup = BatchSetup & (ImageSource | FeatureSource);

/** Images, and which views of them are drawn. */
export interface ImageSource {
  readonly images: Uint8Array<SharedArrayBuffer>;
  readonly augmentation: AugmentationOptions;
  /** A module of the user's own that the worker loads: its copy, and where the user keeps it. */
  readonly ownViews?: { readonly path: string; readonly source: string };
}

/** Feature vectors, and which views of them are drawn. */
export interface FeatureSource {
  readonly features: Float32Array<SharedArrayBuffer>;
  readonly featureViews: FeatureViewOptions;
}

/** What batches of images and of features have in common. */
export interface BatchSetup {
  readonly size: ImageSize;
  readonly mix: MixOptions | null;
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
  /** Written by a worker that mixes; null where nothing is mixed. */
  readonly mix: SharedMixRecord | null;
}

/** What was mixed with what, [views * batchSize]. */
export interface SharedMixRecord {
  readonly partners: Int32Array<SharedArrayBuffer>;
  readonly ownShare: Float32Array<SharedArrayBuffer>;
}

/** From loader to worker: fill this slot. */
export interface FillRequest {
  readonly slot: number;
  /** Key of the views: the epoch, or the batch where an epoch may show a sample twice. */
  readonly epoch: number;
  /** Which batch of its epoch it is, from 0. */
  readonly batch: number;
}

/** From worker to loader: it has loaded everything, a slot is full, or a sentence for people ends its work. */
export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'filled'; readonly slot: number }
  | { readonly type: 'refused'; readonly sentence: string };
