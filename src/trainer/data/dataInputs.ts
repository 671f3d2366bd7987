/** The inputs of the program `train` that come from the data. */
import type { NamedValues } from '../../engine/engine';
import type { Batch } from './loader';

/** Views and labels; of a mixed batch also `partnerLabels` and `ownShare`. */
export function dataInputs({ views, labels, partnerLabels, ownShare }: Batch): NamedValues {
  return partnerLabels === undefined || ownShare === undefined
    ? { views, labels }
    : { views, labels, partnerLabels, ownShare };
}
