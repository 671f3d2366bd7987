/**
 * The section `classes`: accuracy of each class. With seed groups the interval is that of the groups; with one run on
 * a side it is that of the test samples, so that a class of thirty images is not made much of.
 */
import * as l10n from '@vscode/l10n';
import type { PerClass, Results } from '../run/results';
import type { DeltaOptions } from './delta';
import { deltaOf, meanOf, signed } from './delta';
import type { RunFacts } from './facts';
import { figureForm, valuesOf } from './metrics';
import { NOT_RECORDED, plainText } from './rows';
import type { Delta, MetricCell, MetricRow } from './runDiff';

/** Normal quantile of a two-sided 95 % interval. */
const QUANTILE = 1.96;
const FORM = figureForm('share', 'higher');

/** One row a class, in the order of the first run that has it; none where no run records classes. */
export function compareClasses(facts: readonly RunFacts[]): MetricRow[] {
  const names = new Set(facts.flatMap(({ results }) => results?.perClass?.classes ?? []));
  return [...names].map((name) => rowOf(name, facts));
}

function rowOf(name: string, facts: readonly RunFacts[]): MetricRow {
  const groups = facts.map((_, column) =>
    valuesOf(facts, column, ({ results }) => results?.perClass && accuracyOf(results.perClass, name)),
  );
  const samples = facts.map(({ results }) => samplesOf(results, name));
  const cells = groups.map((values, column): MetricCell => {
    if (values.length === 0) return NOTHING;
    const value = meanOf(values);
    const delta = column === 0 ? null : classDelta([groups[0], values], [samples[0], samples[column]]);
    return { value, text: FORM.text(value), title: titleOf(value, samples[column]), delta, note: '' };
  });
  const minor = cells.slice(1).every(({ delta }) => delta === null || isNoise(delta));
  return { key: name, label: name, statistic: 'final', better: 'higher', minor, cells };
}

function isNoise({ verdict }: Delta): boolean {
  return verdict === 'cannot tell' || verdict === 'equal';
}

type Both<T> = readonly [baseline: T, own: T];

function classDelta([baseline, own]: Both<number[]>, samples: Both<number | undefined>): Delta | null {
  const delta = deltaOf(baseline, own, FORM.delta);
  if (delta === null || delta.low !== null || samples[0] === undefined || samples[1] === undefined)
    return delta;
  const reach =
    QUANTILE * Math.sqrt(variance(meanOf(baseline), samples[0]) + variance(meanOf(own), samples[1]));
  return withReach(delta, reach, FORM.delta);
}

/** The interval of two independent shares (Wald, with a success and a failure added to each against shares of 0 or 1). */
function withReach(delta: Delta, reach: number, { text }: DeltaOptions): Delta {
  const [low, high] = [delta.value - reach, delta.value + reach];
  const interval = `${signed(low, text)}…${signed(high, text)}`;
  const isTold = low > 0 || high < 0;
  const verdict = delta.value === 0 ? 'equal' : isTold ? directionVerdict(delta) : 'cannot tell';
  return {
    ...delta,
    low,
    high,
    interval: isTold ? interval : l10n.t('within noise: {0}', interval),
    verdict,
  };
}

function directionVerdict({ direction }: Delta): 'better' | 'worse' | 'changed' {
  return direction === 'none' ? 'changed' : direction;
}

function variance(share: number, samples: number): number {
  const p = (share * samples + 1) / (samples + 2);
  return (p * (1 - p)) / (samples + 2);
}

function accuracyOf({ classes, accuracy }: PerClass, name: string): number | null | undefined {
  return accuracy[classes.indexOf(name)];
}

/** Test samples of a class, from the row of the confusion matrix; undefined where there is none. */
function samplesOf(results: Results | null, name: string): number | undefined {
  const perClass = results?.perClass;
  const row = perClass?.confusion?.[perClass.classes.indexOf(name)];
  return row?.reduce((sum, count) => sum + count, 0);
}

function titleOf(share: number, samples: number | undefined): string {
  return samples === undefined ? plainText(share) : l10n.t('{0} of {1} samples', plainText(share), samples);
}

const NOTHING: MetricCell = { value: null, text: NOT_RECORDED, title: '', delta: null, note: '' };
