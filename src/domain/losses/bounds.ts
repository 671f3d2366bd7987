/**
 * Where a loss can lie: the collapse line, where every embedding is equal, and the floor, where class means
 * sit on a regular simplex (Graf et al., ICML 2021). Both are in nats of the unscaled loss; headroom puts
 * any run on one scale.
 */
import { positiveCounts } from './supcon';

export interface LossBounds {
  readonly collapse: number;
  readonly floor: number;
}

/**
 * Bounds of L_out for the batch that is at hand: ln(M - 1), and the mean over anchors with positives of
 * ln(|P| + |N| exp(-(C/(C-1))/tau)). For unbalanced batches the floor is approximate.
 * @param labels one a view
 * @param classes C, classes of the data set
 */
export function supConBounds(labels: ArrayLike<number>, classes: number, temperature: number): LossBounds {
  const views = labels.length;
  const otherClass = Math.exp(-(classes / (classes - 1)) / temperature);
  let sum = 0;
  let valid = 0;
  for (const positives of positiveCounts(labels)) {
    if (positives === 0) continue;
    sum += Math.log(positives + (views - 1 - positives) * otherClass);
    valid++;
  }
  return { collapse: Math.log(views - 1), floor: valid === 0 ? Number.NaN : sum / valid };
}

/** Bounds of cross-entropy: ln C when every class is as likely as the next, and 0. */
export function crossEntropyBounds(classes: number): LossBounds {
  return { collapse: Math.log(classes), floor: 0 };
}

/** h = (l - floor) / (collapse - floor): 1 collapsed, 0 optimal; may exceed 1. */
export function headroom(loss: number, bounds: LossBounds): number {
  return (loss - bounds.floor) / (bounds.collapse - bounds.floor);
}

/** The factor between the unscaled and the optimised loss (base temperature 0.07 as in SupContrast). */
export function lossFactor(scale: 'raw' | 'tau' | 'tau/base', temperature: number): number {
  const BASE_TEMPERATURE = 0.07;
  if (scale === 'raw') return 1;
  return scale === 'tau' ? temperature : temperature / BASE_TEMPERATURE;
}
