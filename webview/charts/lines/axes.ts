/** The two axes of a chart: what their ticks say, by what the x axis measures and by the unit of the values. */
import * as l10n from '@vscode/l10n';
import { formatCount, formatDuration, formatNumber } from '../../../src/domain/display/format';
import type { XAxis } from '../../../src/domain/series/query';

/** What stands on an axis: places and their texts. */
export interface Ticks {
  readonly places: readonly number[];
  readonly texts: readonly string[];
}

const MINUTE_S = 60;
const DAY_S = 86_400;

/** What an axis measures, in words. */
export const AXIS_WORDS: Readonly<Record<XAxis, string>> = {
  step: l10n.t('step'),
  epoch: l10n.t('epoch'),
  wall: l10n.t('wall time'),
  relative: l10n.t('relative time'),
  views: l10n.t('views seen'),
};

/** A chart's title with what its x axis measures, for assistive technology. */
export function titleByAxis(title: string, axis: XAxis): string {
  switch (axis) {
    case 'step':
      return l10n.t('{0}, by step', title);
    case 'epoch':
      return l10n.t('{0}, by epoch', title);
    case 'wall':
      return l10n.t('{0}, by wall', title);
    case 'relative':
      return l10n.t('{0}, by relative', title);
    case 'views':
      return l10n.t('{0}, by views', title);
  }
}

/** The text of a tick on the x axis, when ticks are `gap` apart. */
export function xTick(axis: XAxis, value: number, gap: number): string {
  switch (axis) {
    case 'wall':
      return clock(new Date(value * 1000), gap);
    case 'relative':
      return formatDuration(value);
    case 'epoch':
      return gap < 1 ? value.toFixed(Math.min(3, Math.ceil(-Math.log10(gap)))) : formatCount(value);
    case 'step':
    case 'views':
      return value >= 1e6 ? formatNumber(value) : formatCount(value);
  }
}

/** A place on the x axis in full, for the readout. */
export function xInWords(axis: XAxis, value: number): string {
  switch (axis) {
    case 'wall':
      return new Date(value * 1000).toLocaleString();
    case 'relative':
      return formatDuration(value);
    case 'epoch':
      return l10n.t('epoch {0}', value.toFixed(2));
    case 'step':
      return l10n.t('step {0}', formatCount(value));
    case 'views':
      return l10n.t('{0} views', formatCount(value));
  }
}

/** Gaps between ticks that read well on an axis; undefined lets the library choose. */
export function xGaps(axis: XAxis): number[] | undefined {
  if (axis === 'wall') return undefined;
  if (axis === 'relative')
    return [
      1,
      2,
      5,
      10,
      20,
      30,
      60,
      120,
      300,
      600,
      1200,
      1800,
      3600,
      7200,
      14_400,
      43_200,
      DAY_S,
      2 * DAY_S,
      7 * DAY_S,
    ];
  const gaps: number[] = axis === 'epoch' ? [0.01, 0.02, 0.05, 0.1, 0.2, 0.5] : [];
  for (let power = 0; power <= 12; power++)
    for (const mantissa of [1, 2, 5]) gaps.push(mantissa * 10 ** power);
  return gaps;
}

function clock(date: Date, gap: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  if (gap >= DAY_S) return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return gap < MINUTE_S ? `${time}:${two(date.getSeconds())}` : time;
}
