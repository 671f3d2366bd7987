/** Where labels at the ends of lines stand: each as near to its line as the others allow. Pure numbers. */

/** A vertical band in pixels. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/**
 * Moves label centres apart until neighbours are `gap` pixels from each other, inside the band if they fit.
 * The order of the input is kept.
 */
export function spreadLabels(centres: readonly number[], gap: number, band: Band): number[] {
  const order = centres.map((_, index) => index).sort((a, b) => at(centres, a) - at(centres, b));
  const placed = order.map((index) => at(centres, index));
  pushDown(placed, gap, band.top);
  pushUp(placed, gap, band.bottom);
  const result = new Array<number>(centres.length);
  order.forEach((index, rank) => (result[index] = at(placed, rank)));
  return result;
}

/** Centre of a name beside its line: `above` or `below` as wished, and on the other side where the band ends before it. */
export function nameCentre(
  line: number,
  side: 'above' | 'below',
  { reach, band }: { readonly reach: number; readonly band: Band },
): number {
  const [above, below] = [line - reach, line + reach];
  if (side === 'above') return above - reach < band.top ? below : above;
  return below + reach > band.bottom ? above : below;
}

function pushDown(placed: number[], gap: number, top: number): void {
  let floor = top;
  for (let rank = 0; rank < placed.length; rank++) {
    placed[rank] = Math.max(at(placed, rank), floor);
    floor = at(placed, rank) + gap;
  }
}

function pushUp(placed: number[], gap: number, bottom: number): void {
  let ceiling = bottom;
  for (let rank = placed.length - 1; rank >= 0; rank--) {
    placed[rank] = Math.min(at(placed, rank), ceiling);
    ceiling = at(placed, rank) - gap;
  }
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
