/**
 * One line of the grid, head or body: pinned cells in a box that sticks (one for all of them: each box that sticks is
 * a layer of the browser), and loose ones that come and go.
 */
import type { VirtualItem } from '@tanstack/virtual-core';
import type { ShownColumn } from '../../../src/domain/runsTable/arrange';
import { element, setAttribute } from '../../dom';
import type { Recyclable } from './recycler';
import { Recycler } from './recycler';

/** The columns as a line draws them. */
export interface LineColumns {
  readonly all: readonly ShownColumn[];
  /** How many of them, from the first, are pinned. */
  readonly pinned: number;
  /** The loose ones in sight, by their index among the loose. */
  readonly loose: readonly VirtualItem[];
  /** Width of all columns in CSS pixels. */
  readonly width: number;
}

/** Fills a cell with what stands in a column. */
export type BindCell<Cell> = (cell: Cell, shown: ShownColumn) => void;

/** A line of cells. */
export class Line<Cell extends Recyclable> implements Recyclable {
  readonly element: HTMLElement;
  readonly #box = element('div', { class: 'pinned-cells', attributes: { role: 'presentation' } });
  readonly #createPinned: (place: number) => Cell;
  readonly #pinned: Cell[] = [];
  readonly #loose: Recycler<Cell>;
  /** Pinned columns; cells beyond them are spare. */
  #count = 0;

  /** `create` makes a cell; the place is that of a pinned column, or undefined for a loose one. */
  constructor(look: string, create: (place: number | undefined) => Cell) {
    this.element = element('div', { class: look, attributes: { role: 'row' } }, [this.#box]);
    this.#createPinned = create;
    this.#loose = new Recycler(this.element, () => create(undefined));
  }

  /** Shows the columns; with `everything` cells are bound that showed the same column before, too. */
  show(columns: LineColumns, bind: BindCell<Cell>, everything: boolean): void {
    if (everything) this.#showPinned(columns, bind);
    const starts = new Map(columns.loose.map((item) => [item.index, item.start]));
    this.#loose.show([...starts.keys()], (cell, index, isSame) => {
      if (isSame && !everything) return;
      const shown = columns.all[columns.pinned + index];
      if (!shown) return;
      place(cell.element, columns.pinned + index, shown.width);
      cell.element.style.left = `${starts.get(index) ?? 0}px`;
      bind(cell, shown);
    });
  }

  /** The cell of a column, counted over pinned and loose ones, if it is drawn. */
  cellAt(column: number): Cell | undefined {
    return column < this.#count ? this.#pinned[column] : this.#loose.get(column - this.#count);
  }

  #showPinned({ all, pinned, width }: LineColumns, bind: BindCell<Cell>): void {
    this.#count = pinned;
    this.element.style.width = `${width}px`;
    while (this.#pinned.length < pinned) this.#addPinned();
    for (const [i, cell] of this.#pinned.entries()) {
      const shown = all[i];
      cell.element.hidden = i >= pinned;
      if (i >= pinned || !shown) continue;
      place(cell.element, i, shown.width);
      bind(cell, shown);
    }
  }

  #addPinned(): void {
    const cell = this.#createPinned(this.#pinned.length);
    this.#pinned.push(cell);
    this.#box.append(cell.element);
  }
}

function place(target: HTMLElement, column: number, width: number): void {
  setAttribute(target, 'aria-colindex', String(column + 1));
  const text = `${width}px`;
  if (target.style.width !== text) target.style.width = text;
}
