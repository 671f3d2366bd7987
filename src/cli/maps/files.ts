/** Maps as files: CSV, JSON, or a folder for TensorBoard's projector. */
import { extname, resolve } from 'node:path';
import type { Cell } from '../../domain/display/textTable';
import { textTable } from '../../domain/display/textTable';
import { HumanError } from '../../domain/errors';
import type { Column } from '../../domain/maps/columns';
import { cellText, headOf } from '../../domain/maps/columns';
import { writeFileAtomically, writeJson } from '../../formats/files';
import type { SourceFacts } from '../../runs/maps/maps';

const AXES = ['x', 'y', 'z'];

/** Where a map goes, by the ending of the path. */
export type OutKind = 'csv' | 'json' | 'folder';

/** Rows under named columns. */
export interface MapRows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What the path says. Throws HumanError for an ending that nothing here writes. */
export function outKind(path: string): OutKind {
  const ending = extname(path).toLowerCase();
  if (ending === '.csv') return 'csv';
  if (ending === '.json') return 'json';
  if (ending === '') return 'folder';
  throw new HumanError(`--out must be a .csv or .json file, or a folder for projector files; it is ${path}.`);
}

/** Id, coordinates and columns of the rows that have a place. */
export function mapRows(
  { ids, columns }: Pick<SourceFacts, 'ids' | 'columns'>,
  positions: Float32Array,
  further: readonly Column[] = [],
): MapRows {
  const dimensions = positions.length / Math.max(1, ids.length);
  const all = [...columns, ...further];
  const placed = Array.from(ids.keys()).filter((row) => !Number.isNaN(positions[row * dimensions]));
  return {
    head: ['id', ...AXES.slice(0, dimensions), ...all.map(headOf)],
    rows: placed.map((row) => [
      ids[row] ?? '',
      ...positions.slice(row * dimensions, (row + 1) * dimensions),
      ...all.map((column) => cellOf(column, row)),
    ]),
  };
}

/** Writes rows as CSV, or with facts around them as JSON; says where. */
export async function writeRows(path: string, { head, rows }: MapRows, facts: object): Promise<void> {
  const whole = resolve(path);
  if (outKind(path) === 'json') await writeJson(whole, { ...facts, columns: head, rows });
  else await writeFileAtomically(whole, textTable([head, ...rows], [], 'csv'));
}

function cellOf(column: Column, row: number): Cell {
  const value = column.kind === 'number' ? column.values[row] : undefined;
  return value === undefined || Number.isNaN(value) ? cellText(column, row) : value;
}
