/**
 * Samples that are selected, as one byte a row in each pane. A sample that is in both panes is selected in both, so
 * that counting goes over the left pane and over what is in the right one only.
 */
import type { Pane } from '../../../src/domain/maps/request';
import type { Partners, Place } from './partners';
import { otherPane } from './partners';

/** Selected rows are 1. Never written to: each change gives a new value. */
export interface Selection {
  readonly left: Uint8Array;
  readonly right: Uint8Array;
  /** Selected samples; one that is in both panes counts once. */
  readonly count: number;
}

/** How new rows meet what is selected. */
export type SelectionMode = 'replace' | 'add' | 'subtract';

/** Ids of the rows of each pane; the right one has none where there is one pane. */
export type PaneIds = Readonly<Record<Pane, readonly string[]>>;

/** Nothing selected. */
export function emptySelection(leftRows: number, rightRows: number): Selection {
  return { left: new Uint8Array(leftRows), right: new Uint8Array(rightRows), count: 0 };
}

/** Selects rows of one pane, and their partners with them. */
export function selectRows(
  before: Selection,
  {
    pane,
    rows,
    mode,
  }: { readonly pane: Pane; readonly rows: Iterable<number>; readonly mode: SelectionMode },
  partners: Partners | null,
): Selection {
  const next = mode === 'replace' ? blankLike(before) : copyOf(before);
  const value = mode === 'subtract' ? 0 : 1;
  const other = otherPane(pane);
  for (const row of rows) {
    if (row < 0 || row >= next[pane].length) continue;
    next[pane][row] = value;
    const partner = partners?.[pane][row] ?? -1;
    if (partner >= 0) next[other][partner] = value;
  }
  return counted(next, partners);
}

/** What was not selected, of rows that `isCandidate` lets through. */
export function invertSelection(
  before: Selection,
  isCandidate: (place: Place) => boolean,
  partners: Partners | null,
): Selection {
  const next = blankLike(before);
  for (const pane of ['left', 'right'] as const) {
    for (const [row, value] of before[pane].entries()) {
      if (value !== 0 || !isCandidate({ pane, row })) continue;
      next[pane][row] = 1;
      const partner = partners?.[pane][row] ?? -1;
      if (partner >= 0) next[otherPane(pane)][partner] = 1;
    }
  }
  return counted(next, partners);
}

/** Rows with these ids, in either pane. */
export function selectIds(ids: Iterable<string>, panes: PaneIds, partners: Partners | null): Selection {
  const wanted = new Set(ids);
  const blank = emptySelection(panes.left.length, panes.right.length);
  const rowsIn = (pane: Pane) => panes[pane].flatMap((id, row) => (wanted.has(id) ? [row] : []));
  const left = selectRows(blank, { pane: 'left', rows: rowsIn('left'), mode: 'add' }, partners);
  return selectRows(left, { pane: 'right', rows: rowsIn('right'), mode: 'add' }, partners);
}

/** Ids of what is selected, in the order of the rows, those of the right pane alone last. */
export function selectedIds(selection: Selection, panes: PaneIds, partners: Partners | null): string[] {
  return selectedPlaces(selection, partners).flatMap(({ pane, row }) => panes[pane][row] ?? []);
}

/** One place for each selected sample: in the left pane if it is there. */
export function selectedPlaces(selection: Selection, partners: Partners | null): Place[] {
  const places: Place[] = [];
  for (const [row, value] of selection.left.entries()) if (value !== 0) places.push({ pane: 'left', row });
  for (const [row, value] of selection.right.entries()) {
    if (value !== 0 && (partners?.right[row] ?? -1) < 0) places.push({ pane: 'right', row });
  }
  return places;
}

/** Rows of one pane that are selected. */
export function selectedRows(selection: Selection, pane: Pane): Int32Array {
  const bytes = selection[pane];
  const rows = new Int32Array(bytes.reduce((sum, value) => sum + value, 0));
  let at = 0;
  for (const [row, value] of bytes.entries()) if (value !== 0) rows[at++] = row;
  return rows;
}

type Bytes = Record<Pane, Uint8Array>;

function blankLike({ left, right }: Selection): Bytes {
  return { left: new Uint8Array(left.length), right: new Uint8Array(right.length) };
}

function copyOf({ left, right }: Selection): Bytes {
  return { left: left.slice(), right: right.slice() };
}

function counted({ left, right }: Bytes, partners: Partners | null): Selection {
  let count = 0;
  for (const value of left) count += value;
  for (const [row, value] of right.entries()) if ((partners?.right[row] ?? -1) < 0) count += value;
  return { left, right, count };
}
