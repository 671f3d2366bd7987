/** Filters over columns, typed by the column: numbers with units, durations, dates, texts without regard to case. */
import { HumanError } from '../errors';
import type { ColumnKind, TableColumn } from './columns';
import { isNumeric } from './columns';
import type { RunRow, Value } from './row';

export const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'contains', 'missing', 'present'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One condition; all must hold. `operand` is as the user wrote it, empty for `missing` and `present`. */
export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  readonly operand: string;
}

/** Whether an operator compares with something. */
export function takesOperand(operator: Operator): boolean {
  return operator !== 'missing' && operator !== 'present';
}

/** Which operators make sense for a column. */
export function operatorsFor(kind: ColumnKind): readonly Operator[] {
  if (kind === 'flag') return ['=', '!='];
  if (kind === 'text') return ['contains', '=', '!=', 'missing', 'present'];
  return OPERATORS.filter((operator) => operator !== 'contains');
}

/** In words, for a chip: `loss.temperature < 0.2`. */
export function filterInWords({ operator, operand }: Filter, label: string): string {
  return takesOperand(operator) ? `${label} ${operator} ${operand}` : `${label} ${operator}`;
}

/** A test of rows. @throws HumanError if the operand does not fit the column */
export function predicateOf(filter: Filter, column: TableColumn): (row: RunRow) => boolean {
  const { operator } = filter;
  if (operator === 'missing') return (row) => isMissing(column.of(row));
  if (operator === 'present') return (row) => !isMissing(column.of(row));
  if (operator === 'contains') return containsTest(filter.operand, column);
  const operand = parseOperand(filter.operand, column);
  return (row) => holds(column.of(row), operator, operand);
}

/**
 * A filter from one line, for example `loss.temperature < 0.2`; undefined if the line is none. The longest label
 * that the line begins with names the column.
 */
export function parseFilter(line: string, columns: readonly TableColumn[]): Filter | undefined {
  const text = line.trim();
  const found = columns
    .filter(({ label }) => text.toLowerCase().startsWith(label.toLowerCase()))
    .sort((a, b) => b.label.length - a.label.length)
    .find(({ label }) => LINE.test(text.slice(label.length)));
  const parts = found && LINE.exec(text.slice(found.label.length))?.groups;
  if (!found || !parts) return undefined;
  const word = (parts['compare'] || parts['word']).trim().toLowerCase();
  const operator = OPERATORS.find((known) => known === word);
  return operator && { column: found.id, operator, operand: (parts['operand'] || '').trim() };
}

/** After the label: an operator with an operand, or one of those without. */
const LINE = /^\s*(?:(?<compare>!=|<=|>=|=|<|>|\scontains\s)\s*(?<operand>.+)|\s(?<word>missing|present))$/i;

/** Rows that any of the words of a search occur in: all words must, in the values of the given columns. */
export function searchRows(
  rows: readonly RunRow[],
  search: string,
  columns: readonly TableColumn[],
): readonly RunRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  const searched = columns.filter(({ kind }) => kind !== 'time');
  return rows.filter((row) => {
    const text = searched.map((column) => textOf(column.of(row))).join('\n');
    return words.every((word) => text.includes(word));
  });
}

function containsTest(operand: string, column: TableColumn): (row: RunRow) => boolean {
  const wanted = operand.toLowerCase();
  return (row) => textOf(column.of(row)).includes(wanted);
}

function textOf(value: Value): string {
  return value === undefined ? '' : String(value).toLowerCase();
}

function isMissing(value: Value): boolean {
  return value === undefined || Number.isNaN(value);
}

/** A run without the value meets `!=` and nothing else. */
function holds(value: Value, operator: Operator, operand: string | number | boolean): boolean {
  const equal = typeof value === 'string' ? value.toLowerCase() === operand : value === operand;
  if (operator === '=') return equal;
  if (operator === '!=') return !equal;
  if (typeof value !== 'number' || typeof operand !== 'number') return false;
  if (operator === '<') return value < operand;
  if (operator === '<=') return value <= operand;
  return operator === '>' ? value > operand : value >= operand;
}

function parseOperand(text: string, { kind, label }: TableColumn): string | number | boolean {
  const trimmed = text.trim();
  if (kind === 'flag') return parseFlag(trimmed, label);
  if (!isNumeric(kind)) return trimmed.toLowerCase();
  const number = kind === 'time' ? Date.parse(trimmed) : parseQuantity(trimmed, kind);
  const isNumber = number !== undefined && (!Number.isNaN(number) || trimmed === 'NaN');
  if (isNumber) return number;
  throw new HumanError(
    `"${trimmed}" is no ${NOUNS[kind] ?? 'number'} for ${label}: write ${EXAMPLES[kind] ?? '0.1 or 1e-4'}.`,
  );
}

function parseFlag(text: string, label: string): boolean {
  if (/^(yes|true)$/i.test(text)) return true;
  if (/^(no|false)$/i.test(text)) return false;
  throw new HumanError(`"${text}" is neither yes nor no for ${label}: write yes or no.`);
}

const NOUNS: Partial<Record<ColumnKind, string>> = { time: 'date', duration: 'duration' };
const EXAMPLES: Partial<Record<ColumnKind, string>> = {
  time: '2026-08-31 or 2026-08-31T09:30',
  duration: '90, 3 m or 1 h 30 m',
  share: '0.884 or 88.4 %',
  bytes: '1e9 or 512 MB',
};

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  '%': 0.01,
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
};

/** A sum of numbers with units, as cells show them: `1 h 30 m`, `88.4 %`; undefined if it is none. */
function parseQuantity(text: string, kind: ColumnKind): number | undefined {
  if (/^[-+]?(∞|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const plain = Number(text.replaceAll(',', ''));
  if (text !== '' && !Number.isNaN(plain)) return plain;
  const parts = [...text.matchAll(/([-+\d.,e]+)\s*([a-z%]+)\s*/giy)];
  const isWhole = parts.map(([part]) => part).join('') === text && parts.length > 0;
  const units = UNITS_OF[kind] ?? [];
  if (!isWhole || !parts.every(([, , unit = '']) => units.includes(unit))) return undefined;
  return parts.reduce((sum, [, size = '', unit = '']) => sum + Number(size) * (UNITS[unit] ?? 1), 0);
}

const UNITS_OF: Partial<Record<ColumnKind, readonly string[]>> = {
  duration: ['s', 'm', 'h', 'd'],
  share: ['%'],
  bytes: ['B', 'kB', 'MB', 'GB', 'TB'],
};
