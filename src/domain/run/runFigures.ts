/** What a run's own files say beside its curves, as far as charts draw it: final figures and histograms by epoch. */
import type { ReliabilityBin } from '../metrics/calibration';

/** The reliability diagram of the classifier that a user would ship. */
export interface ReliabilityFigures {
  readonly ece: number;
  readonly bins: readonly ReliabilityBin[];
}

/** Counts by true class (row) and answer (column). */
export interface ConfusionFigures {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The embedding at the end of an epoch; densities over cosines from -1 to 1 in bins of equal width. */
export interface EpochDiagnostics {
  readonly epoch: number;
  readonly step: number;
  readonly sameClass: readonly number[];
  readonly otherClass: readonly number[];
  /** Mean squared distance within classes, and spread over the sphere; NaN where not recorded. */
  readonly classAlignment: number;
  readonly uniformity: number;
}

/** Figures that charts draw of one run; null where the run did not record them. */
export interface RunFigures {
  readonly reliability: ReliabilityFigures | null;
  readonly confusion: ConfusionFigures | null;
  readonly epochs: readonly EpochDiagnostics[];
}

/** A test sample behind a cell of the confusion matrix: its place in the split, and the probability of the answer. */
export interface CellSample {
  readonly place: number;
  readonly confidence: number;
}
