/** The best-scored class, and how often it is the right one. */

/** Index, from 0, of the largest of `length` values from `offset` on; the first of equals. */
export function argMax(values: ArrayLike<number>, offset: number, length: number): number {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[offset + i] > values[offset + best]) best = i;
  return best;
}

/** Share of rows whose largest score is at the label, 0 to 1. */
export function top1(scores: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (argMax(scores, i * classes, classes) === labels[i]) right++;
  return right / labels.length;
}
