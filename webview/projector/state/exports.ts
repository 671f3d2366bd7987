/** Maps and selections as files: one row a sample with its place on each map, its columns and, if asked, neighbours. */
import { textTable } from '../../../src/domain/display/textTable';
import type { MapDimensions, Pane } from '../../../src/domain/maps/request';
import type { Column } from '../../../src/domain/maps/columns';
import { headOf } from '../../../src/domain/maps/columns';
import { valueOf } from './cells';
import type { Place } from './partners';
import type { NeighbourList } from './neighbours';

/** One pane as it is written. */
export interface ExportPane {
  readonly pane: Pane;
  readonly name: string;
  readonly epoch: number;
  readonly ids: readonly string[];
  readonly columns: readonly Column[];
  /** Null where there is no map yet. */
  readonly positions: Float32Array | null;
  readonly dimensions: MapDimensions;
}

/** What is written. */
export interface ExportSource {
  readonly panes: readonly ExportPane[];
  /** One place a sample. */
  readonly places: readonly Place[];
  /** The same sample in the other pane. */
  readonly partnerOf: (place: Place) => Place | null;
  /** Neighbours in full dimension; undefined where they are not here or not asked for. */
  readonly neighboursOf: (place: Place) => NeighbourList | undefined;
}

type Value = string | number | null;
const AXES = ['x', 'y', 'z'] as const;

/** The samples as CSV with a head; empty cells where nothing is recorded. */
export function exportCsv(source: ExportSource): string {
  const records = source.places.map((place) => recordOf(source, place));
  const head = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = records.map((record) => head.map((name) => record[name] ?? ''));
  return textTable([head, ...rows], [], 'csv');
}

/** The samples as JSON, with what the maps are; null where nothing is recorded. */
export function exportJson(source: ExportSource, about: object): string {
  const samples = source.places.map((place) => recordOf(source, place));
  const maps = source.panes.map(({ pane, name, epoch }) => ({ pane, name, epoch }));
  return `${JSON.stringify({ ...about, maps, samples }, null, 1)}\n`;
}

/** With two maps, names of coordinates and columns say which one they are of. */
function recordOf(source: ExportSource, place: Place): Record<string, Value> {
  const partner = source.partnerOf(place);
  const record: Record<string, Value> = { id: paneOf(source, place)?.ids[place.row] ?? '' };
  for (const pane of source.panes) {
    const own = pane.pane === place.pane ? place : partner?.pane === pane.pane ? partner : null;
    const suffix = source.panes.length > 1 ? ` ${pane.pane}` : '';
    for (const [name, value] of valuesOf(pane, own?.row ?? null)) record[`${name}${suffix}`] = value;
  }
  const neighbours = source.neighboursOf(place);
  const ids = paneOf(source, place)?.ids ?? [];
  if (neighbours) record['neighbours'] = [...neighbours.rows].map((row) => ids[row] ?? '').join(' ');
  return record;
}

function valuesOf(pane: ExportPane, row: number | null): [string, Value][] {
  const coordinates = AXES.slice(0, pane.dimensions).map((axis, place): [string, Value] => {
    const value = row === null ? NaN : (pane.positions?.[row * pane.dimensions + place] ?? NaN);
    return [axis, Number.isFinite(value) ? value : null];
  });
  const columns = pane.columns.map((column): [string, Value] => [
    headOf(column),
    row === null ? null : valueOf(column, row),
  ]);
  return [...coordinates, ...columns];
}

function paneOf(source: ExportSource, place: Place): ExportPane | undefined {
  return source.panes.find(({ pane }) => pane === place.pane);
}
