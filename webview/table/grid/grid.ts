/**
 * The grid: a scrolled element with a sticky head, of which only the lines and columns in sight exist. One cell is
 * active; it alone can be reached by Tab, and it is drawn wherever the reader has scrolled to, so focus is never lost.
 */
import * as l10n from '@vscode/l10n';
import type { Entry, ShownColumn } from '../../../src/domain/runsTable/arrange';
import { element, oncePerFrame, setAttribute } from '../../dom';
import type { TableState, TableView } from '../state/view';
import { foldersOf } from '../state/view';
import { Axis } from './axis';
import type { Cell } from './cell';
import { bindCell, createCell, tooltipOf } from './cell';
import type { HeadCell } from './head';
import { bindHeadCell, createHeadCell } from './head';
import type { LineColumns } from './line';
import { Line } from './line';
import type { Place } from './navigation';
import { Recycler } from './recycler';

/** Height of a line and of the head in CSS pixels; the style sheet reads them from here. */
const LINE_PX = 24;
const HEAD_PX = 28;

/** What the grid draws. */
export interface GridContent {
  readonly state: TableState;
  readonly view: TableView;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The active cell, by what it shows: it stays with its run when lines move. */
interface Active {
  /** Undefined for the head. */
  readonly key: string | undefined;
  readonly column: string;
}

/** The grid. */
export class Grid {
  readonly element: HTMLElement;
  readonly #body = element('div', { class: 'grid-body', attributes: { role: 'rowgroup' } });
  readonly #head = new Line<HeadCell>('grid-head', createHeadCell);
  readonly #lines = new Recycler(this.#body, createLine);
  readonly #rows: Axis;
  readonly #columns: Axis;
  #content: GridContent | undefined;
  #active: Active | undefined;
  #isReshaping = false;

