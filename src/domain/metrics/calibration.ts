/** Expected calibration error: how far a classifier's confidence is from its accuracy. */
import { argMax } from './accuracy';

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
