/**
 * The columns that a set of runs can have: facts of the run, its settings, final metrics, and the last and best value
 * of every recorded tag. A column is a name, a kind that says how values read and sort, and a function of the row.
 */
import { stateInWords } from '../display/runLook';
import { METRICS } from '../run/metrics';
import type { RunSummary } from '../run/state';
import { RUN_LABELS, TAG_LABELS } from './columnLabels';
import type { RunRow, Value } from './row';
import type { Better } from './tagKinds';
import { directionOf, kindOfTag } from './tagKinds';

export const COLUMN_GROUPS = ['run', 'settings', 'metrics', 'tags'] as const;
export type ColumnGroup = (typeof COLUMN_GROUPS)[number];

/** How values read and compare. `time` is milliseconds since 1970, `duration` seconds, `share` 0 to 1. */
export type ColumnKind = 'text' | 'number' | 'count' | 'share' | 'bytes' | 'duration' | 'time' | 'flag';

/** One column. */
export interface TableColumn {
  /** Unique and the same in every window, for example `setting:loss.temperature`. */
  readonly id: string;
  readonly group: ColumnGroup;
  readonly label: string;
  /** The label in files, which is English; absent where that is `label`. */
  readonly fileLabel?: string;
  readonly kind: ColumnKind;
  /** Which end is good; absent where that cannot be said. */
  readonly better?: Better;
  of(row: RunRow): Value;
}

/** The column that is always there and always first. */
export const NAME_COLUMN = 'run:name';
export const STATE_COLUMN = 'run:state';

/** Every column that these rows can fill, by group. */
export function columnsOf(rows: readonly RunRow[]): TableColumn[] {
  return [...RUN_COLUMNS, ...settingColumns(rows), ...metricColumns(rows), ...tagColumns(rows)];
}

/** Whether values are numbers: right-aligned, compared by size, averaged over seeds. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind !== 'text' && kind !== 'flag';
}

const RUN_COLUMNS: readonly TableColumn[] = [
  fact('name', 'name', 'text', ({ name }) => name),
  fact('state', 'state', 'text', stateInWords),
  fact('kind', 'kind', 'text', ({ kind }) => kind),
  fact('group', 'group', 'text', ({ group }) => group || undefined),
  fact('loss', 'loss', 'text', ({ loss }) => loss),
  fact('seed', 'seed', 'text', ({ seed }) => (seed === null ? undefined : String(seed))),
  fact('created', 'started', 'time', ({ createdAt }) => createdAt),
  fact('duration', 'duration', 'duration', secondsOf),
  fact('progress', 'progress', 'share', ({ progress }) => progress?.fraction),
  fact('left', 'time left', 'duration', ({ progress }) => progress?.secondsLeft ?? undefined),
  fact('epoch', 'epoch', 'count', ({ progress }) => progress?.epoch),
  fact('step', 'step', 'count', ({ progress }) => progress?.step),
  fact('speed', 'views/s', 'number', ({ progress }) => progress?.viewsPerSecond ?? undefined),
  fact('headline', 'headline', 'share', ({ headline }) => headline?.value),
  fact('engine', 'engine', 'text', ({ engine }) => engine?.name),
  fact('device', 'device', 'text', ({ engine }) => engine?.device),
  fact('precision', 'precision', 'text', ({ engine }) => engine?.precision),
  fact('tags', 'tags', 'text', ({ tags }) => tags.join(', ') || undefined),
  fact('notes', 'notes', 'text', ({ notes }) => notes || undefined),
  fact('reason', 'reason of the end', 'text', ({ reason }) => reason ?? undefined),
  fact('starred', 'starred', 'flag', ({ starred }) => starred),
  fact('archived', 'archived', 'flag', ({ archived }) => archived),
  fact('id', 'id', 'text', ({ id }) => id),
  fact('folder', 'folder', 'text', ({ folder }) => folder),
];

function fact(
  name: keyof typeof RUN_LABELS,
  fileLabel: string,
  kind: ColumnKind,
  of: (run: RunSummary) => Value,
): TableColumn {
  const label = RUN_LABELS[name];
  return { id: `run:${name}`, group: 'run', label, fileLabel, kind, of: ({ summary }) => of(summary) };
}

/** Up to the last sign of life, so that a live run needs no clock. */
function secondsOf({ createdAt, endedAt, heartbeat }: RunSummary): number | undefined {
  const until = endedAt ?? heartbeat;
  return until === null ? undefined : (until - createdAt) / 1000;
}

function settingColumns(rows: readonly RunRow[]): TableColumn[] {
  return [...valuesByName(rows, ({ settings }) => settings)].map(([name, values]) => ({
    id: `setting:${name}`,
    group: 'settings',
    label: name,
    // A seed is a name, not a quantity: its mean says nothing.
    kind: name === 'seed' ? 'text' : kindOfSettings(values),
    of: ({ settings }) => settingValue(settings, name),
  }));
}

/** Names come from files: "constructor" must not find what every object has. */
function settingValue(settings: RunRow['settings'], name: string): Value {
  const value = Object.hasOwn(settings, name) ? settings[name] : null;
  if (value === null) return undefined;
  return name === 'seed' ? String(value) : value;
}

function kindOfSettings(values: readonly unknown[]): ColumnKind {
  const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (types.size !== 1) return 'text';
  return types.has('number') ? 'number' : types.has('boolean') ? 'flag' : 'text';
}

function metricColumns(rows: readonly RunRow[]): TableColumn[] {
  const present = new Set(rows.flatMap(({ figures }) => Object.keys(figures)));
  return METRICS.filter(({ name }) => present.has(name)).map(({ name, label, fileLabel, better, unit }) => ({
    id: `metric:${name}`,
    group: 'metrics',
    label,
    fileLabel,
    kind: unit,
    better,
    of: ({ figures }) => figures[name],
  }));
}

function tagColumns(rows: readonly RunRow[]): TableColumn[] {
  return [...valuesByName(rows, ({ tags }) => tags).keys()].flatMap(columnsOfTag);
}

function columnsOfTag(tag: string): TableColumn[] {
  const kind = kindOfTag(tag);
  const better = directionOf(tag);
  const column = (
    name: keyof typeof TAG_LABELS,
    of: (figures: RunRow['tags'][string]) => number,
  ): TableColumn => ({
    id: `tag:${tag}:${name}`,
    group: 'tags',
    label: TAG_LABELS[name](tag),
    fileLabel: `${tag}, ${name}`,
    kind,
    ...(better === undefined ? {} : { better }),
    of: ({ tags }) => (Object.hasOwn(tags, tag) ? of(tags[tag]) : undefined),
  });
  const last = column('last', (figures) => figures.last);
  if (better === undefined) return [last, column('min', ({ min }) => min), column('max', ({ max }) => max)];
  return [last, column('best', ({ min, max }) => (better === 'higher' ? max : min))];
}

/** Values by name over all rows, names in alphabetical order. */
function valuesByName<T>(
  rows: readonly RunRow[],
  namesOf: (row: RunRow) => Readonly<Record<string, T>>,
): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(namesOf(row))) {
      const values = found.get(name);
      if (values) values.push(value);
      else found.set(name, [value]);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
