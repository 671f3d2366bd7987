/**
 * The section `metrics`: final figures of results.json, then best and last value of each recorded tag, all over seed groups
 * where there are some.
 */
import * as l10n from '@vscode/l10n';
import { formatNumber, formatPercent } from '../display/format';
import type { Direction } from '../metrics/direction';
import { directionOf } from '../metrics/direction';
import { TAG } from '../metrics/tags';
import type { Metric } from '../run/metrics';
import { METRICS } from '../run/metrics';
import type { DeltaOptions, FigureText } from './delta';
import { deltaOf, meanOf } from './delta';
import type { RecordedFigures, RunFacts, TagFigures } from './facts';
import { NOT_RECORDED, plainText } from './rows';
import type { MetricCell, MetricRow } from './runDiff';

/** Final figures that results.json has too, with how they were measured. */
const FINAL_TAGS: readonly string[] = [
  TAG.testLinearProbe,
  TAG.testClassifier,
  TAG.testKnn,
  TAG.testClassMean,
  TAG.testCalibrationError,
  TAG.testCorrupted,
];

/** What sets the height of a contrastive loss, whatever the encoder has learnt. */
const LOSS_KEYS = ['loss.name', 'loss.temperature', 'loss.scale', 'stage1.batchSize', 'augmentation.views'];
const LOSSES_OF_ONE_HEIGHT: readonly string[] = [TAG.loss, TAG.unscaledLoss, TAG.supConLoss, TAG.simClrLoss];
const PERCENT = 100;
const POINT_DIGITS = 1;

/** Compares final figures and recorded tags. */
export function compareMetrics(facts: readonly RunFacts[]): MetricRow[] {
  return [...finalRows(facts), ...tagRows(facts)].filter(({ cells }) =>
    cells.some(({ value, text }) => value !== null || text === 'NaN'),
  );
}

/** Text of a figure, and of differences between figures: shares in per cent and in points. */
export function figureForm(unit: Metric['unit'], better: Direction | null) {
  const isShare = unit === 'share';
  const text: FigureText = isShare ? formatPercent : formatNumber;
  const points: FigureText = (value) => (value * PERCENT).toFixed(POINT_DIGITS);
  return { text, delta: { better, text: isShare ? points : formatNumber } satisfies DeltaOptions };
}

/** A figure of a run and its seed group; of the run alone where both runs are of one group. Runs without it are left out. */
export function valuesOf(
  facts: readonly RunFacts[],
  column: number,
  figure: (run: RecordedFigures) => number | null | undefined,
): number[] {
  const own = facts[column];
  const compared = column === 0 ? facts.slice(1) : [facts[0]];
  const isOneGroup = compared.some(({ replicates }) => replicates.some(({ key }) => key === own.key));
  const group = isOneGroup || own.replicates.length === 0 ? [own] : own.replicates;
  return group.map(figure).filter((value) => typeof value === 'number');
}

function finalRows(facts: readonly RunFacts[]): MetricRow[] {
  const hasClassifier = facts.some(({ results }) => results?.classifier !== undefined);
  // Without a classifier of its own a run's accuracy is that of its probe: one row is enough.
  const shown = METRICS.filter(({ name }) => name !== 'accuracy' || hasClassifier);
  return shown.map((metric) => finalRow(metric, facts));
}

function finalRow(metric: Metric, facts: readonly RunFacts[]): MetricRow {
  const { text, delta } = figureForm(metric.unit, metric.better);
  const groups = facts.map((_, column) =>
    valuesOf(facts, column, ({ results }) => results && metric.of(results)),
  );
  const cells = groups.map((values, column): MetricCell => {
    if (values.length === 0) return NOTHING;
    const value = meanOf(values);
    return {
      value: finite(value),
      text: text(value),
      title: meanTitle(values) ?? plainText(value),
      delta: column === 0 ? null : deltaOf(groups[0], values, delta),
      note: '',
    };
  });
  const { name, label, better } = metric;
  return { key: name, label: l10n.t('{0}, test', label), statistic: 'final', better, minor: false, cells };
}

