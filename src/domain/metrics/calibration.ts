/** Expected calibration error: how far a classifier's confidence is from its accuracy. */

/** Bins of equal width in [0, 1]; the usual number (Guo et al., ICML 2017). */
export const CALIBRATION_BINS = 15;

/**
 * ECE = sum over bins of (n_b / n) |accuracy_b - confidence_b|.
 * @param probabilities row-major [samples, classes], each row summing to 1
 */
export function expectedCalibrationError(
  probabilities: Float32Array | Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): number {
  const hits = new Float64Array(CALIBRATION_BINS);
  const confidences = new Float64Array(CALIBRATION_BINS);
  for (let sample = 0; sample < labels.length; sample++) {
    const best = argMax(probabilities, sample * classes, classes);
    const confidence = probabilities[sample * classes + best];
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS));
    confidences[bin] += confidence;
    hits[bin] += best === labels[sample] ? 1 : 0;
  }
  return hits.reduce((sum, hit, bin) => sum + Math.abs(hit - confidences[bin]), 0) / labels.length;
}

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
