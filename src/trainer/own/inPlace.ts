/** The user's own modules that are loaded before there is a run, from where the user keeps them: those of data and views. */
import { isModulePath } from '../../domain/configuration/modulePath';
import type { Configuration } from '../../domain/configuration/schema';
import type { OwnReader } from '../../formats/datasets/ownSets';
import type { ImageSize } from '../data/image';
import { importFunction } from './load';
import type { OwnViews } from './views';
import { ownViews } from './views';

/** The data module in its own place; that the user has agreed to it was seen to before. */
export async function ownReader({ dataset }: Configuration): Promise<OwnReader | undefined> {
  if (!isModulePath(dataset.kind)) return undefined;
  return { create: await importFunction(dataset.kind, 'dataset.kind'), source: dataset.kind };
}

/** The module that makes the views; the same holds. */
export async function ownViewsOf(
  { augmentation: { policy } }: Configuration,
  size: ImageSize,
): Promise<OwnViews | undefined> {
  if (!isModulePath(policy)) return undefined;
  return ownViews({ create: await importFunction(policy, 'augmentation.policy'), source: policy }, size);
}
