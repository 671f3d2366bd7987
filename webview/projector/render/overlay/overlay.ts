/**
 * The layer over the points: contours below, then pictures, rings, names, what the hand draws, and names of axes. Each
 * pane draws inside its own viewport.
 */
import { element } from '../../../dom';
import { sizeCanvas } from '../canvas';
import type { CanvasSize } from '../scene';
import { drawAxes } from './axes';
import { drawContours } from './contours';
import { drawGesture, drawRings } from './gestures';
import { drawLabels } from './labels';
import { drawPictures } from './pictures';
import type { OverlayPane } from './scene';

/** A layer that fills its target. */
export interface Overlay {
  readonly canvas: HTMLCanvasElement;
  resize(size: CanvasSize): void;
  draw(panes: readonly OverlayPane[]): void;
  dispose(): void;
}

/** Puts the layer on top of what is in the target; the pointer passes through it. */
export function createOverlay(target: HTMLElement): Overlay {
  const canvas = element('canvas', { class: 'map-overlay', attributes: { 'aria-hidden': 'true' } });
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0',
    width: '100%',
    height: '100%',
    pointerEvents: 'none',
  });
  target.append(canvas);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('a canvas gave no 2d context');
  let ratio = 1;
  return {
    canvas,
    resize: (size) => {
      ratio = size.ratio;
      sizeCanvas(canvas, size);
    },
    draw: (panes) => {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      for (const pane of panes) drawOverlayPane(context, pane);
    },
    dispose: () => canvas.remove(),
  };
}

/** Draws one pane in CSS pixels, clipped to its viewport; for pictures that are saved as well. */
export function drawOverlayPane(context: CanvasRenderingContext2D, pane: OverlayPane): void {
  const { left, top, width, height } = pane.view.viewport;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  drawContours(context, pane);
  drawPictures(context, pane);
  drawRings(context, pane);
  drawLabels(context, pane);
  drawAxes(context, pane);
  drawGesture(context, pane);
  context.restore();
}
