/** Lines of equal density, put through the camera as they are drawn, so that they move with the map. */
import type { Contour } from '../../../../src/domain/maps/view/contours';
import type { View } from '../../../../src/domain/maps/view/project';
import { middleOf, projectionOf } from '../../../../src/domain/maps/view/project';
import type { OverlayPane } from './scene';

const WIDTH_PX = 1.25;

/** Draws the contours of a flat map. */
export function drawContours(context: CanvasRenderingContext2D, { view, contours }: OverlayPane): void {
  if (view.points.dimensions !== 2) return;
  for (const { paths, colour, alpha } of contours) {
    context.strokeStyle = colour;
    context.globalAlpha = alpha;
    context.lineWidth = WIDTH_PX;
    context.beginPath();
    for (const path of paths) tracePath(context, path, view);
    context.stroke();
  }
  context.globalAlpha = 1;
}

function tracePath(context: CanvasRenderingContext2D, path: Contour, view: View): void {
  const { right, down } = projectionOf(view.camera);
  const middle = middleOf(view.viewport);
  for (let i = 0; i + 1 < path.length; i += 2) {
    const x = middle.x + right[0] * (path[i] ?? NaN) + right[3];
    const y = middle.y + down[1] * (path[i + 1] ?? NaN) + down[3];
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}
