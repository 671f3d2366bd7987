/** One axis of the grid: which indices are in sight, where each begins, and how to bring one into view. */
import type { VirtualItem } from '@tanstack/virtual-core';
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';

/** What an axis is made of. Sizes in CSS pixels. */
export interface AxisShape {
  readonly count: number;
  /** What stands before the first item and stays in view: the head, or the pinned columns. */
  readonly fixed: number;
  readonly sizeOf: (index: number) => number;
}

/** Items beyond the edge that are drawn ahead. */
const OVERSCAN = 2;

/** An axis of a scrolled element. */
export class Axis {
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  readonly #base: ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0];
  readonly #unmount: () => void;

  constructor(scroller: HTMLElement, direction: 'horizontal' | 'vertical', onChange: () => void) {
    this.#base = {
      count: 0,
      horizontal: direction === 'horizontal',
      overscan: OVERSCAN,
      getScrollElement: () => scroller,
      estimateSize: () => 0,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange,
    };
    this.#virtualizer = new Virtualizer(this.#base);
    this.#unmount = this.#virtualizer._didMount();
  }

  /** Takes a new shape. The item `kept`, which may hold the focus, is drawn wherever the reader has scrolled to. */
  reshape({ count, fixed, sizeOf }: AxisShape, kept: number): void {
    this.#virtualizer.setOptions({
      ...this.#base,
      count,
      estimateSize: sizeOf,
      paddingStart: fixed,
      scrollPaddingStart: fixed,
      rangeExtractor: (range) => {
        const indices = defaultRangeExtractor(range);
        return kept < 0 || kept >= count || indices.includes(kept) ? indices : [...indices, kept];
      },
    });
    this.#virtualizer.measure();
    this.#virtualizer._willUpdate();
  }

  get items(): readonly VirtualItem[] {
    return this.#virtualizer.getVirtualItems();
  }

  /** The fixed part and all items. */
  get totalSize(): number {
    return this.#virtualizer.getTotalSize();
  }

  /** Scrolls as little as is needed to show an item whole. */
  reveal(index: number): void {
    this.#virtualizer.scrollToIndex(index, { align: 'auto' });
  }

  dispose(): void {
    this.#unmount();
  }
}
