/** What the figures beside the maps say, as short words and sentences. */
import { formatCount, formatNumber, formatPercent } from '../../../src/domain/display/format';
import type { Alignment, MapQuality, PairFigures } from '../../../src/domain/maps/figures';
import type { MapMethod, MapRequest, Metric } from '../../../src/domain/maps/request';

/** Names of methods in menus. */
export const METHOD_WORDS: Readonly<Record<MapMethod, string>> = {
  pca: 'PCA',
  umap: 'UMAP',
  localmap: 'LocalMAP',
  discriminant: 'Discriminant axes',
  axes: 'Custom axes',
  given: 'Given coordinates',
};

/** Names of metrics in menus. */
export const METRIC_WORDS: Readonly<Record<Metric, string>> = { cosine: 'cosine', euclidean: 'Euclidean' };

/** Difference of accuracies from which the map and the full space are said to disagree. */
const GAP = 0.05;

/** One figure: what it is, its value, and what it means. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  /** True where the reader should not trust what is seen. */
  readonly isWarning?: boolean;
}

/** Names of tables in menus. */
export function tableWords(name: string): string {
  if (name === 'features') return 'encoder features';
  return name === 'projections' ? 'projection features' : name;
}

/** How many samples are drawn, of how many, and how they were chosen. */
export function sampleWords(shown: number, total: number): string {
  if (shown >= total) return `all ${formatCount(total)} samples`;
  return `${formatCount(shown)} of ${formatCount(total)} samples, drawn class by class`;
}

/** How the map was made. */
export function methodWords({ method, neighbours, metric, seed }: MapRequest): string {
  const name = METHOD_WORDS[method];
  if (method !== 'umap' && method !== 'localmap') return `${name}, seed ${seed}`;
  return `${name}, k ${neighbours}, ${METRIC_WORDS[metric]}, seed ${seed}`;
}

/** What a map distorts. */
export function qualityFacts(quality: MapQuality, fullDimensions: number): Fact[] {
  const share = (name: string, value: number, meaning: string): Fact => ({
    name,
    value: formatNumber(value),
    meaning: `${meaning} 1 is best. Measured with k ${quality.k} on ${formatCount(quality.rows)} rows.`,
  });
  return [
    share('trustworthiness', quality.trustworthiness, 'Low where neighbours on the map are no neighbours.'),
    share('continuity', quality.continuity, 'Low where neighbours were torn apart.'),
    share('overlap', quality.overlap, 'Share of the nearest neighbours that are the nearest on the map too.'),
    ...accuracyFacts(quality, fullDimensions),
  ];
}

function accuracyFacts({ k, mapAccuracy, fullAccuracy }: MapQuality, fullDimensions: number): Fact[] {
  if (mapAccuracy === null || fullAccuracy === null) return [];
  const gap = mapAccuracy - fullAccuracy;
  return [
    {
      name: 'label accuracy',
      value: `${formatNumber(mapAccuracy)} here, ${formatNumber(fullAccuracy)} in ${formatCount(fullDimensions)}-d`,
      meaning: `Share of samples whose ${k} nearest others vote for their label. ${gapWords(gap)}`,
      isWarning: Math.abs(gap) > GAP,
    },
  ];
}

function gapWords(gap: number): string {
  if (gap > GAP) return 'The map shows classes further apart than they are.';
  if (gap < -GAP) return 'The map mixes classes that the vectors keep apart.';
  return 'Map and vectors agree.';
}

/** What joins two maps and what changed between them. */
export function pairFacts(figures: PairFigures): Fact[] {
  const { shared, onlyLeft, onlyRight, joinedBy, k, jaccardMedian, cka } = figures;
  return [
    {
      name: 'shared samples',
      value: formatCount(shared),
      meaning: `In both maps, joined by ${joinedBy === 'id' ? 'sample id' : 'the content of each sample'}.`,
    },
    { name: 'only left', value: formatCount(onlyLeft), meaning: 'Samples of the left map alone.' },
    { name: 'only right', value: formatCount(onlyRight), meaning: 'Samples of the right map alone.' },
    {
      name: 'same neighbours',
      value: formatNumber(jaccardMedian),
      meaning: `Median Jaccard index of the ${k} nearest shared neighbours in full dimension: 1 is no change.`,
    },
    {
      name: 'CKA',
      value: formatNumber(cka),
      meaning:
        'Linear centred kernel alignment of the shared vectors: 1 where they differ by a rotation alone.',
    },
    ...alignmentFacts(figures.alignment),
  ];
}

/** How a map was laid over the reference. */
export function alignmentFacts({ residual, anchoredShare, pull, isWeak }: Alignment): Fact[] {
  return [
    {
      name: 'residual',
      value: `${formatNumber(residual)} radii`,
      meaning: 'Median distance of stable samples between the maps, in radii of the reference.',
      isWarning: isWeak,
    },
    {
      name: 'anchored',
      value: anchoredShare === 0 ? 'none' : `${formatPercent(anchoredShare)}, pull ${formatNumber(pull, 2)}`,
      meaning:
        'Share of samples that were pulled towards their place on the reference while the map was made.',
    },
  ];
}

/** Why arrows of movement are not drawn. */
export const WEAK_WORDS =
  'Weakly aligned: too few samples are shared or stable, so distances between the maps mean little. Movement is not drawn.';
