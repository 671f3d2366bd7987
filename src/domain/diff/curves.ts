/**
 * The learning curves of a diff: which of them are drawn over each other, and the difference of two. Raw losses whose
 * scales differ are left out, and headroom takes their place.
 */
import * as l10n from '@vscode/l10n';
import { directionOf } from '../metrics/direction';
import { TAG } from '../metrics/tags';
import { differingScales, isRawLoss, NORMALISED_LOSS, scaleSentence } from '../run/lossScale';
import type { Settings } from '../run/record';
import { GrowingSeries } from '../series/growingSeries';
import type { LineWindow } from '../series/query';
import type { HeldLine } from '../series/windows';

/** A compared run: the tags that make a curve, which takes two points, and its settings. */
export interface CurveRun {
  readonly folder: string;
  readonly tags: readonly string[];
  readonly settings: Settings;
}

/** What the section of the curves can show. */
export interface CurveChoice {
  /** Tags that can be drawn over each other: recorded by every run that has any, in order of name. */
  readonly tags: readonly string[];
  /** Of `tags`, those that are shown first; null where there is none. */
  readonly loss: string | null;
  readonly accuracy: string | null;
  /** Why the loss itself is not drawn, and what is; empty where it is. */
  readonly note: string;
  /** Folders of the runs that have no curves. */
  readonly without: readonly string[];
}

/** Chooses what is drawn of some runs. */
export function chooseCurves(runs: readonly CurveRun[]): CurveChoice {
  const having = runs.filter(({ tags }) => tags.length > 0);
  const shared = sharedTags(having);
  const differing = shared.some(isRawLoss) ? differingScales(having.map(({ settings }) => settings)) : [];
  const tags = differing.length === 0 ? shared : shared.filter((tag) => !isRawLoss(tag));
  return {
    tags,
    loss: lossOf(tags, differing.length > 0),
    accuracy: accuracyOf(tags),
    note: differing.length === 0 ? '' : noteOf(differing, tags),
    without: runs.filter(({ tags: own }) => own.length === 0).map(({ folder }) => folder),
  };
}

/**
 * A line less the baseline's, in the unit of both, at the places that both have a point at. Of points at one place the
 * last counts; a value that is not finite on either side leaves a gap, which is counted. In thinned windows the places
 * are the ends of their buckets, and `perBucket` is that of the coarser one.
 */
export function differenceOf(baseline: LineWindow, own: LineWindow): HeldLine {
  const before = valuesByPlace(baseline);
  const series = new GrowingSeries();
  for (const [x, value] of valuesByPlace(own)) {
    const other = before.get(x);
    if (other !== undefined) series.push(x, x, finiteOrNaN(value - other));
  }
  const { steps: x, values } = series.columns();
  const window = {
    ...{ x, min: values, max: values, last: values, smoothed: new Float64Array(0) },
    perBucket: Math.max(baseline.perBucket, own.perBucket),
    nonFinite: Uint32Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0)),
  };
  return { window, statistics: series.statistics() };
}

const byName = new Intl.Collator('en', { numeric: true });

function sharedTags(runs: readonly CurveRun[]): string[] {
  const sets = runs.map(({ tags }) => new Set(tags));
  const shared = [...(sets.at(0) ?? [])].filter((tag) => sets.every((tags) => tags.has(tag)));
  return shared.sort((a, b) => byName.compare(a, b));
}

function lossOf(tags: readonly string[], isNormalised: boolean): string | null {
  const preferred = isNormalised ? NORMALISED_LOSS : TAG.loss;
  if (tags.includes(preferred)) return preferred;
  // Losses under other names may be raw ones as well.
  return isNormalised
    ? null
    : (tags.find((tag) => /loss/i.test(tag) && directionOf(tag) === 'lower') ?? null);
}

const ACCURACIES: readonly string[] = [TAG.knnAccuracy, TAG.onlineProbeAccuracy, TAG.probeAccuracy];

/** Ours first, then one of a validation split, then any. */
function accuracyOf(tags: readonly string[]): string | null {
  const named = tags.filter((tag) => /acc/i.test(tag) && directionOf(tag) === 'higher');
  const ours = ACCURACIES.find((tag) => tags.includes(tag));
  return ours ?? named.find((tag) => /val/i.test(tag)) ?? named.at(0) ?? null;
}

function noteOf(differing: readonly string[], tags: readonly string[]): string {
  const remedy = tags.includes(NORMALISED_LOSS)
    ? l10n.t('Headroom is drawn instead.')
    : l10n.t('Not all of them record headroom, so no loss is drawn.');
  return `${scaleSentence(differing)} ${remedy}`;
}

/** In order of place. */
function valuesByPlace({ x, last }: LineWindow): Map<number, number> {
  return new Map(Array.from(x, (place, i) => [place, last[i]]));
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
