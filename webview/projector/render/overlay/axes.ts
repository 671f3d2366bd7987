/** Names of axes that mean something, at the right end of the horizontal and the upper end of the vertical one. */
import { axesOf } from '../../../../src/domain/maps/view/camera';
import { themeColour, themeFont } from '../../../charts/theme';
import type { OverlayPane } from './scene';

const FONT_PX = 11;
const INSET_PX = 8;
const HALO_PX = 3;
/** Axes of a map that can be turned are drawn so long, from a corner. */
const ARM_PX = 36;

/** Draws the names; for three dimensions the turned axes themselves with theirs. */
export function drawAxes(context: CanvasRenderingContext2D, pane: OverlayPane): void {
  if (pane.axes.length === 0) return;
  context.font = themeFont(FONT_PX);
  context.fillStyle = themeColour('--vscode-descriptionForeground');
  context.strokeStyle = themeColour('--vscode-editor-background');
  context.lineWidth = HALO_PX;
  context.lineJoin = 'round';
  if (pane.view.points.dimensions === 3) drawTurned(context, pane);
  else drawFlat(context, pane);
}

function drawFlat(context: CanvasRenderingContext2D, { view, axes }: OverlayPane): void {
  const { left, top, width, height } = view.viewport;
  const [right = '', up = ''] = axes;
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  write(context, `${right} →`, left + width - INSET_PX, top + height - INSET_PX);
  context.save();
  context.translate(left + INSET_PX, top + INSET_PX);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'top';
  write(context, `${up} →`, 0, 0);
  context.restore();
}

function drawTurned(context: CanvasRenderingContext2D, { view, axes }: OverlayPane): void {
  const { left, top, height } = view.viewport;
  const corner = { x: left + ARM_PX + INSET_PX, y: top + height - ARM_PX - INSET_PX };
  const [right, up] = axesOf(view.camera);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  axes.slice(0, 3).forEach((name, axis) => {
    const tip = { x: corner.x + ARM_PX * (right[axis] ?? 0), y: corner.y - ARM_PX * (up[axis] ?? 0) };
    context.save();
    context.strokeStyle = themeColour('--vscode-descriptionForeground');
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(corner.x, corner.y);
    context.lineTo(tip.x, tip.y);
    context.stroke();
    context.restore();
    write(context, name, tip.x + 3, tip.y);
  });
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}
