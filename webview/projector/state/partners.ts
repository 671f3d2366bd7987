/** Which rows of the two panes are the same sample, both ways. */
import type { Pane } from '../../../src/domain/maps/request';

/** The row of the other pane for each row, -1 for none. */
export type Partners = Readonly<Record<Pane, Int32Array>>;

/** A row of one of the panes. */
export interface Place {
  readonly pane: Pane;
  readonly row: number;
}

/** Both ways from the one way that travels; a row of the right pane that is out of range or claimed twice has none. */
export function partnersOf(ofLeft: Int32Array, rightCount: number): Partners {
  const left = new Int32Array(ofLeft.length).fill(-1);
  const right = new Int32Array(rightCount).fill(-1);
  for (const [row, partner] of ofLeft.entries()) {
    if (partner < 0 || partner >= rightCount || right[partner] !== -1) continue;
    left[row] = partner;
    right[partner] = row;
  }
  return { left, right };
}

/** The other pane. */
export function otherPane(pane: Pane): Pane {
  return pane === 'left' ? 'right' : 'left';
}

/** The same sample in the other pane; null if it is not there. */
export function partnerOf(partners: Partners | null, { pane, row }: Place): Place | null {
  const other = partners?.[pane][row] ?? -1;
  return other < 0 ? null : { pane: otherPane(pane), row: other };
}
