/** What follows from model and choices, each part computed anew only when what it is made of has changed. */
import type { Pane } from '../../../src/domain/maps/request';
import type { Column } from '../../../src/domain/maps/columns';
import type { Legend } from './legend';
import { coloursOf, legendOf } from './legend';
import { looksOf } from './looks';
import { memoised } from './memo';
import type { PaneModel, ProjectorModel, Sides } from './model';
import { columnsAt } from './model';
import type { Haystack, Search } from './search';
import { haystackOf, matcherOf, rowsFound } from './search';
import type { ProjectorView } from './view';
import { shownEpochs } from './view';

/** What a search has found. */
export interface Found {
  /** A sentence if the pattern cannot be read. */
  readonly problem: string | null;
  readonly rows: { readonly left: readonly number[]; readonly right: readonly number[] };
  /** One byte a row; null while nothing is searched. */
  readonly bytes: { readonly left: Uint8Array; readonly right: Uint8Array } | null;
}

const NO_COLUMNS: readonly Column[] = [];
const NO_IDS: readonly string[] = [];
const NOTHING_FOUND: Found = { problem: null, rows: { left: [], right: [] }, bytes: null };

/** The derived values of one page. */
export class Derived {
  readonly #paneColumns = { left: memoised(columnsOfPane), right: memoised(columnsOfPane) };
  readonly #columns = memoised((left: readonly Column[], right: readonly Column[] | null) => ({
    left,
    right,
  }));
  readonly #legend = memoised(
    (name: string, columns: Sides<readonly Column[]>, rows: { left: number; right: number }): Legend =>
      legendOf(name, { rows, columns }),
  );
  readonly #rows = memoised((left: number, right: number) => ({ left, right }));
  readonly #colours = { left: memoised(coloursOf), right: memoised(coloursOf) };
  readonly #names = memoised((legend: Legend) => legend.groups.map(({ name }) => name));
  readonly #looks = { left: memoised(looksFrom), right: memoised(looksFrom) };
  readonly #haystack = { left: memoised(haystackOf), right: memoised(haystackOf) };
  readonly #found = memoised(search);

  /** Columns of both panes at the epochs shown. */
  columns(model: ProjectorModel, view: ProjectorView): Sides<readonly Column[]> {
    const epochs = shownEpochs(model, view);
    const of = (pane: Pane) =>
      this.#paneColumns[pane](model.panes?.[pane]?.source, model.panes?.[pane]?.columns, epochs[pane] ?? 0);
    return this.#columns(of('left'), model.panes?.right ? of('right') : null);
  }

  /** The groups that colours stand for. */
  legend(model: ProjectorModel, view: ProjectorView, colourBy: string): Legend {
    const rows = this.#rows(idsOf(model, 'left').length, idsOf(model, 'right').length);
    return this.#legend(colourBy, this.columns(model, view), rows);
  }

  /** Place in the palette of each row of a pane. */
  colours(legend: Legend, pane: Pane): Uint8Array {
    return this.#colours[pane](legend, pane);
  }

  /** `LOOK` of each row of a pane. */
  looks(model: ProjectorModel, view: ProjectorView, { pane, legend }: { pane: Pane; legend: Legend }) {
    const found = this.found(model, view);
    const { hidden, pointedGroup, selection } = view;
    const names = this.#names(legend);
    return this.#looks[pane](pane, legend, names, hidden, pointedGroup, selection, found);
  }

  /** Rows that the search finds. */
  found(model: ProjectorModel, view: ProjectorView): Found {
    if (view.search.text.trim() === '') return NOTHING_FOUND;
    const columns = this.columns(model, view);
    const hay = (pane: Pane) => this.#haystack[pane](idsOf(model, pane), columns[pane] ?? NO_COLUMNS);
    return this.#found(view.search, hay('left'), hay('right'));
  }
}

/** Ids of the rows of a pane; none without it. */
export function idsOf({ panes }: ProjectorModel, pane: Pane): readonly string[] {
  return panes?.[pane]?.source.ids ?? NO_IDS;
}

function columnsOfPane(
  source: PaneModel['source'] | undefined,
  columns: PaneModel['columns'] | undefined,
  epoch: number,
): readonly Column[] {
  return source && columns ? columnsAt({ source, columns }, epoch) : NO_COLUMNS;
}

function looksFrom(
  ...[pane, legend, groups, hidden, pointedGroup, selection, found]: readonly [
    Pane,
    Legend,
    readonly string[],
    ReadonlySet<string>,
    string | null,
    ProjectorView['selection'],
    Found,
  ]
): Uint8Array {
  return looksOf({
    codes: legend.codes[pane],
    groups,
    hidden,
    pointedGroup,
    selected: selection[pane],
    isAnySelected: selection.count > 0,
    found: found.bytes?.[pane] ?? null,
  });
}

function search(wanted: Search, left: Haystack, right: Haystack): Found {
  const matches = matcherOf(wanted);
  if (typeof matches === 'string') return { ...NOTHING_FOUND, problem: matches };
  const rows = { left: rowsFound(left, matches), right: rowsFound(right, matches) };
  return {
    problem: null,
    rows,
    bytes: { left: bytesOf(rows.left, left.length), right: bytesOf(rows.right, right.length) },
  };
}

function bytesOf(rows: readonly number[], count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (const row of rows) bytes[row] = 1;
  return bytes;
}
