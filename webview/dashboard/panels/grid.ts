/**
 * The charts of one section. Cards are mounted only while their rows are in view or hold the keyboard, so that a run
 * with ten thousand tags builds a few dozen; a row beyond either edge is there already, so that Tab finds it.
 */
import { element } from '../../dom';
import type { ChartSize } from '../../../src/protocol/pages/dashboard';
import type { PlannedChart } from '../state/plan';
import type { GridPlan, GridRow } from '../state/rows';
import { planRows, rowsBetween } from '../state/rows';
import type { CardHost } from './card';
import { Card } from './card';

/** Measures of a card in CSS pixels, by the size that the reader chose. */
const PLOT_HEIGHTS: Readonly<Record<ChartSize, number>> = { small: 140, medium: 190, large: 280 };
const COLUMN_WIDTHS: Readonly<Record<ChartSize, number>> = { small: 260, medium: 330, large: 540 };
const CHROME_PX = 48;
const TABLE_PX = 208;
const GAP_PX = 20;
const ENLARGED_SHARE = 0.65;
const ENLARGED_PX = { least: 320, most: 680 };
const OVERSCAN_PX = 320;

/** The stretch of the page that is in view, measured from the grid's top. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A grid of cards. */
export class Grid {
  readonly element = element('div', { class: 'card-grid' });
  readonly #host: CardHost;
  readonly #cards = new Map<string, Card>();
  #charts = new Map<string, PlannedChart>();
  #widthPx = 0;
  #viewPx = 0;
  #plan: GridPlan = { rows: [], height: 0 };

  constructor(host: CardHost) {
    this.#host = host;
  }

  /** The charts from now on; `viewPx` is the height of the view, which an enlarged chart may fill. */
  arrange(charts: readonly PlannedChart[], widthPx: number, viewPx: number): void {
    this.#charts = new Map(charts.map((chart) => [chart.key, chart]));
    this.#widthPx = widthPx;
    this.#viewPx = viewPx;
    const enlarged = new Set(this.#host.store.layout.enlarged);
    this.#plan = planRows([...this.#charts.keys()], {
      columns: this.#columns(),
      gap: GAP_PX,
      isWide: (key) => enlarged.has(key),
      heightOf: (key) =>
        this.#plotHeight(enlarged.has(key)) + CHROME_PX + (this.#host.isTableOpen(key) ? TABLE_PX : 0),
    });
    this.element.style.height = `${this.#plan.height}px`;
    for (const [key, card] of this.#cards) {
      const planned = this.#charts.get(key);
      if (planned) card.plan(planned);
      else this.#unmount(key, card);
    }
  }

  /** Mounts what is in the stretch and takes away what is not. */
  show({ from, to }: Stretch): void {
    const rows = rowsBetween(this.#plan, from - OVERSCAN_PX, to + OVERSCAN_PX);
    const wanted = new Set(rows.flatMap(({ keys }) => keys));
    for (const [key, card] of this.#cards) if (!wanted.has(key) && !card.hasFocus) this.#unmount(key, card);
    for (const row of rows) this.#placeRow(row);
    const seen = new Set(rowsBetween(this.#plan, from, to).flatMap(({ keys }) => keys));
    for (const [key, card] of this.#cards) card.setInView(seen.has(key) || card.hasFocus);
  }

  /** Draws all mounted cards anew. */
  redraw(): void {
    for (const card of this.#cards.values()) this.#host.work.add(card);
  }

  dispose(): void {
    for (const [key, card] of this.#cards) this.#unmount(key, card);
    this.element.remove();
  }

  #columns(): number {
    const least = COLUMN_WIDTHS[this.#host.store.layout.chartSize];
    return Math.max(1, Math.floor((this.#widthPx + GAP_PX) / (least + GAP_PX)));
  }

  #plotHeight(isEnlarged: boolean): number {
    if (!isEnlarged) return PLOT_HEIGHTS[this.#host.store.layout.chartSize];
    const { least, most } = ENLARGED_PX;
    return Math.round(Math.min(most, Math.max(least, this.#viewPx * ENLARGED_SHARE)));
  }

  #placeRow(row: GridRow): void {
    const columns = row.isWide ? 1 : this.#columns();
    const width = (this.#widthPx - GAP_PX * (columns - 1)) / columns;
    row.keys.forEach((key, column) => {
      const card = this.#cards.get(key) ?? this.#mount(key);
      if (!card) return;
      const { style } = card.element;
      style.top = `${row.top}px`;
      style.left = `${column * (width + GAP_PX)}px`;
      style.width = `${width}px`;
      card.setPlotHeight(this.#plotHeight(row.isWide));
    });
  }

  /** In the order of the charts, because Tab follows the document and not the picture. */
  #mount(key: string): Card | undefined {
    const planned = this.#charts.get(key);
    if (!planned) return undefined;
    const card = new Card(planned, this.#host);
    const keys = [...this.#charts.keys()];
    const later = new Set(keys.slice(keys.indexOf(key) + 1));
    const next = [...this.#cards].filter(([other]) => later.has(other));
    const first = next.sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b))[0]?.[1];
    this.element.insertBefore(card.element, first?.element ?? null);
    this.#cards.set(key, card);
    this.#host.work.add(card);
    return card;
  }

  #unmount(key: string, card: Card): void {
    card.dispose();
    card.element.remove();
    this.#cards.delete(key);
  }
}
