/**
 * Rows of one value a column, compared with the baseline's. A column without a record is never called different:
 * nobody knows. A column with a record that lacks the key is.
 */
import * as l10n from '@vscode/l10n';
import type { Values } from './facts';
import type { DiffCell, DiffRow } from './runDiff';

/** How a key is shown. */
export interface RowForm {
  readonly label?: string;
  readonly description?: string;
  /** The text of a value; as JSON, strings without quotes, by default. */
  readonly text?: (value: unknown) => string;
  /** In full, where the text is rounded. */
  readonly title?: (value: unknown) => string;
  /** A remark about a column's value. */
  readonly note?: (column: number, value: unknown) => string;
  /** Whether a column that lacks the key may have it all the same: then nobody knows. */
  readonly isUnknown?: (column: number) => boolean;
}

export const NOT_RECORDED = l10n.t('not recorded');
const ABSENT = '–';
const ENCODED = new Intl.Collator('en', { numeric: true });

/**
 * One row a key.
 * @param columns the values of each column, null where nothing is recorded
 * @param keys the order; keys of the columns that are not among them follow, sorted
 */
export function compareValues(
  columns: readonly (Values | null)[],
  keys: readonly string[],
  formOf: (key: string) => RowForm = () => ({}),
): DiffRow[] {
  return orderedKeys(columns, keys).map((key) => rowOf(key, columns, formOf(key)));
}

/** Nested objects as one value a leaf, by dotted path; lists are leaves. */
export function flatten(values: Values, prefix = ''): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      isPlainObject(value) ? Object.entries(flatten(value, `${prefix}${key}.`)) : [[prefix + key, value]],
    ),
  );
}

/** A value as people read it: text without quotes, anything else as JSON. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return JSON.stringify(value);
}

function orderedKeys(columns: readonly (Values | null)[], keys: readonly string[]): string[] {
  const present = new Set(columns.flatMap((values) => Object.keys(values ?? {})));
  const others = [...present].filter((key) => !keys.includes(key)).sort((a, b) => ENCODED.compare(a, b));
  return [...keys.filter((key) => present.has(key)), ...others];
}

function rowOf(key: string, columns: readonly (Values | null)[], form: RowForm): DiffRow {
  const { label = key, description = '' } = form;
  const known = columns.map((values, column) =>
    lacks(values, key) && form.isUnknown?.(column) === true ? null : values,
  );
  const [baseline = null] = known;
  const cells = known.map((values, column) => {
    const differs = baseline !== null && values !== null && !isEqual(baseline[key], values[key]);
    return cellOf(values, key, { form, column, differs });
  });
  return { key, label, description, differs: cells.some(({ differs }) => differs), cells };
}

function lacks(values: Values | null, key: string): boolean {
  return values?.[key] === undefined;
}

function cellOf(
  values: Values | null,
  key: string,
  { form, column, differs }: { form: RowForm; column: number; differs: boolean },
): DiffCell {
  const value = values?.[key];
  if (value === undefined) {
    const text = values === null ? NOT_RECORDED : ABSENT;
    return { text, title: '', note: '', value: null, differs };
  }
  return {
    text: (form.text ?? plainText)(value),
    title: form.title?.(value) ?? '',
    note: form.note?.(column, value) ?? '',
    value,
    differs,
  };
}

function isEqual(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

function isPlainObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
