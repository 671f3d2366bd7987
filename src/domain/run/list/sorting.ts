/**
 * The order of a list of runs by any number of keys: what every run has, any final figure, any setting. Runs that
 * lack a value come last whichever way the key points, and ties fall back to newest first, so an order is total.
 */
import * as l10n from '@vscode/l10n';
import { formatNumber, formatPercent } from '../../display/format';
import { HumanError } from '../../errors';
import { METRICS } from '../metrics';
import type { RunRecord, SettingValue } from '../record';

/** One key of an order. `by` is one of SORT_KEYS, a metric's name, or a setting's dotted key. */
export interface SortKey {
  readonly by: string;
  readonly descending: boolean;
}

/** The order of every list until the user asks for another. */
export const NEWEST_FIRST: readonly SortKey[] = [{ by: 'started', descending: true }];

/** The keys that need no figure and no setting, with what people call them and which end they want first. */
export const SORT_KEYS = [
  { by: 'started', label: l10n.t('started'), descending: true },
  { by: 'name', label: l10n.t('name'), descending: false },
  { by: 'headline', label: l10n.t('headline figure'), descending: true },
  { by: 'duration', label: l10n.t('duration'), descending: true },
  { by: 'state', label: l10n.t('state'), descending: false },
  { by: 'loss', label: l10n.t('loss function'), descending: false },
  { by: 'seed', label: l10n.t('seed'), descending: false },
  { by: 'star', label: l10n.t('star'), descending: true },
] as const;

/** A sorted copy. */
export function sortRecords(records: readonly RunRecord[], keys: readonly SortKey[]): RunRecord[] {
  const rows = records.map((record) => ({ record, values: keys.map(({ by }) => valueOf(record, by)) }));
  rows.sort((a, b) => {
    for (const [i, { descending }] of keys.entries()) {
      const order = compare(a.values[i], b.values[i], descending);
      if (order !== 0) return order;
    }
    return newestFirst(a.record, b.record);
  });
  return rows.map(({ record }) => record);
}

/** Every final figure that one of the runs has, as keys with the better end first. */
export function figureSortKeys(records: readonly RunRecord[]): (SortKey & { readonly label: string })[] {
  return METRICS.filter(({ name }) => records.some(({ figures }) => figures[name] !== undefined)).map(
    ({ name, label, better }) => ({ by: name, label, descending: (better as string) === 'higher' }),
  );
}

/** What a key is called, for example `linear probe`; a setting is called by its dotted key. */
export function sortKeyLabel(by: string): string {
  return (
    SORT_KEYS.find((key) => key.by === by)?.label ?? METRICS.find(({ name }) => name === by)?.label ?? by
  );
}

/** A figure as a list shows it, for example `linear probe` with `91.2 %`. */
export interface NamedFigure {
  readonly label: string;
  readonly value: string;
}

/** The final figure of a name; undefined if it is none, or the run has none. */
export function namedFigure({ figures }: RunRecord, by = ''): NamedFigure | undefined {
  const [metric, value] = [METRICS.find(({ name }) => name === by), figures[by]];
  if (metric === undefined || value === undefined) return undefined;
  const isShare = (metric.unit as string) === 'share';
  return { label: metric.label, value: isShare ? formatPercent(value) : formatNumber(value) };
}

/**
 * Reads `duration,-linearProbe,loss.temperature`: a minus turns a key round, a plus or nothing takes it as it is
 * wanted by default. Throws HumanError for a key that no run has.
 */
export function parseSortKeys(text: string, records: readonly RunRecord[]): SortKey[] {
  return text.split(',').map((part) => {
    const by = part.trim().replace(/^[+-]/, '');
    const descending = defaultDirection(by, records);
    return { by, descending: part.trim().startsWith('-') ? !descending : descending };
  });
}

function defaultDirection(by: string, records: readonly RunRecord[]): boolean {
  const known = [
    ...SORT_KEYS,
    ...METRICS.map((m) => ({ by: m.name, descending: (m.better as string) === 'higher' })),
  ];
  const found = known.find((key) => key.by === by);
  if (found !== undefined) return found.descending;
  if (by !== '' && records.some(({ settings }) => by in settings)) return false;
  const names = known.map((key) => key.by).join(', ');
  throw new HumanError(
    `Runs cannot be sorted by "${by}": name ${names}, or a setting such as loss.temperature.`,
  );
}

/** The value of a key; undefined where the run has none. */
function valueOf({ summary, figures, settings }: RunRecord, by: string): SettingValue | undefined {
  switch (by) {
    case 'started':
      return summary.createdAt;
    case 'name':
    case 'loss':
    case 'seed':
      return summary[by];
    case 'headline':
      return summary.headline?.value;
    case 'duration':
      return durationOf(summary);
    case 'state':
      return summary.endState ?? summary.state;
    case 'star':
      return summary.starred;
    default:
      return by in figures ? figures[by] : settings[by];
  }
}

/** A live run counts up to its last sign of life, so that two looks at the same files agree. */
function durationOf({ createdAt, endedAt, heartbeat }: RunRecord['summary']): number | undefined {
  const end = endedAt ?? heartbeat;
  return end === null ? undefined : end - createdAt;
}

function compare(a: SettingValue | undefined, b: SettingValue | undefined, descending: boolean): number {
  const missing = Number(isMissing(a)) - Number(isMissing(b));
  if (missing !== 0 || isMissing(a) || isMissing(b)) return missing;
  const order = kindOf(a) - kindOf(b) || (typeof a === 'string' ? inWords(a, b) : Number(a) - Number(b));
  return descending ? -order : order;
}

function isMissing(value: SettingValue | undefined): value is null | undefined {
  return value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value));
}

/** Numbers before words, so that a setting that is once one and once the other still has one order. */
function kindOf(value: SettingValue): number {
  return Number(typeof value === 'string');
}

const WORDS = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** `run-9` before `run-10`. */
function inWords(a: SettingValue, b: SettingValue): number {
  return WORDS.compare(String(a), String(b));
}

function newestFirst({ summary: a }: RunRecord, { summary: b }: RunRecord): number {
  return b.createdAt - a.createdAt || (a.folder < b.folder ? -1 : Number(a.folder > b.folder));
}
