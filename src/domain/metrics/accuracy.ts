/** The best-scored classes, and how often the right one is among them. */

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

/**
 * Share of rows with fewer than `k` classes before the label, 0 to 1; equal scores count in the order of classes.
 * @param scores row-major [samples, classes]
 */
export function topK(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  { classes, k }: { readonly classes: number; readonly k: number },
): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (rankOf(scores, i * classes, classes, labels[i]) < k) right++;
  return right / labels.length;
}

/** How many classes come before this one. */
function rankOf(scores: ArrayLike<number>, offset: number, classes: number, label: number): number {
  const own = scores[offset + label];
  let before = 0;
  for (let c = 0; c < classes; c++) {
    const score = scores[offset + c];
    if (score > own || (score === own && c < label)) before++;
  }
  return before;
}