function tagRows(facts: readonly RunFacts[]): MetricRow[] {
  const hasResults = facts.some(({ results }) => results !== null);
  const tags = new Set(facts.flatMap(({ tags: all }) => all.map(({ tag }) => tag)));
  return [...tags]
    .filter((tag) => !hasResults || !FINAL_TAGS.includes(tag))
    .sort()
    .flatMap((tag) => rowsOfTag(tag, facts));
}

function rowsOfTag(tag: string, facts: readonly RunFacts[]): MetricRow[] {
  const better = directionOf(tag);
  const figures = facts.map(({ tags }) => tags.find((each) => each.tag === tag));
  const isCurve = figures.some((each) => each !== undefined && each.points > 1);
  const row = (statistic: 'best' | 'last') => tagRow({ tag, statistic, better, figures, facts });
  const [best, last] = [row('best'), row('last')];
  const isSame = best.cells.every(({ value }, column) => value === last.cells[column].value);
  return better !== null && isCurve && !isSame ? [best, last] : [last];
}

interface TagRow {
  readonly tag: string;
  readonly statistic: 'best' | 'last';
  readonly better: Direction | null;
  readonly figures: readonly (TagFigures | undefined)[];
  readonly facts: readonly RunFacts[];
}

function tagRow({ tag, statistic, better, figures, facts }: TagRow): MetricRow {
  const { text, delta } = figureForm(isShare(tag) ? 'share' : 'number', better);
  const points = figures.map((each) => each && pointOf(each, statistic, better));
  const groups = facts.map((_, column) =>
    valuesOf(facts, column, ({ tags }) => {
      const own = tags.find((each) => each.tag === tag);
      return own && pointOf(own, statistic, better).value;
    }),
  );
  const cells = points.map((point, column): MetricCell => {
    if (point === undefined) return NOTHING;
    const value = meanOf(groups[column]);
    const note = column === 0 ? '' : whyNotComparable(tag, facts, column);
    return {
      value: finite(value),
      text: text(value),
      title: meanTitle(groups[column]) ?? l10n.t('{0} at step {1}', plainText(value), point.step),
      delta: column > 0 && note === '' ? deltaOf(groups[0], groups[column], delta) : null,
      note,
    };
  });
  return {
    key: `${tag} ${statistic}`,
    label: tag,
    statistic,
    better,
    minor: better === null || isMinor(cells),
    cells,
  };
}

/** Undefined for one value, which is no mean. */
function meanTitle(values: readonly number[]): string | undefined {
  return values.length > 1 ? l10n.t('mean of {0}', values.map(plainText).join(', ')) : undefined;
}

function pointOf(figures: TagFigures, statistic: 'best' | 'last', better: Direction | null) {
  const { last, lastStep, min, minStep, max, maxStep } = figures;
  if (statistic === 'last') return { value: last, step: lastStep };
  return better === 'lower' ? { value: min, step: minStep } : { value: max, step: maxStep };
}

/** A sentence naming the keys that make two losses heights of different scales; empty if they are one. */
function whyNotComparable(tag: string, facts: readonly RunFacts[], column: number): string {
  if (!LOSSES_OF_ONE_HEIGHT.includes(tag)) return '';
  const [a, b] = [facts[0], facts[column]].map(({ configuration }) => configuration?.values);
  if (a === undefined || b === undefined) return '';
  const keys = LOSS_KEYS.filter((key) => a[key] !== b[key]);
  return keys.length === 0
    ? ''
    : l10n.t('not comparable, for the runs differ in {0}; compare {1}', keys.join(', '), TAG.headroom);
}

function isShare(tag: string): boolean {
  return /accuracy|test\/(linear_probe|classifier|knn|nearest|raw|untrained)/.test(tag);
}

/** Equal in all columns. */
function isMinor(cells: readonly MetricCell[]): boolean {
  const [baseline] = cells;
  return cells.every(({ value }) => value !== null && value === baseline.value);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const NOTHING: MetricCell = { value: null, text: NOT_RECORDED, title: '', delta: null, note: '' };
