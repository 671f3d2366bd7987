/** The inputs of the program `train` that come from the data. */
import type { NamedValues } from '../../engine/engine';
import type { Batch } from './loader';

const OPTIONAL = ['partnerLabels', 'ownShare', 'labelWeights', 'pairWeights'] as const;

/** Views and labels; of a mixed batch also `partnerLabels` and `ownShare`, of several labels `labelWeights` and `pairWeights`. */
export function dataInputs(batch: Batch): NamedValues {
  const { views, labels } = batch;
  const further = OPTIONAL.flatMap((name) => {
    const values = batch[name];
    return values === undefined ? [] : [[name, values] as const];
  });
  return { views, labels, ...Object.fromEntries(further) };
}
