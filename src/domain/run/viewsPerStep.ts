/** How many images one optimiser step sees, from a run's settings under the names that tools give them. */
import type { Settings } from './record';

const BATCH_NAMES = ['stage1.batchSize', 'batch_size', 'batchSize', 'batch-size', 'bs'];
const VIEW_NAMES = ['augmentation.views', 'n_views', 'views'];

/** Batch size times views; one view where none is named, null without a batch size. */
export function viewsPerStepOf(parameters: Settings): number | null {
  const batch = firstNumber(parameters, BATCH_NAMES);
  if (batch === undefined) return null;
  return batch * (firstNumber(parameters, VIEW_NAMES) ?? 1);
}

function firstNumber(parameters: Settings, names: readonly string[]): number | undefined {
  return names.map((name) => Number(parameters[name] ?? Number.NaN)).find((value) => value > 0);
}
