/** How far a classifier's confidence is from its accuracy: the reliability diagram and its mean gap. */
import { argMax } from './accuracy';

/** Bins of equal width in [0, 1]; the usual number (Guo et al., ICML 2017). */
export const CALIBRATION_BINS = 15;

/** The samples whose confidence falls into one bin of the reliability diagram. */
export interface ReliabilityBin {
  readonly count: number;
  /** Share right, and mean confidence; 0 in an empty bin. */
  readonly accuracy: number;
  readonly confidence: number;
}

/**
 * ECE = sum over bins of (n_b / n) |accuracy_b - confidence_b|.
 * @param probabilities row-major [samples, classes], each row summing to 1
 */
export function expectedCalibrationError(
  probabilities: Float32Array | Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): number {
  const { hits, confidences } = binned(probabilities, labels, classes);
  return hits.reduce((sum, hit, bin) => sum + Math.abs(hit - confidences[bin]), 0) / labels.length;
}

/** The bins of the reliability diagram (Guo et al., ICML 2017, section 2), from confidence 0 to 1. */
export function reliabilityDiagram(
  probabilities: Float32Array | Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): ReliabilityBin[] {
  const { counts, hits, confidences } = binned(probabilities, labels, classes);
  return Array.from(counts, (count, bin) => ({
    count,
    accuracy: hits[bin] / Math.max(1, count),
    confidence: confidences[bin] / Math.max(1, count),
  }));
}

/** Sums by bin: samples, right answers, confidences. */
function binned(probabilities: Float32Array | Float64Array, labels: ArrayLike<number>, classes: number) {
  const counts = new Float64Array(CALIBRATION_BINS);
  const hits = new Float64Array(CALIBRATION_BINS);
  const confidences = new Float64Array(CALIBRATION_BINS);
  for (let sample = 0; sample < labels.length; sample++) {
    const best = argMax(probabilities, sample * classes, classes);
    const confidence = probabilities[sample * classes + best];
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS));
    counts[bin]++;
    confidences[bin] += confidence;
    hits[bin] += best === labels[sample] ? 1 : 0;
  }
  return { counts, hits, confidences };
}
