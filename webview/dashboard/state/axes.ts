/**
 * The quantities in which runs are compared as wholes: settings in which they differ, and their metrics. A setting
 * that is no number stands at one of equally spaced places. Pure, from the model.
 */
import * as l10n from '@vscode/l10n';
import { formatNumber, formatPercent } from '../../../src/domain/display/format';
import { varyingSettings } from '../../../src/domain/run/varyingSettings';
import { FINAL_FIGURES } from '../../charts/catalogue';
import { TAG } from '../../../src/domain/metrics/tags';
import type { RunEntry } from './model';

/** One quantity. */
export interface Quantity {
  readonly key: string;
  readonly label: string;
  readonly kind: 'setting' | 'metric';
  /** The places of words, in order; empty for numbers. */
  readonly words: readonly string[];
  /** Where a run stands; NaN where it does not say. */
  readonly of: (run: RunEntry) => number;
  readonly format: (value: number) => string;
}

/** Curves whose last value says how good a run is, beside the final figures. */
const LIVE_METRICS = [
  { tag: TAG.headroom, name: l10n.t('headroom, last') },
  { tag: TAG.knnAccuracy, name: l10n.t('kNN, validation') },
  { tag: TAG.loss, name: l10n.t('loss, last') },
] as const;

/** Every quantity that tells some of the runs apart, settings first. */
export function quantitiesOf(runs: readonly RunEntry[]): readonly Quantity[] {
  const settings = varyingSettings(runs.map(({ parameters }) => parameters)).map((key) =>
    settingOf(key, runs),
  );
  const metrics = [...FINAL_FIGURES, ...LIVE_METRICS].map(({ tag, name }) => metricOf(tag, name));
  return [...settings, ...metrics.filter((metric) => runs.some((run) => Number.isFinite(metric.of(run))))];
}

function settingOf(key: string, runs: readonly RunEntry[]): Quantity {
  const values = runs.flatMap(({ parameters }) => parameters[key] ?? []);
  if (values.length > 0 && values.every((value) => typeof value === 'number')) {
    const of = ({ parameters }: RunEntry) => Number(parameters[key] ?? NaN);
    return { key, label: key, kind: 'setting', words: [], of, format: (value) => formatNumber(value) };
  }
  const words = [...new Set(values.map(String))].sort();
  const of = ({ parameters }: RunEntry) => {
    const place = words.indexOf(String(parameters[key]));
    return place < 0 ? NaN : place;
  };
  return { key, label: key, kind: 'setting', words, of, format: (value) => words[Math.round(value)] ?? '' };
}

function metricOf(tag: string, name: string): Quantity {
  const isShare = tag.startsWith('test/') || tag.startsWith('accuracy/');
  return {
    key: tag,
    label: name,
    kind: 'metric',
    words: [],
    of: ({ tags }) => tags.get(tag)?.last ?? NaN,
    format: (value) => (isShare ? formatPercent(value) : formatNumber(value)),
  };
}
