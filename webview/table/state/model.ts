/**
 * The rows of the table, folded from the host's messages. A snapshot replaces everything; a delta changes rows in
 * place if its number is the next one, and is refused as `missed` otherwise.
 */
import type { TableLayout } from '../../../src/domain/runsTable/layout';
import type { RunRow } from '../../../src/domain/runsTable/row';
import type { TableHostMessage } from '../../../src/protocol/pages/table';

/** What the host has told. */
export interface TableModel {
  /** Number of the last message; null before the first snapshot. */
  readonly sequence: number | null;
  /** By folder, newest run first. */
  readonly rows: ReadonlyMap<string, RunRow>;
  /** As the workspace keeps it; null if nothing was chosen yet. */
  readonly layout: TableLayout | null;
  readonly trusted: boolean;
}

/** The model after a message, and whether the host must send a snapshot. */
export interface Folded {
  readonly model: TableModel;
  readonly missed: boolean;
}

/** The page before the host has answered. */
export const INITIAL_MODEL: TableModel = {
  sequence: null,
  rows: new Map(),
  layout: null,
  trusted: true,
};

type Snapshot = Extract<TableHostMessage, { type: 'snapshot' }>;
type Delta = Extract<TableHostMessage, { type: 'delta' }>;

/** Folds one message into the model. */
export function fold(model: TableModel, message: TableHostMessage): Folded {
  return message.type === 'snapshot'
    ? { model: fromSnapshot(message), missed: false }
    : extend(model, message);
}

function fromSnapshot({ sequence, rows, layout, trusted }: Snapshot): TableModel {
  return { sequence, rows: byFolder(rows), layout, trusted };
}

function extend(model: TableModel, delta: Delta): Folded {
  if (model.sequence === null || delta.sequence > model.sequence + 1) return { model, missed: true };
  if (delta.sequence <= model.sequence) return { model, missed: false };
  const rows = new Map(model.rows);
  for (const folder of delta.removed) rows.delete(folder);
  const isNew = delta.changed.some(({ summary }) => !rows.has(summary.folder));
  for (const row of delta.changed) rows.set(row.summary.folder, row);
  return {
    model: { ...model, sequence: delta.sequence, rows: isNew ? newestFirst(rows) : rows },
    missed: false,
  };
}

function byFolder(rows: readonly RunRow[]): Map<string, RunRow> {
  return new Map(rows.map((row) => [row.summary.folder, row]));
}

function newestFirst(rows: ReadonlyMap<string, RunRow>): Map<string, RunRow> {
  return byFolder([...rows.values()].sort((a, b) => b.summary.createdAt - a.summary.createdAt));
}
