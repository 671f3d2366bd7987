/**
 * A value as text, four ways: short for the cell, exact for the tooltip, plain for files and the clipboard, and the
 * mean with its spread for a group of seeds. A missing value is empty everywhere, so it is never taken for a zero.
 */
import * as l10n from '@vscode/l10n';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
} from '../display/format';
import type { ColumnKind, TableColumn } from './columns';
import type { Spread } from './groups';
import type { Value } from './row';

/** Short: three significant digits, units, relative times. `now` in milliseconds since 1970. */
export function cellText(value: Value, kind: ColumnKind, now: number): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? l10n.t('yes') : l10n.t('no');
  return typeof value === 'string' ? value : SHORT[kind](value, now);
}

/** Exact: full precision, absolute times. */
export function exactText(value: Value, kind: ColumnKind): string {
  if (typeof value !== 'number') return cellText(value, kind, 0);
  if (kind === 'time') return new Date(value).toLocaleString();
  if (kind === 'share') return `${String(value)} (${formatPercent(value)})`;
  if (kind === 'bytes') return `${formatCount(value)} B`;
  return kind === 'duration' ? `${String(value)} s` : String(value);
}

/** For files: numbers stay numbers (seconds, shares from 0 to 1, bytes), times are ISO 8601 in UTC. */
export function plainValue(value: Value, kind: ColumnKind): string | number {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && kind === 'time' ? new Date(value).toISOString() : value;
}

/** For example `88.4 ± 0.3 %`; the mean alone for a single run. */
export function spreadText({ mean, deviation, count }: Spread, kind: ColumnKind): string {
  if (count < 2 || Number.isNaN(deviation)) return SHORT[kind](mean, 0);
  if (kind === 'share') return `${(100 * mean).toFixed(1)} ± ${formatPercent(deviation)}`;
  return `${SHORT[kind](mean, 0)} ± ${SHORT[kind](deviation, 0)}`;
}

/** The head of a column in a file, with its unit. */
export function headerText({
  label,
  fileLabel = label,
  kind,
}: Pick<TableColumn, 'label' | 'fileLabel' | 'kind'>): string {
  const unit = FILE_UNITS[kind];
  return unit === undefined ? fileLabel : `${fileLabel} (${unit})`;
}

const FILE_UNITS: Readonly<Partial<Record<ColumnKind, string>>> = { bytes: 'B', duration: 's' };

const SHORT: Readonly<Record<ColumnKind, (value: number, now: number) => string>> = {
  text: String,
  flag: String,
  number: (value) => formatSetting(value),
  count: (value) => formatCount(value),
  share: (value) => formatPercent(value),
  bytes: (value) => formatBytes(value),
  duration: (value) => formatDuration(value),
  time: (value, now) => formatAge(value, now),
};

/** A whole number of up to six figures reads best as it is: 256, 1024, 50000. */
function formatSetting(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? formatCount(value) : formatNumber(value);
}
