/**
 * Which points lie under the pointer, in a box or in a lasso. All look at the points as they are projected, so they are
 * right in three dimensions and in the middle of a morph too, and a scan of 60,000 takes a fraction of a millisecond.
 */
import type { Step } from './camera';
import { rowsInPolygon } from './lasso';
import type { Projected, View } from './project';
import { projectPoints } from './project';

/** How far from the pointer a point may be, in CSS pixels. */
export const PICK_REACH_PX = 14;

/** Finds points of the view that it is given. Places are CSS pixels of the canvas; hidden points are never found. */
export interface Picker {
  /** The row of the nearest point within the reach, null for none. */
  nearest(view: View, at: Step, reachPx?: number): number | null;
  /** Rows within a closed outline, in ascending order. Where it crosses itself, all that it goes around is in. */
  inLasso(view: View, outline: readonly Step[]): Int32Array;
  /** Rows between two corners, in ascending order. */
  inBox(view: View, corner: Step, opposite: Step): Int32Array;
  /** The points of the view in pixels; the arrays are used again for the next view. */
  project(view: View): Projected;
}

/** A picker, one a pane: it projects once for all questions about the same view. */
export function createPicker(): Picker {
  let seen: View | undefined;
  let projected: Projected | undefined;
  const project = (view: View) => {
    if (!projected || seen !== view) projected = projectPoints(view, projected);
    seen = view;
    return projected;
  };
  return {
    project,
    nearest: (view, at, reachPx = PICK_REACH_PX) => nearestRow(project(view), at, reachPx),
    inLasso: (view, outline) => rowsInPolygon(project(view).xy, outline),
    inBox: (view, corner, opposite) => rowsInBox(project(view).xy, corner, opposite),
  };
}

/** The first of the nearest rows; null if none is within the reach. */
function nearestRow({ xy, count }: Projected, { x, y }: Step, reachPx: number): number | null {
  let nearest = -1;
  let least = reachPx * reachPx;
  for (let row = 0; row < count; row++) {
    const [dx, dy] = [xy[2 * row] - x, xy[2 * row + 1] - y];
    const distance = dx * dx + dy * dy;
    // False for NaN as well.
    if (!(distance <= least) || (distance === least && nearest >= 0)) continue;
    least = distance;
    nearest = row;
  }
  return nearest < 0 ? null : nearest;
}

function rowsInBox(xy: Float32Array, a: Step, b: Step): Int32Array {
  const [left, right, top, bottom] = [
    Math.min(a.x, b.x),
    Math.max(a.x, b.x),
    Math.min(a.y, b.y),
    Math.max(a.y, b.y),
  ];
  const rows = new Int32Array(xy.length / 2);
  let found = 0;
  for (let row = 0; row < rows.length; row++) {
    const [x, y] = [xy[2 * row], xy[2 * row + 1]];
    if (x >= left && x <= right && y >= top && y <= bottom) rows[found++] = row;
  }
  return rows.slice(0, found);
}
