/**
 * Numbers, durations and names as every surface shows them: three significant digits, units with a space,
 * SI prefixes, durations in their two largest units. Pure text in, text out.
 */
import * as l10n from '@vscode/l10n';

const SI_PREFIXES = [
  { factor: 1e12, prefix: 'T' },
  { factor: 1e9, prefix: 'G' },
  { factor: 1e6, prefix: 'M' },
] as const;

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
const ELLIPSIS = '…';

/** A number with `digits` significant digits, for example 5.92, 1,910, 1.2e-4, 3.40 M; NaN and ∞ as such. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(Number(value.toPrecision(digits)));
  if (size >= 1e15 || (size > 0 && size < 1e-3)) return value.toExponential(Math.min(digits - 1, 2));
  const prefix = SI_PREFIXES.find(({ factor }) => size >= factor);
  if (prefix) return `${(value / prefix.factor).toPrecision(digits)} ${prefix.prefix}`;
  if (size >= 1000) return withThousands(Math.round(Number(value.toPrecision(digits))));
  return decimal(value, digits);
}

/** A whole number with thousands separated, for example 12,345. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? withThousands(Math.round(value)) : formatNonFinite(value);
}

/** A share from 0 to 1 in per cent with one decimal, for example 88.4 %. */
export function formatPercent(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : formatNonFinite(share);
}

/** A count of bytes with its SI unit, for example 512 MB. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return formatNonFinite(bytes);
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const size = Math.max(1, Math.abs(bytes));
  const index = Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
  return `${decimal(bytes / 1000 ** index, 3)} ${units[index] ?? 'B'}`;
}

/** Seconds in their two largest units: 12 s, 3 m 12 s, 1 h 02 m, 2 d 3 h. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatNonFinite(seconds);
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return `${Math.floor(whole / MINUTE_S)} m ${twoDigits(whole % MINUTE_S)} s`;
  if (whole < DAY_S) {
    return `${Math.floor(whole / HOUR_S)} h ${twoDigits(Math.floor((whole % HOUR_S) / MINUTE_S))} m`;
  }
  return `${Math.floor(whole / DAY_S)} d ${Math.floor((whole % DAY_S) / HOUR_S)} h`;
}

/** Seconds in their largest unit, for places that must not flicker: 41 m, 3 h, 12 s. */
export function formatRoughDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (!Number.isFinite(whole)) return formatNonFinite(whole);
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return `${Math.round(whole / MINUTE_S)} m`;
  return whole < DAY_S ? formatDuration(whole) : `${Math.round(whole / DAY_S)} d`;
}

/** A point in time relative to now, both in milliseconds: `just now`, `2 m ago`. */
export function formatAge(at: number, now: number): string {
  const seconds = (now - at) / 1000;
  return seconds < 5 ? l10n.t('just now') : l10n.t('{0} ago', formatRoughDuration(seconds));
}

/** Cuts a long name in the middle, so that both its stem and its suffix stay readable. */
export function cutMiddle(text: string, maximumLength: number): string {
  const characters = Array.from(text);
  if (characters.length <= maximumLength) return text;
  const kept = Math.max(1, maximumLength - ELLIPSIS.length);
  const head = Math.ceil(kept / 2);
  const tail = kept - head;
  return characters.slice(0, head).join('') + ELLIPSIS + (tail > 0 ? characters.slice(-tail).join('') : '');
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '−∞';
}

/** Fixed-point text with `digits` significant digits; trailing zeros stay, so columns keep their width. */
function decimal(value: number, digits: number): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  return value.toFixed(Math.max(0, digits - 1 - magnitude));
}

function withThousands(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** The first few names of `count` things, for example `a, b and 3 more`. */
export function formatSome(names: readonly string[], count: number): string {
  const more = count - names.length;
  const listed = names.join(', ');
  return more > 0 ? l10n.t('{0} and {1} more', listed, more) : listed;
}
