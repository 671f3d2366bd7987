/**
 * Augmented batches, made ahead in worker threads. A ring of slots in shared memory holds the batches of the
 * next steps; any step can be asked for, and its batch depends on seed and step alone, not on how many
 * workers there are or which steps were asked for before.
 */
import { overlapWeights, type Overlap } from '../../domain/losses/labelWeights';
import { holdsFeatures, imageBytes, type SampleSet } from '../../formats/datasets/imageSet';
import type { FeatureViewOptions } from './featureViews';
import type { Normalisation } from './image';
import type { MixOptions, MixRecord } from './mix';
import { createBatchOrder, type BatchOrder, type SamplingSetting } from './order';
import type { AugmentationOptions } from './viewPlan';
import type { FeatureSource, ImageSource, SharedMixRecord, Slot, WorkerSetup } from './workerMessages';
import { startWorkerPool, type WorkerPool } from './workerPool';

/** One training batch; its arrays are overwritten by the next call of `next`. */
export interface Batch {
  /** Normalised views [views * batchSize, height, width, channels], view-major: row v * batchSize + i. */
  readonly views: Float32Array;
  /** Labels of the rows of `views`, [views * batchSize]. */
  readonly labels: Int32Array;
  /** Sample indices, [batchSize]. */
  readonly samples: Int32Array;
  /** Where views are mixed: the label of what each row was mixed with, [views * batchSize]. */
  readonly partnerLabels?: Int32Array;
  /** Where views are mixed: the share of a row's own label, [views * batchSize]; its partner's has the rest. */
  readonly ownShare?: Float32Array;
  /** Where samples have several labels or soft ones: their weights, [batchSize, classes]. */
  readonly labelWeights?: Float32Array;
  /** As above: how much the labels of two samples agree, [batchSize, batchSize]. */
  readonly pairWeights?: Float32Array;
  readonly epoch: number;
  /** How long the caller was kept waiting for data. */
  readonly waitedMs: number;
}

export interface Loader {
  readonly stepsPerEpoch: number;
  /** The batch of a zero-based step of the whole run. One call at a time. Rejects when a worker has died. */
  next(step: number): Promise<Batch>;
  /** Stops the workers. */
  close(): Promise<void>;
}

export interface LoaderOptions {
  readonly set: SampleSet;
  /** The samples to draw from; the last incomplete batch of an epoch is dropped. */
  readonly indices: Int32Array;
  readonly batchSize: number;
  readonly views: number;
  /** Views of images. */
  readonly augmentation: AugmentationOptions;
  /** A module of the user's own that follows crop and flip. */
  readonly ownViews?: ImageSource['ownViews'];
  /** Views of features; as they are, where left out. */
  readonly featureViews?: FeatureViewOptions;
  /** How views are mixed with others of their batch. */
  readonly mix: MixOptions | null;
  /** How the labels of samples with several are compared; jaccard where left out. */
  readonly overlap?: Overlap;
  readonly seed: number;
  /** Shuffled, and one batch a step, where left out. */
  readonly sampling?: Omit<SamplingSetting, 'batchSize' | 'seed'>;
  readonly statistics: Normalisation;
  readonly workers: {
    /** The bundled worker.ts. */
    readonly entry: string | URL;
    readonly count: number;
  };
}

/** Batches made ahead of the one in use, and at least one for every worker. */
const BATCHES_AHEAD = 3;
const NO_STEP = -1;

/** Starts the workers and has them prepare the first steps. Close it when done. */
export async function createLoader(options: LoaderOptions): Promise<Loader> {
  const { indices, batchSize, seed, sampling } = options;
  const order = createBatchOrder({ indices, labels: options.set.labels }, { ...sampling, batchSize, seed });
  const slots = allocateSlots(options);
  const ring = createRing(order, slots);
  const pool = await startWorkerPool(options.workers, setupOf(options, slots), ring);
  ring.attach(pool);
  const batch = allocateBatch(options);
  return {
    stepsPerEpoch: order.stepsPerEpoch,
    async next(step) {
      const began = performance.now();
      const { samples, views, mix } = slots[await ring.take(step)];
      const waitedMs = performance.now() - began;
      batch.views.set(views);
      batch.samples.set(samples);
      fillLabels(batch, options);
      const mixed = mix === null ? {} : mixedLabels(batch, mix);
      ring.advanceTo(step + 1);
      const several = severalLabels(batch.samples, options);
      return { ...batch, ...mixed, ...several, epoch: order.epochOf(step), waitedMs };
    },
    async close() {
      ring.failed(new Error('the loader is closed'));
      await pool.close();
    },
  };
}

function setupOf(options: LoaderOptions, slots: Slot[]): WorkerSetup {
  const { set, mix, statistics, seed, batchSize, views } = options;
  const { height, width, channels } = set;
  const size = { height, width, channels };
  return { size, ...sourceOf(options), mix, statistics, seed, batchSize, views, slots };
}

function sourceOf({ set, augmentation, ownViews, featureViews }: LoaderOptions): ImageSource | FeatureSource {
  return holdsFeatures(set)
    ? { features: set.values, featureViews: featureViews ?? { noise: 0, mask: 0 } }
    : { images: set.images, augmentation, ...(ownViews === undefined ? {} : { ownViews }) };
}

