/** Which classes are taken for which: counts of samples by true and predicted class. */
import { argMax } from './accuracy';

/**
 * Row-major counts [classes, classes]: row the true class, column the best-scored one (scikit-learn's
 * `confusion_matrix`).
 * @param scores row-major [samples, classes]
 */
export function confusionMatrix(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Int32Array {
  const counts = new Int32Array(classes * classes);
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i] * classes + argMax(scores, i * classes, classes)]++;
  }
  return counts;
}

/** Share right of each class, its recall: diagonal over row sum; not a number for a class without samples. */
export function perClassAccuracy(confusion: Int32Array, classes: number): number[] {
  return Array.from({ length: classes }, (_, c) => {
    const row = confusion.subarray(c * classes, (c + 1) * classes);
    return row[c] / row.reduce((sum, count) => sum + count, 0);
  });
}
