/** Where the maps lie on the canvas: one over all of it, or two side by side, one above the other where it is high. */
import type { Pane } from '../../../src/domain/maps/request';
import type { Viewport } from '../../../src/domain/maps/view/project';

/** Pixels between two maps. */
const GAP_PX = 1;

/** A pane and its part of the canvas. */
export interface PlacedPane {
  readonly pane: Pane;
  readonly viewport: Viewport;
}

/** Parts of a canvas of this size for one or two maps. */
export function placePanes(width: number, height: number, isPair: boolean): readonly PlacedPane[] {
  if (!isPair) return [{ pane: 'left', viewport: { left: 0, top: 0, width, height } }];
  const isBeside = width >= height;
  const half = Math.max(1, ((isBeside ? width : height) - GAP_PX) / 2);
  const size = isBeside ? { width: half, height } : { width, height: half };
  const second = isBeside ? { left: half + GAP_PX, top: 0 } : { left: 0, top: half + GAP_PX };
  return [
    { pane: 'left', viewport: { left: 0, top: 0, ...size } },
    { pane: 'right', viewport: { ...second, ...size } },
  ];
}
