/**
 * The verdict on a contrast is read off the 95 % interval of its difference, which points the way of the paper:
 * all above zero holds, all below does not hold, and zero inside cannot be told. Nothing else is weighed in.
 */
import { metricNamed } from '../run/metrics';
import type { Metric, MetricName } from '../run/metrics';
import type { Results } from '../run/results';
import { bootstrapPair } from '../statistics/bootstrap';
import { estimatePairedDifference } from '../statistics/interval';
import { deviationOf } from '../statistics/quantile';
import type { Arm, Claim, Contrast, FigureOrdering, Ordering, Spread } from './claim';

export const VERDICTS = ['holds', 'does not hold', 'cannot be told'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The runs of one arm, in the order of their seeds; undefined where a run has no figures. */
export type ArmResults = Readonly<Record<string, readonly (Results | undefined)[]>>;

export interface Judged {
  readonly contrast: Contrast;
  /** Difference in the paper's direction, in the metric's own unit; positive is as the paper says. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Pairs of runs, or settings in the smaller family. */
  readonly count: number;
  readonly verdict: Verdict;
}

/** Judges every contrast of a claim. */
export function judge(claim: Claim, results: ArmResults): Judged[] {
  return claim.contrasts.map((contrast) => judgeContrast(contrast, claim.arms, results));
}

/** A claim holds if all its contrasts do, and does not if one does not. */
export function verdictOf(judged: readonly Judged[]): Verdict {
  if (judged.some(({ verdict }) => verdict === 'does not hold')) return 'does not hold';
  return judged.length > 0 && judged.every(({ verdict }) => verdict === 'holds') ? 'holds' : 'cannot be told';
}

function judgeContrast(contrast: Contrast, arms: readonly Arm[], results: ArmResults): Judged {
  switch (contrast.kind) {
    case 'ordering':
      return judgeOrdering(contrast, results);
    case 'figures':
      return judgeFigures(contrast, results);
    case 'spread':
      return judgeSpread(contrast, arms, results);
  }
}

function judgeOrdering(contrast: Ordering, results: ArmResults): Judged {
  const metric = metricNamed(contrast.metric);
  const pairs = pairUp(figures(results, contrast.better, metric), figures(results, contrast.worse, metric));
  return paired(contrast, pairs, metric);
}

function judgeFigures(contrast: FigureOrdering, results: ArmResults): Judged {
  const metric = metricNamed(contrast.better);
  const other = metricNamed(contrast.worse);
  const pairs = pairUp(figures(results, contrast.arm, metric), figures(results, contrast.arm, other));
  return paired(contrast, pairs, metric);
}

type Pairs = readonly (readonly [number, number])[];

/** Seeds at which both runs have the figure. */
function pairUp(a: readonly (number | undefined)[], b: readonly (number | undefined)[]): Pairs {
  return a.flatMap((value, i) => {
    const other = b[i];
    return value === undefined || other === undefined ? [] : [[value, other] as const];
  });
}

function paired(contrast: Contrast, pairs: Pairs, { better }: Metric): Judged {
  const sign = better === 'higher' ? 1 : -1;
  const estimate = estimatePairedDifference(
    pairs.map(([a]) => sign * a),
    pairs.map(([, b]) => sign * b),
  );
  const { mean, low, high, count } = estimate;
  return { contrast, difference: mean, low, high, count, verdict: readOff(low, high) };
}

/** Standard deviation over the settings of each family, every setting being the mean of its seeds. */
function judgeSpread(contrast: Spread, arms: readonly Arm[], results: ArmResults): Judged {
  const narrow = familyMeans(contrast.narrower, contrast.metric, { arms, results });
  const wide = familyMeans(contrast.wider, contrast.metric, { arms, results });
  const count = Math.min(narrow.length, wide.length);
  if (count < 2)
    return { contrast, difference: NaN, low: -Infinity, high: Infinity, count, verdict: 'cannot be told' };
  const { value, low, high } = bootstrapPair(wide, narrow, (a, b) => deviationOf(a) - deviationOf(b));
  return { contrast, difference: value, low, high, count, verdict: readOff(low, high) };
}

/** One mean over seeds for each setting of a family that has any figure. */
export function familyMeans(
  family: string,
  metric: MetricName,
  { arms, results }: { readonly arms: readonly Arm[]; readonly results: ArmResults },
): number[] {
  return arms
    .filter((arm) => arm.family === family)
    .map(({ name }) => figures(results, name, metricNamed(metric)).filter((value) => value !== undefined))
    .filter((values) => values.length > 0)
    .map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
}

function figures(results: ArmResults, arm: string, metric: Metric): (number | undefined)[] {
  return (results[arm] ?? []).map((run) => run && metric.of(run));
}

function readOff(low: number, high: number): Verdict {
  if (low > 0) return 'holds';
  return high < 0 ? 'does not hold' : 'cannot be told';
}