function allocateSlots({ set, batchSize, views, mix, workers }: LoaderOptions): Slot[] {
  const rows = views * batchSize;
  const values = rows * imageBytes(set);
  return Array.from({ length: Math.max(BATCHES_AHEAD, workers.count + 1) }, () => ({
    samples: new Int32Array(new SharedArrayBuffer(batchSize * Int32Array.BYTES_PER_ELEMENT)),
    views: new Float32Array(new SharedArrayBuffer(values * Float32Array.BYTES_PER_ELEMENT)),
    mix: mix === null ? null : allocateMixRecord(rows),
  }));
}

function allocateMixRecord(rows: number): SharedMixRecord {
  return {
    partners: new Int32Array(new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT)),
    ownShare: new Float32Array(new SharedArrayBuffer(rows * Float32Array.BYTES_PER_ELEMENT)),
  };
}

/** Ordinary memory: native engines do not take shared memory, and the slot is free again at once. */
function allocateBatch({
  set,
  batchSize,
  views,
}: LoaderOptions): Pick<Batch, 'views' | 'labels' | 'samples'> {
  return {
    views: new Float32Array(views * batchSize * imageBytes(set)),
    labels: new Int32Array(views * batchSize),
    samples: new Int32Array(batchSize),
  };
}

function fillLabels({ labels, samples }: Pick<Batch, 'labels' | 'samples'>, { set }: LoaderOptions): void {
  for (let row = 0; row < labels.length; row++) {
    labels[row] = set.labels[samples[row % samples.length]];
  }
}

function mixedLabels(
  { labels }: Pick<Batch, 'labels'>,
  { partners, ownShare }: MixRecord,
): { partnerLabels: Int32Array; ownShare: Float32Array } {
  return {
    partnerLabels: Int32Array.from(partners, (partner) => labels[partner]),
    ownShare: Float32Array.from(ownShare),
  };
}

/** Fresh arrays, or nothing where each sample has one label. */
function severalLabels(
  samples: Int32Array,
  { set, overlap = 'jaccard' }: LoaderOptions,
): Pick<Batch, 'labelWeights' | 'pairWeights'> {
  if (set.labelWeights === undefined) return {};
  const classes = set.classNames.length;
  const labelWeights = new Float32Array(samples.length * classes);
  samples.forEach((sample, i) => {
    const row = set.labelWeights?.subarray(sample * classes, (sample + 1) * classes);
    labelWeights.set(row ?? [], i * classes);
  });
  const pairWeights = Float32Array.from(overlapWeights(labelWeights, classes, overlap));
  return { labelWeights, pairWeights };
}

/** Which slot holds which step, and who waits for it. */
interface Ring {
  attach(pool: WorkerPool): void;
  /** Resolves with the slot of this step once it is full. */
  take(step: number): Promise<number>;
  /** Frees the slots of other steps and has the next ones prepared from this step on. */
  advanceTo(step: number): void;
  filled(slot: number): void;
  failed(error: Error): void;
}

interface SlotState {
  step: number;
  status: 'free' | 'filling' | 'full';
}

function createRing(order: BatchOrder, slots: readonly Slot[]): Ring {
  const states = slots.map((): SlotState => ({ step: NO_STEP, status: 'free' }));
  let pool: WorkerPool | undefined;
  let first = 0;
  let failure: Error | undefined;
  let waiting: { step: number; resolve: (slot: number) => void; reject: (error: Error) => void } | undefined;

  const isWanted = (step: number): boolean => step >= first && step < first + states.length;

  function request(step: number, slot: number): void {
    states[slot] = { step, status: 'filling' };
    slots[slot].samples.set(order.samplesOf(step));
    pool?.fill({ slot, epoch: order.drawOf(step), batch: step % order.stepsPerEpoch });
  }

  function refill(): void {
    for (const state of states) {
      if (state.status === 'full' && !isWanted(state.step)) {
        state.status = 'free';
        state.step = NO_STEP;
      }
    }
    for (let step = first; step < first + states.length; step++) {
      const free = states.findIndex(({ status }) => status === 'free');
      if (free >= 0 && !states.some((state) => state.step === step)) {
        request(step, free);
      }
    }
  }

  function deliver(): void {
    const full = states.findIndex(({ step, status }) => step === waiting?.step && status === 'full');
    if (full >= 0) {
      waiting?.resolve(full);
      waiting = undefined;
    }
  }

  return {
    attach(started) {
      pool = started;
      refill();
    },
    take(step) {
      if (failure !== undefined) {
        return Promise.reject(failure);
      }
      first = step;
      refill();
      return new Promise((resolve, reject) => {
        waiting = { step, resolve, reject };
        deliver();
      });
    },
    advanceTo(step) {
      first = step;
      refill();
    },
    filled(slot) {
      states[slot].status = 'full';
      deliver();
      refill();
    },
    failed(error) {
      failure = error;
      waiting?.reject(error);
      waiting = undefined;
    },
  };
}
