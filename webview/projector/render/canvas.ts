/** Device pixels of canvases and panes, by one rule for both back ends and the overlay. */
import type { Viewport } from '../../../src/domain/maps/view/project';
import type { CanvasSize } from './scene';

/** Gives the canvas its device pixels; its place on the page follows the styles. */
export function sizeCanvas(canvas: HTMLCanvasElement, { width, height, ratio }: CanvasSize): void {
  const device = [width, height].map((length) => Math.max(1, Math.round(length * ratio)));
  const [deviceWidth = 1, deviceHeight = 1] = device;
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
}

/** A viewport in device pixels, on whole ones. */
export function deviceBox(viewport: Viewport, ratio: number): Viewport {
  const left = Math.round(viewport.left * ratio);
  const top = Math.round(viewport.top * ratio);
  const right = Math.round((viewport.left + viewport.width) * ratio);
  const bottom = Math.round((viewport.top + viewport.height) * ratio);
  return { left, top, width: right - left, height: bottom - top };
}
