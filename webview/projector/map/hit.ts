/** Which samples are at a place on the screen, or within an outline. */
import type { Step } from '../../../src/domain/maps/view/camera';
import type { Place } from '../state/partners';
import type { DrawnPane, MapScene } from './scene';

/** Pixels of a sample as it is drawn now; null where it is not seen. */
export function pixelsOf(scene: MapScene, { pane, row }: Place): Step | null {
  const drawn = scene.panes().find((one) => one.pane === pane);
  if (!drawn) return null;
  const { xy } = scene.pickerOf(pane).project(drawn.view);
  const [x, y] = [xy[2 * row] ?? NaN, xy[2 * row + 1] ?? NaN];
  return Number.isNaN(x) || Number.isNaN(y) ? null : { x, y };
}

/** The pane at a pixel. */
export function paneAt(scene: MapScene, { x, y }: Step): DrawnPane | undefined {
  return scene.panes().find(({ viewport: { left, top, width, height } }) => {
    return x >= left && x < left + width && y >= top && y < top + height;
  });
}

/** The sample nearest to a pixel, if one is near. */
export function sampleAt(scene: MapScene, at: Step): Place | null {
  const drawn = paneAt(scene, at);
  const row = drawn ? scene.pickerOf(drawn.pane).nearest(drawn.view, at) : null;
  return drawn && row !== null ? { pane: drawn.pane, row } : null;
}

/** Rows of a pane within a polygon. */
export function rowsWithin(scene: MapScene, { pane, view }: DrawnPane, outline: readonly Step[]): Int32Array {
  return scene.pickerOf(pane).inLasso(view, outline);
}

/** Rows of a pane between two corners. */
export function rowsInBox(
  scene: MapScene,
  { pane, view }: DrawnPane,
  [from, to]: readonly [Step, Step],
): Int32Array {
  return scene.pickerOf(pane).inBox(view, from, to);
}

/** Rows of a pane that are in view. */
export function rowsInView(scene: MapScene, drawn: DrawnPane): Int32Array {
  const { left, top, width, height } = drawn.viewport;
  return rowsInBox(scene, drawn, [
    { x: left, y: top },
    { x: left + width, y: top + height },
  ]);
}
