/** Raw pixels on a canvas. */
import { element } from './dom';

const COLOURS = 3;
const CHANNELS = 4;
const OPAQUE = 255;

/** Draws pixels [height, width, 3], 0 to 255, on a canvas of that size. */
export function drawPixels(canvas: HTMLCanvasElement, pixels: Uint8Array): void {
  const { width, height } = canvas;
  canvas.getContext('2d')?.putImageData(new ImageData(withAlpha(pixels), width, height), 0, 0);
}

/** Pictures of one size, one after the other: [pictures, height, width, 3]. */
export interface PicturePixels {
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

/** One of so many pictures on a canvas of its own; the words beside it say what it is a picture of. */
export function pictureAt({ height, width, pixels }: PicturePixels, at: number, count: number): HTMLElement {
  const bytes = pixels.length / count;
  const size = { width: String(width), height: String(height) };
  const canvas = element('canvas', { attributes: { ...size, 'aria-hidden': 'true' } });
  drawPixels(canvas, pixels.subarray(at * bytes, (at + 1) * bytes));
  return canvas;
}

function withAlpha(pixels: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const count = pixels.length / COLOURS;
  const whole = new Uint8ClampedArray(count * CHANNELS).fill(OPAQUE);
  for (let pixel = 0; pixel < count; pixel++)
    whole.set(pixels.subarray(pixel * COLOURS, (pixel + 1) * COLOURS), pixel * CHANNELS);
  return whole;
}
