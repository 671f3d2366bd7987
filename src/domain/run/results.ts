/**
 * results.json: every figure with the feature and data split that it was measured on and the protocol that gave it.
 * Files of earlier versions lack the figures, and the names of features, that came later.
 */
import type { CorruptionErrors } from '../metrics/corruption';
import type { ReliabilityBin } from '../metrics/calibration';
import type { RetrievalScores } from '../metrics/retrieval';

/** `encoder`: pooled features before any head; `head`: what stands on it; `pixels`: no encoder at all. */
export type Feature = 'encoder' | 'head' | 'pixels';

export interface Figure {
  readonly split: 'train' | 'validation' | 'test';
  readonly protocol: string;
  readonly feature?: Feature;
}

export interface Accuracy extends Figure {
  /** Share of samples whose highest-scored class is right, 0 to 1. */
  readonly top1: number;
  /** Share whose class is among the five highest-scored; absent where there are no more than five classes. */
  readonly top5?: number;
}

export interface Calibration extends Figure {
  readonly ece: number;
  readonly bins: number;
  /** The reliability diagram. */
  readonly reliability?: readonly ReliabilityBin[];
}

/** Calibration after temperature scaling. */
export interface ScaledCalibration extends Calibration {
  /** Fitted on the validation split. */
  readonly temperature: number;
  /** Mean negative log-likelihood on the split, before and after, in nats. */
  readonly likelihood: readonly [before: number, after: number];
}

export interface PerClass extends Figure {
  readonly classes: readonly string[];
  /** Share right of each class; null for a class without samples. */
  readonly accuracy: readonly (number | null)[];
  /** Counts, row the true class, column the answer; absent where there are very many classes. */
  readonly confusion?: readonly (readonly number[])[];
}

export interface Retrieval extends Figure, RetrievalScores {
  readonly samples: number;
}

export interface Clusters extends Figure {
  /** Normalised mutual information of clusters and classes, 0 to 1. */
  readonly nmi: number;
  readonly clusters: number;
  readonly samples: number;
}

/** Neural collapse; each measure is 0 where collapse is complete, but for the last. */
export interface Collapse extends Figure {
  readonly nc1: number;
  /** tr Sw / tr Sb. */
  readonly traceRatio: number;
  readonly cdnv: number;
  /** NC2: spread of the lengths of class means, and distance of their angles to a simplex. */
  readonly lengthSpread: number;
  readonly angleDistance: number;
  /** NC3: distance of the linear probe's rows to the class means. */
  readonly classifierDistance: number;
  /** NC4: share of samples for which linear probe and nearest class mean agree, 1 where collapsed. */
  readonly agreement: number;
}

/** What corruptions of the test images do to a classifier. */
export interface Robustness extends Figure, CorruptionErrors {
  /** Mean accuracy over all corruptions and severities, 0 to 1. */
  readonly top1: number;
  /** Expected calibration error by severity, clean first. */
  readonly eceBySeverity: readonly number[];
  /** Accuracy by severity, clean first. */
  readonly top1BySeverity: readonly number[];
  /** The family of each corruption. */
  readonly families: Readonly<Record<string, string>>;
  readonly samples: number;
  /** Against a reference run, where one was named; 1 is as bad as the reference. */
  readonly reference?: {
    readonly run: string;
    readonly mce: number;
    readonly relativeMce: number;
  };
}

export interface Results {
  readonly formatVersion: number;
  readonly linearProbe?: Accuracy;
  readonly knn?: Accuracy;
  /** kNN on the head's output, for what dropping the head is worth. */
  readonly knnProjection?: Accuracy;
  readonly nearestClassMean?: Accuracy;
  readonly rawPixelProbe?: Accuracy;
  readonly rawPixelClassMean?: Accuracy;
  readonly untrainedProbe?: Accuracy;
  /** The classifier that cross-entropy training itself produced. */
  readonly classifier?: Accuracy;
  /**
   * The classifier that a joint loss trained beside its projection. What is said below of a classifier that a user would
   * ship is the linear probe's in such a run, so that it compares with runs of the contrastive loss alone.
   */
  readonly jointClassifier?: Accuracy;
  readonly jointClassifierValidation?: Accuracy;
  /** The probe that was trained beside stage 1. */
  readonly onlineProbe?: Accuracy;
  /** Of the classifier that a user would ship: the run's own one, or else the linear probe. */
  readonly perClass?: PerClass;
  readonly calibration?: Calibration;
  readonly scaledCalibration?: ScaledCalibration;
  readonly retrieval?: Retrieval;
  readonly clusters?: Clusters;
  readonly collapseTrain?: Collapse;
  readonly collapseTest?: Collapse;
  readonly robustness?: Robustness;
  readonly loss?: Figure & { readonly final: number; readonly collapse: number; readonly floor: number };
  readonly throughput?: Figure & { readonly viewsPerSecond: number };
}

/** One file of `evaluations/`: a run measured after its end, perhaps on another data set. */
export interface Evaluation {
  readonly formatVersion: number;
  /** The data set, and the SHA-256 of its content. */
  readonly dataset: string;
  readonly datasetHash: string;
  /** Which weights, and after how many steps. */
  readonly checkpoint: { readonly name: 'best' | 'last'; readonly step: number };
  readonly linearProbe?: Accuracy;
  /** Of a run with a joint loss on its own data set. */
  readonly jointClassifier?: Accuracy;
  readonly finetuned?: Accuracy;
  readonly robustness?: Robustness;
}
