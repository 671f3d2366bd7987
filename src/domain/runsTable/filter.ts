/** Filters over columns, typed by the column: numbers with units, durations, dates, texts without regard to case. */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../errors';
import { cellText } from './cellText';
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

/** An operator as people read it; those of numbers are signs. */
export function operatorInWords(operator: Operator): string {
  return OPERATOR_WORDS[operator] ?? operator;
}

/** In words, for a chip: `loss.temperature < 0.2`. With the kind of the column yes and no are in the editor's language. */
export function filterInWords({ operator, operand }: Filter, label: string, kind?: ColumnKind): string {
  const word = operatorInWords(operator);
  if (!takesOperand(operator)) return `${label} ${word}`;
  const flag = kind === 'flag' ? flagOf(operand) : undefined;
  return `${label} ${word} ${flag === undefined ? operand : cellText(flag, 'flag', 0)}`;
}

const OPERATOR_WORDS: Readonly<Partial<Record<Operator, string>>> = {
  contains: l10n.t('contains'),
  missing: l10n.t('missing'),
  present: l10n.t('present'),
};

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
 * that the line begins with names the column. Operators that are words may be English or in the editor's language.
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
  const operator = OPERATORS.find((known) => known === word || operatorInWords(known).toLowerCase() === word);
  return operator && { column: found.id, operator, operand: (parts['operand'] || '').trim() };
}

/** After the label: an operator with an operand, or one of those without. */
const LINE = new RegExp(
  String.raw`^\s*(?:(?<compare>!=|<=|>=|=|<|>|\s(?:${spellings('contains')})\s)\s*(?<operand>.+)` +
    String.raw`|\s(?<word>${spellings('missing')}|${spellings('present')}))$`,
  'i',
);

function spellings(operator: Operator): string {
  const words = [...new Set([operator, operatorInWords(operator)])];
  return words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
}

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
  throw new HumanError(complaintOf(kind, trimmed, label));
}

function parseFlag(text: string, label: string): boolean {
  const flag = flagOf(text);
  if (flag !== undefined) return flag;
  throw new HumanError(l10n.t('"{0}" is neither yes nor no for {1}: write yes or no.', text, label));
}

/** Yes or no, in English, which is how a kept filter has it, or in the editor's language. */
function flagOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  const means = (flag: boolean) => cellText(flag, 'flag', 0).toLowerCase() === word;
  if (/^(yes|true)$/.test(word) || means(true)) return true;
  return /^(no|false)$/.test(word) || means(false) ? false : undefined;
}

/** What is wrong with an operand for a column of numbers, with examples of what is right. */
function complaintOf(kind: ColumnKind, text: string, label: string): string {
  switch (kind) {
    case 'time':
      return l10n.t('"{0}" is no date for {1}: write 2026-08-31 or 2026-08-31T09:30.', text, label);
    case 'duration':
      return l10n.t('"{0}" is no duration for {1}: write 90, 3 m or 1 h 30 m.', text, label);
    case 'share':
      return l10n.t('"{0}" is no number for {1}: write 0.884 or 88.4 %.', text, label);
    case 'bytes':
      return l10n.t('"{0}" is no number for {1}: write 1e9 or 512 MB.', text, label);
    case 'number':
    case 'count':
    case 'text':
    case 'flag':
      return l10n.t('"{0}" is no number for {1}: write 0.1 or 1e-4.', text, label);
  }
}

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
