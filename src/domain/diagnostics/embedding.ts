/**
 * What one set of encoded images tells about an embedding, apart from any classifier: how many directions it uses, how
 * tight classes are and how far apart. Features F are measured as the encoder gave them, projections Z on the sphere.
 */
import { alignment } from '../metrics/alignment';
import { classDistanceNormalisedVariance } from '../metrics/cdnv';
import { classStatistics } from '../metrics/classStatistics';
import { withinClassVariability } from '../metrics/neuralCollapse';
import type { PairCosines } from '../metrics/pairCosines';
import { cosineAuc, cosineHistogram, cosineMargin, pairCosines } from '../metrics/pairCosines';
import { rankMe } from '../metrics/rankMe';
import { uniformity } from '../metrics/uniformity';

/** Rows of one table per image, row-major, with the images' labels. */
export interface EmbeddingSample {
  /** F, [samples, featureWidth]. */
  readonly features: Float32Array;
  /** Z, [samples, projectionWidth], L2-normalised. */
  readonly projections: Float32Array;
  readonly labels: ArrayLike<number>;
}

export interface EmbeddingDiagnostics {
  readonly featureRank: number;
  readonly projectionRank: number;
  /** NC1 and CDNV of features. */
  readonly nc1: number;
  readonly cdnv: number;
  /** Alignment, uniformity, margin and AUC of projections; the pairs are of one class or of two. */
  readonly classAlignment: number;
  readonly uniformity: number;
  readonly margin: number;
  readonly auc: number;
  /** Counts of cosines in bins of equal width over [-1, 1]. */
  readonly histograms: { readonly sameClass: readonly number[]; readonly otherClass: readonly number[] };
}

/**
 * Samples that all pairs are formed of: half a million pairs, whose means are good to three digits. More would cost
 * with the square.
 */
export const PAIR_SAMPLES = 1000;

/** Measures all of it. Not a number where a measure has nothing to go by, such as pairs in a set of one class. */
export function diagnoseEmbedding(sample: EmbeddingSample): EmbeddingDiagnostics {
  const { features, projections, labels } = sample;
  const featureWidth = features.length / labels.length;
  const pairs = pairsOf(sample);
  return {
    featureRank: rankMe(features, featureWidth),
    projectionRank: rankMe(projections, projections.length / labels.length),
    nc1: withinClassVariability(features, labels, featureWidth).nc1,
    cdnv: classDistanceNormalisedVariance(classStatistics(features, labels, featureWidth)),
    classAlignment: alignment(pairs.sameClass),
    uniformity: uniformity(pairs.sameClass, pairs.otherClass),
    margin: cosineMargin(pairs),
    auc: cosineAuc(pairs),
    histograms: {
      sameClass: cosineHistogram(pairs.sameClass),
      otherClass: cosineHistogram(pairs.otherClass),
    },
  };
}

function pairsOf({ projections, labels }: EmbeddingSample): PairCosines {
  const dimensions = projections.length / labels.length;
  const samples = Math.min(PAIR_SAMPLES, labels.length);
  return pairCosines({
    features: projections.subarray(0, samples * dimensions),
    labels: Array.from({ length: samples }, (_, i) => labels[i]),
    dimensions,
  });
}