  constructor() {
    this.element = element('div', { class: 'grid', attributes: GRID_ATTRIBUTES }, [
      this.#head.element,
      this.#body,
    ]);
    this.element.style.setProperty('--line-height', `${LINE_PX}px`);
    this.element.style.setProperty('--head-height', `${HEAD_PX}px`);
    setAttribute(this.#head.element, 'aria-rowindex', '1');
    // Both axes hear of one scroll; drawing between them would have the second one wait for a layout.
    const drawScrolled = oncePerFrame(() => this.#draw(false));
    this.#rows = new Axis(this.element, 'vertical', drawScrolled);
    this.#columns = new Axis(this.element, 'horizontal', drawScrolled);
    this.element.addEventListener('pointerover', ({ target }) => this.#explain(target));
  }

  /** Draws a new state. */
  update(content: GridContent): void {
    this.#content = content;
    this.#reshape();
    setAttribute(this.element, 'aria-rowcount', String(content.view.entries.length + 1));
    setAttribute(this.element, 'aria-colcount', String(content.view.columns.length));
    this.#draw(true);
  }

  /** Whether the keyboard is in the grid. */
  get hasFocus(): boolean {
    return this.element.contains(document.activeElement);
  }

  /** Where the active cell is; the first line's name at first. */
  get place(): Place {
    const { view } = this.#content ?? {};
    if (!view) return { row: 0, column: 0 };
    const row =
      this.#active?.key === undefined ? -1 : view.entries.findIndex(({ key }) => key === this.#active?.key);
    const column = view.columns.findIndex(({ id }) => id === this.#active?.column);
    const isHead = this.#active !== undefined && this.#active.key === undefined;
    return {
      row: isHead ? 0 : Math.min(view.entries.length, Math.max(0, row) + 1),
      column: Math.max(0, column),
    };
  }

  /** Lines in sight at a time. */
  get pageRows(): number {
    return Math.floor((this.element.clientHeight - HEAD_PX) / LINE_PX);
  }

  entryAt({ row }: Place): Entry | undefined {
    return this.#content?.view.entries[row - 1];
  }

  columnAt({ column }: Place): ShownColumn | undefined {
    return this.#content?.view.columns[column];
  }

  /** Which cell an element belongs to; right of the last cell, a line stands for its cell in the active column. */
  placeOf(target: EventTarget | null): Place | undefined {
    if (!(target instanceof Element)) return undefined;
    const cell = target.closest('[aria-colindex]');
    const line = target.closest('[aria-rowindex]');
    if (!line || (!cell && line === this.#head.element)) return undefined;
    const column = cell ? indexOf(cell, 'aria-colindex') : this.place.column;
    return { row: indexOf(line, 'aria-rowindex'), column };
  }

  /** The element of a cell, if it is drawn. */
  cellAt({ row, column }: Place): HTMLElement | undefined {
    const line = row === 0 ? this.#head : this.#lines.get(row - 1);
    return line?.cellAt(column)?.element;
  }

  /** Makes a cell the active one, in view and in focus. */
  activate(place: Place): void {
    const { view } = this.#content ?? {};
    const column = view?.columns[place.column];
    if (!view || !column) return;
    this.#active = { key: view.entries[place.row - 1]?.key, column: column.id };
    this.#reshape();
    this.#draw(true);
    if (place.row > 0) this.#rows.reveal(place.row - 1);
    if (place.column >= this.#pinnedCount) this.#columns.reveal(place.column - this.#pinnedCount);
    this.cellAt(place)?.focus({ preventScroll: true });
  }

  get #pinnedCount(): number {
    return this.#content?.view.columns.filter(({ pinned }) => pinned).length ?? 0;
  }

  #reshape(): void {
    const { view } = this.#content ?? {};
    if (!view) return;
    const pinned = this.#pinnedCount;
    const { row, column } = this.place;
    const fixed = view.columns.slice(0, pinned).reduce((sum, { width }) => sum + width, 0);
    this.#isReshaping = true;
    const sizeOf = (index: number) => view.columns[pinned + index]?.width ?? 0;
    this.#rows.reshape({ count: view.entries.length, fixed: HEAD_PX, sizeOf: () => LINE_PX }, row - 1);
    this.#columns.reshape({ count: view.columns.length - pinned, fixed, sizeOf }, column - pinned);
    this.#isReshaping = false;
  }

  /** With `everything` all cells are bound again; without, only those that have come into sight. */
  #draw(everything: boolean): void {
    const content = this.#content;
    if (!content || this.#isReshaping) return;
    const hadFocus = this.hasFocus;
    const { view, state, now } = content;
    const columns: LineColumns = {
      all: view.columns,
      pinned: this.#pinnedCount,
      loose: this.#columns.items,
      width: this.#columns.totalSize,
    };
    const { sort } = state.layout;
    this.#head.show(columns, (cell, shown) => bindHeadCell(cell, shown, sort), everything);
    this.#body.style.height = `${this.#rows.totalSize - HEAD_PX}px`;
    this.#body.style.width = `${columns.width}px`;
    const context = { best: view.best, now };
    const starts = new Map(this.#rows.items.map(({ index, start }) => [index, start]));
    this.#lines.show([...starts.keys()], (line, index, isSame) => {
      const entry = view.entries[index];
      if (!entry) return;
      const isNew = everything || !isSame;
      if (isNew) this.#bindLine(line, entry, { index, start: starts.get(index) ?? 0 });
      line.show(columns, (cell, shown) => bindCell(cell, entry, shown, context), isNew);
    });
    this.#markActive(hadFocus);
  }

  #bindLine(line: Line<Cell>, entry: Entry, { index, start }: { index: number; start: number }): void {
    const target = line.element;
    const chosen = this.#content?.state.selection.chosen;
    const isSelected = foldersOf(entry).every((folder) => chosen?.has(folder));
    target.style.transform = `translateY(${start - HEAD_PX}px)`;
    setAttribute(target, 'aria-rowindex', String(index + 2));
    setAttribute(target, 'aria-selected', String(isSelected));
    setAttribute(target, 'data-kind', entry.kind);
  }

  #marked: HTMLElement | undefined;

  /** Views that stood for another cell may have had the focus or the tab stop. */
  #markActive(hadFocus: boolean): void {
    const cell = this.cellAt(this.place);
    if (this.#marked && this.#marked !== cell) setAttribute(this.#marked, 'tabindex', '-1');
    this.#marked = cell;
    if (!cell) return;
    setAttribute(cell, 'tabindex', '0');
    if (hadFocus && document.activeElement !== cell) cell.focus({ preventScroll: true });
  }

  #explain(target: EventTarget | null): void {
    const place = this.placeOf(target);
    const entry = place && this.entryAt(place);
    const shown = place && this.columnAt(place);
    const cell = place && this.cellAt(place);
    if (entry && shown && cell) setAttribute(cell, 'title', tooltipOf(entry, shown));
  }
}

const GRID_ATTRIBUTES = { role: 'grid', 'aria-label': l10n.t('Runs'), 'aria-multiselectable': 'true' };

function createLine(): Line<Cell> {
  return new Line<Cell>('line', (place) => createCell(place === 0 ? 'name' : 'plain'));
}

function indexOf(target: Element, attribute: string): number {
  return Number(target.getAttribute(attribute)) - 1;
}
