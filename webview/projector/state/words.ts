/** What the figures beside the maps say, as short words and sentences. */
import * as l10n from '@vscode/l10n';
import { formatCount, formatNumber, formatPercent } from '../../../src/domain/display/format';
import type { Alignment, MapQuality, PairFigures } from '../../../src/domain/maps/figures';
import type { AxisEnd, CustomAxis, MapMethod, MapRequest, Metric } from '../../../src/domain/maps/request';

/** Names of methods in menus. */
export const METHOD_WORDS: Readonly<Record<MapMethod, string>> = {
  pca: 'PCA',
  umap: 'UMAP',
  localmap: 'LocalMAP',
  discriminant: l10n.t('Discriminant axes'),
  axes: l10n.t('Custom axes'),
  given: l10n.t('Given coordinates'),
};

/** Names of metrics in menus. */
export const METRIC_WORDS: Readonly<Record<Metric, string>> = {
  cosine: l10n.t('cosine'),
  euclidean: l10n.t('Euclidean'),
};

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
  if (name === 'features') return l10n.t('encoder features');
  return name === 'projections' ? l10n.t('projection features') : name;
}

/** How many samples are drawn, of how many, and how they were chosen. */
export function sampleWords(shown: number, total: number): string {
  if (shown >= total) return l10n.t('all {0} samples', formatCount(total));
  return l10n.t('{0} of {1} samples, drawn class by class', formatCount(shown), formatCount(total));
}

/** A number of samples. */
export function samplesWords(count: number): string {
  return count === 1 ? l10n.t('1 sample') : l10n.t('{0} samples', formatCount(count));
}

/** How the map was made. */
export function methodWords({ method, neighbours, metric, seed }: MapRequest): string {
  const name = METHOD_WORDS[method];
  if (method !== 'umap' && method !== 'localmap') return l10n.t('{0}, seed {1}', name, seed);
  return l10n.t('{0}, k {1}, {2}, seed {3}', name, neighbours, METRIC_WORDS[metric], seed);
}

/** Name of an axis that was chosen: `ankle boot to bag`. */
export function axisWords({ from, to }: CustomAxis): string {
  return l10n.t('{0} to {1}', endWords(from), endWords(to));
}

function endWords(end: AxisEnd): string {
  return 'class' in end ? end.class : l10n.t('selection of {0}', end.ids.length);
}

/** What a map distorts. */
export function qualityFacts(quality: MapQuality, fullDimensions: number): Fact[] {
  const { trustworthiness, continuity, overlap } = quality;
  const [k, rows] = [quality.k, formatCount(quality.rows)];
  return [
    {
      name: l10n.t('trustworthiness'),
      value: formatNumber(trustworthiness),
      meaning: l10n.t(
        'Low where neighbours on the map are no neighbours. 1 is best. Measured with k {0} on {1} rows.',
        k,
        rows,
      ),
    },
    {
      name: l10n.t('continuity'),
      value: formatNumber(continuity),
      meaning: l10n.t(
        'Low where neighbours were torn apart. 1 is best. Measured with k {0} on {1} rows.',
        k,
        rows,
      ),
    },
    {
      name: l10n.t('overlap'),
      value: formatNumber(overlap),
      meaning: l10n.t(
        'Share of the nearest neighbours that are the nearest on the map too. 1 is best. Measured with k {0} on {1} rows.',
        k,
        rows,
      ),
    },
    ...accuracyFacts(quality, fullDimensions),
  ];
}

function accuracyFacts({ k, mapAccuracy, fullAccuracy }: MapQuality, fullDimensions: number): Fact[] {
  if (mapAccuracy === null || fullAccuracy === null) return [];
  const gap = mapAccuracy - fullAccuracy;
  return [
    {
      name: l10n.t('label accuracy'),
      value: l10n.t(
        '{0} here, {1} in {2}-d',
        formatNumber(mapAccuracy),
        formatNumber(fullAccuracy),
        formatCount(fullDimensions),
      ),
      meaning: accuracyMeaning(k, gap),
      isWarning: Math.abs(gap) > GAP,
    },
  ];
}

function accuracyMeaning(k: number, gap: number): string {
  if (gap > GAP)
    return l10n.t(
      'Share of samples whose {0} nearest others vote for their label. The map shows classes further apart than they are.',
      k,
    );
  if (gap < -GAP)
    return l10n.t(
      'Share of samples whose {0} nearest others vote for their label. The map mixes classes that the vectors keep apart.',
      k,
    );
  return l10n.t('Share of samples whose {0} nearest others vote for their label. Map and vectors agree.', k);
}

/** What joins two maps and what changed between them. */
export function pairFacts(figures: PairFigures): Fact[] {
  const { shared, onlyLeft, onlyRight, joinedBy, k, jaccardMedian, cka } = figures;
  return [
    {
      name: l10n.t('shared samples'),
      value: formatCount(shared),
      meaning:
        joinedBy === 'id'
          ? l10n.t('In both maps, joined by sample id.')
          : l10n.t('In both maps, joined by the content of each sample.'),
    },
    {
      name: l10n.t('only left'),
      value: formatCount(onlyLeft),
      meaning: l10n.t('Samples of the left map alone.'),
    },
    {
      name: l10n.t('only right'),
      value: formatCount(onlyRight),
      meaning: l10n.t('Samples of the right map alone.'),
    },
    {
      name: l10n.t('same neighbours'),
      value: formatNumber(jaccardMedian),
      meaning: l10n.t(
        'Median Jaccard index of the {0} nearest shared neighbours in full dimension: 1 is no change.',
        k,
      ),
    },
    {
      name: 'CKA',
      value: formatNumber(cka),
      meaning: l10n.t(
        'Linear centred kernel alignment of the shared vectors: 1 where they differ by a rotation alone.',
      ),
    },
    ...alignmentFacts(figures.alignment),
  ];
}

/** How a map was laid over the reference. */
export function alignmentFacts({ residual, anchoredShare, pull, isWeak }: Alignment): Fact[] {
  return [
    {
      name: l10n.t('residual'),
      value: l10n.t('{0} radii', formatNumber(residual)),
      meaning: l10n.t('Median distance of stable samples between the maps, in radii of the reference.'),
      isWarning: isWeak,
    },
    {
      name: l10n.t('anchored'),
      value:
        anchoredShare === 0
          ? l10n.t('none')
          : l10n.t('{0}, pull {1}', formatPercent(anchoredShare), formatNumber(pull, 2)),
      meaning: l10n.t(
        'Share of samples that were pulled towards their place on the reference while the map was made.',
      ),
    },
  ];
}

/** Why arrows of movement are not drawn. */
export const WEAK_WORDS = l10n.t(
  'Weakly aligned: too few samples are shared or stable, so distances between the maps mean little. Movement is not drawn.',
);
