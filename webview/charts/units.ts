/** How the numbers of a chart read: a single value with its unit, and the ticks of an axis with equal decimals. */
import { formatBytes, formatCount, formatNumber, formatPercent } from '../../src/domain/display/format';

/** A way to write values. */
export interface Unit {
  /** One value, with its unit. */
  format(value: number): string;
  /** A tick, when ticks are `gap` apart. */
  tick(value: number, gap: number): string;
}

/** Values without a unit. */
export const PLAIN: Unit = { format: (value) => formatNumber(value), tick: plainTick };

/** Values near 0 to 1 whose second decimal is the last that matters. */
export const RATIO: Unit = {
  format: (value) => (Number.isFinite(value) ? value.toFixed(2) : formatNumber(value)),
  tick: plainTick,
};

/** Shares from 0 to 1, written in per cent. */
export const SHARE: Unit = {
  format: formatPercent,
  tick: (value, gap) => `${decimals(value * 100, gap * 100)} %`,
};

/** Values that are per cent already. */
export const PERCENT: Unit = {
  format: (value) => `${formatNumber(value)} %`,
  tick: (value, gap) => `${decimals(value, gap)} %`,
};

/** Bytes. */
export const BYTES: Unit = { format: formatBytes, tick: (value) => formatBytes(value) };

/** Watts. */
export const WATTS: Unit = {
  format: (value) => `${formatNumber(value)} W`,
  tick: (value, gap) => `${decimals(value, gap)} W`,
};

/** Seconds. */
export const SECONDS: Unit = {
  format: (value) => `${formatNumber(value)} s`,
  tick: (value, gap) => `${decimals(value, gap)} s`,
};

function plainTick(value: number, gap: number): string {
  const size = Math.abs(value);
  if (size >= 1e4 || gap < 1e-4) return value === 0 ? '0' : formatNumber(value, 2);
  return decimals(value, gap);
}

/** As many decimals as ticks a gap apart need to differ. */
function decimals(value: number, gap: number): string {
  const places = Math.max(0, Math.min(6, Math.ceil(-Math.log10(gap) - 1e-9)));
  const digits = places + gapRemainder(gap, places);
  return digits === 0 ? formatCount(value) : value.toFixed(digits);
}

/** One more decimal for gaps such as 0.25 or 2.5. */
function gapRemainder(gap: number, places: number): number {
  const scaled = gap * 10 ** places;
  return Math.abs(scaled - Math.round(scaled)) > 1e-6 ? 1 : 0;
}
