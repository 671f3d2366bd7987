/** Which samples of a map are meant where it has none of those that were named. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../domain/display/format';
import type { Column } from '../../domain/maps/columns';
import { COLUMN_NAME } from '../../domain/maps/columns';
import type { OpenedSources } from '../../runs/maps/maps';
import type { InsteadOfIds, SelectedSamples } from '../selectionBus';

/** What is known of the sides of a map beside its sources: the columns of the epochs that were described last. */
export interface DescribedSides {
  readonly left: readonly Column[];
  readonly right: readonly Column[];
}

/** What to select. */
export interface SamplesOnMap {
  readonly ids: readonly string[];
  /** A sentence for people where others stand for the named samples; empty where none do. */
  readonly note: string;
}

/** The named samples, or what stands for them where the map has none of them; undefined while that is not known. */
export function samplesOnMap(
  { ids, asked }: SelectedSamples,
  { left, right, partners }: OpenedSources,
  described: DescribedSides,
): SamplesOnMap | undefined {
  const there = new Set([...left.ids, ...(right?.ids ?? [])]);
  if (asked === undefined || ids.some((id) => there.has(id))) return { ids, note: '' };
  const columns = { left: [...left.columns, ...described.left], right: described.right };
  const rows =
    asked.instead === 'changed' ? changedRows(columns, partners) : cellRows(columns.left, asked.instead);
  if (rows === undefined) return undefined;
  const own = left.ids.filter((_, row) => rows(row));
  const answers = [columns.left, columns.right].flat().filter(({ name }) => name === COLUMN_NAME.prediction);
  const isVoted = answers.some((column) => column.isVoted === true);
  return {
    ids: own,
    note: isVoted ? noteOfVotes(own.length, asked.instead) : noteOf(own.length, asked.instead),
  };
}

function noteOf(count: number, instead: InsteadOfIds): string {
  if (instead === 'changed')
    return l10n.t(
      'The map shows other samples than these: selected are those of its own whose answer differs between the two runs, {0} in number.',
      formatCount(count),
    );
  return l10n.t(
    'The map shows other samples than these: selected are those of its own of class {0} that were answered {1}, {2} in number.',
    instead.trueClass,
    instead.answer,
    formatCount(count),
  );
}

/** Where no answers are recorded, the nearest samples stand for them. */
function noteOfVotes(count: number, instead: InsteadOfIds): string {
  if (instead === 'changed')
    return l10n.t(
      'The map shows other samples than these, and not all answers are recorded: selected are those of its own for which the nearest samples vote otherwise in the two runs, {0} in number.',
      formatCount(count),
    );
  return l10n.t(
    'The map shows other samples than these, and no answers are recorded: selected are those of its own of class {0} for which the nearest samples vote {1}, {2} in number.',
    instead.trueClass,
    instead.answer,
    formatCount(count),
  );
}

type Rows = (row: number) => boolean;

function cellRows(
  columns: readonly Column[],
  { trueClass, answer }: Exclude<InsteadOfIds, string>,
): Rows | undefined {
  const own = categoryOf(columns, COLUMN_NAME.class);
  const answered = categoryOf(columns, COLUMN_NAME.prediction);
  if (own === undefined || answered === undefined) return undefined;
  return (row) => own(row) === trueClass && answered(row) === answer;
}

/** Samples of both sides whose answers differ. */
function changedRows({ left, right }: DescribedSides, partners: Int32Array | null): Rows | undefined {
  const [before, after] = [
    categoryOf(left, COLUMN_NAME.prediction),
    categoryOf(right, COLUMN_NAME.prediction),
  ];
  if (before === undefined || after === undefined || partners === null) return undefined;
  return (row) => {
    const partner = partners[row] ?? -1;
    return partner >= 0 && before(row) !== after(partner);
  };
}

function categoryOf(
  columns: readonly Column[],
  name: string,
): ((row: number) => string | undefined) | undefined {
  const column = columns.findLast((each) => each.name === name);
  if (column?.kind !== 'category') return undefined;
  return (row) => column.categories[column.codes[row] ?? -1];
}
