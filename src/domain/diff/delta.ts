/**
 * A figure of one run, or of a seed group, less the baseline's. With several runs on both sides the interval is a
 * bootstrap of the difference of means; with one run, or zero inside the interval, nothing can be told.
 */
import * as l10n from '@vscode/l10n';
import type { Direction } from '../metrics/direction';
import { bootstrapPair } from '../statistics/bootstrap';
import type { Delta, DeltaVerdict } from './runDiff';

/** How differences of a figure are written: a number of its own size, without a sign. */
export type FigureText = (value: number) => string;

export interface DeltaOptions {
  readonly better: Direction | null;
  readonly text: FigureText;
}

const MINUS = '−';

/** The difference of means, `own` less `baseline`; null unless both have a finite value. */
export function deltaOf(
  baseline: readonly number[],
  own: readonly number[],
  { better, text }: DeltaOptions,
): Delta | null {
  if (baseline.length === 0 || own.length === 0) return null;
  const value = meanOf(own) - meanOf(baseline);
  if (!Number.isFinite(value)) return null;
  const counts = `${baseline.length}+${own.length}`;
  const direction = directionOf(value, better);
  const said = { value, text: signed(value, text), counts, direction };
  if (Math.min(baseline.length, own.length) < 2)
    return {
      ...said,
      low: null,
      high: null,
      interval: l10n.t('cannot tell: one seed'),
      verdict: oneSeed(value),
    };
  const { low, high } = bootstrapPair(own, baseline, (a, b) => meanOf(a) - meanOf(b));
  const interval = `${signed(low, text)}…${signed(high, text)}`;
  return { ...said, low, high, ...verdictOf({ low, high, interval, direction, value }) };
}

/** A number with its sign, for example `+0.6`; a real minus sign, which is as wide as the plus. */
export function signed(value: number, text: FigureText): string {
  if (value === 0) return text(0);
  return `${value < 0 ? MINUS : '+'}${text(Math.abs(value))}`;
}

/** The mean; not a number for none. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function oneSeed(value: number): DeltaVerdict {
  return value === 0 ? 'equal' : 'cannot tell';
}

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly interval: string;
  readonly direction: Delta['direction'];
  readonly value: number;
}

function verdictOf({ low, high, interval, direction, value }: Interval): Pick<Delta, 'verdict' | 'interval'> {
  if (low === 0 && high === 0 && value === 0) return { verdict: 'equal', interval };
  if (low <= 0 && high >= 0)
    return { verdict: 'cannot tell', interval: l10n.t('cannot tell: {0}', interval) };
  return { verdict: direction === 'none' ? 'changed' : direction, interval };
}

function directionOf(value: number, better: Direction | null): Delta['direction'] {
  if (better === null || value === 0) return 'none';
  return value > 0 === (better === 'higher') ? 'better' : 'worse';
}
