/** Which samples are at a place on the screen, or within an outline. */
import type { Projected } from '../../../src/domain/maps/view/project';
import type { Place } from '../state/partners';
import type { Pixel } from './layer';
import type { DrawnPane, MapScene } from './scene';

/** Pixels around the pointer within which a sample is found. */
const REACH_PX = 14;

/** Pixels of a sample as it is drawn now. */
export function pixelsOf(scene: MapScene, { pane, row }: Place): Pixel | null {
  const drawn = scene.panes().find((one) => one.pane === pane);
  if (!drawn) return null;
  const { xy } = scene.project(drawn);
  const [x, y] = [xy[2 * row] ?? NaN, xy[2 * row + 1] ?? NaN];
  return Number.isNaN(x) || Number.isNaN(y) ? null : { x, y };
}

/** The pane at a pixel. */
export function paneAt(scene: MapScene, { x, y }: Pixel): DrawnPane | undefined {
  return scene.panes().find(({ viewport: { left, top, width, height } }) => {
    return x >= left && x < left + width && y >= top && y < top + height;
  });
}

/** The sample nearest to a pixel, if one is near. */
export function sampleAt(scene: MapScene, at: Pixel): Place | null {
  const drawn = paneAt(scene, at);
  if (!drawn) return null;
  const row = nearest(scene.project(drawn), at);
  return row < 0 ? null : { pane: drawn.pane, row };
}

/** Rows of a pane within a polygon. */
export function rowsWithin(scene: MapScene, drawn: DrawnPane, outline: readonly Pixel[]): number[] {
  const { xy, count } = scene.project(drawn);
  const rows: number[] = [];
  for (let row = 0; row < count; row++)
    if (isInside(outline, { x: xy[2 * row] ?? NaN, y: xy[2 * row + 1] ?? NaN })) rows.push(row);
  return rows;
}

/** Rows of a pane that are in view. */
export function rowsInView(scene: MapScene, drawn: DrawnPane): number[] {
  const { left, top, width, height } = drawn.viewport;
  return rowsWithin(scene, drawn, [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ]);
}

function nearest({ xy, count }: Projected, { x, y }: Pixel): number {
  let [best, at] = [REACH_PX * REACH_PX, -1];
  for (let row = 0; row < count; row++) {
    const [dx, dy] = [(xy[2 * row] ?? NaN) - x, (xy[2 * row + 1] ?? NaN) - y];
    const distance = dx * dx + dy * dy;
    if (distance < best) [best, at] = [distance, row];
  }
  return at;
}

function isInside(outline: readonly Pixel[], { x, y }: Pixel): boolean {
  let inside = false;
  for (const [i, a] of outline.entries()) {
    const b = outline[(i + 1) % outline.length] ?? a;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
