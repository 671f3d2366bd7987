/** The loader of a run: its configuration in the terms of the loader. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../../domain/configuration/schema';
import type { Job } from '../job';
import type { Loader } from './loader';
import { createLoader } from './loader';
import type { MixOptions } from './mix';
import { policyOf } from './policy';
import type { AugmentationOptions } from './viewPlan';

/** More workers than this starve the engine rather than feed it: one makes over 20,000 small views a second. */
const MOST_WORKERS = 4;

/** Starts the loader that the job's configuration asks for. */
export function createJobLoader({ configuration, dataset, split, statistics, own }: Job): Promise<Loader> {
  const { stage1, augmentation, loss, seed, loader } = configuration;
  const views = own['augmentation.policy'];
  return createLoader({
    set: dataset.train,
    indices: split.train,
    batchSize: stage1.batchSize,
    views: augmentation.views,
    augmentation: augmentationOf(configuration),
    ...(views === undefined ? {} : { ownViews: { path: views.path, source: views.source } }),
    featureViews: { noise: augmentation.featureNoise, mask: augmentation.featureMask },
    mix: mixOf(configuration),
    overlap: loss.overlap,
    seed,
    sampling: stage1,
    statistics,
    workers: {
      entry: join(import.meta.dirname, 'augmentation-worker.js'),
      count: loader.workers > 0 ? loader.workers : defaultWorkers(),
    },
  });
}

function defaultWorkers(): number {
  return Math.max(1, Math.min(MOST_WORKERS, Math.floor(availableParallelism() / 2)));
}

/** What a configuration asks of the augmenter. */
export function augmentationOf({ augmentation }: Configuration): AugmentationOptions {
  const { cropArea, flip } = augmentation;
  return { crop: cropArea[0] === 1 ? null : { area: cropArea }, flip, ...policyOf(augmentation) };
}

/** How a configuration mixes the views of a batch. */
function mixOf({ augmentation: { mix, mixAlpha } }: Configuration): MixOptions | null {
  return mix === 'none' ? null : { kind: mix, alpha: mixAlpha };
}
