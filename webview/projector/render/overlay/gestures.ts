/** Rings around points, and the outline or box that the hand is drawing. */
import { faintColour, themeColour } from '../../../charts/theme';
import type { Gesture, OverlayPane, OverlayRing } from './scene';

const RING = {
  hover: { radiusPx: 8, widthPx: 2, colour: '--vscode-focusBorder' },
  pinned: { radiusPx: 8, widthPx: 2, colour: '--vscode-foreground' },
  neighbour: { radiusPx: 6, widthPx: 1, colour: '--vscode-foreground' },
} as const satisfies Record<OverlayRing['kind'], object>;
const HALO_PX = 2;
const FILL_PERCENT = 12;

/** Draws a ring around each of the rows that has a place. */
export function drawRings(context: CanvasRenderingContext2D, { rings, projected }: OverlayPane): void {
  for (const { row, kind } of rings) {
    const [x = NaN, y = NaN] = [projected.xy[2 * row], projected.xy[2 * row + 1]];
    if (Number.isNaN(x)) continue;
    const { radiusPx, widthPx, colour } = RING[kind];
    context.beginPath();
    context.arc(x, y, radiusPx, 0, 2 * Math.PI);
    // The halo keeps the ring apart from points of its own colour.
    context.strokeStyle = themeColour('--vscode-editor-background');
    context.lineWidth = widthPx + 2 * HALO_PX;
    context.stroke();
    context.strokeStyle = themeColour(colour);
    context.lineWidth = widthPx;
    context.stroke();
  }
}

/** Draws what the hand draws. */
export function drawGesture(context: CanvasRenderingContext2D, { gesture }: OverlayPane): void {
  if (!gesture) return;
  context.beginPath();
  trace(context, gesture);
  context.fillStyle = faintColour('--vscode-focusBorder', FILL_PERCENT);
  context.fill();
  context.strokeStyle = themeColour('--vscode-focusBorder');
  context.lineWidth = 1.5;
  context.stroke();
}

function trace(context: CanvasRenderingContext2D, gesture: Gesture): void {
  if (gesture.kind === 'box') {
    const { from, to } = gesture;
    context.rect(from.x, from.y, to.x - from.x, to.y - from.y);
    return;
  }
  for (const { x, y } of gesture.outline) context.lineTo(x, y);
  context.closePath();
}
