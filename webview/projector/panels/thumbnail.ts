/** The picture of a sample on a small canvas, which is filled once its page has come. */
import { element } from '../../dom';
import type { Picture } from '../state/picturePages';
import type { Place } from '../state/partners';
import type { Store } from '../state/store';

const CHANNELS = 4;
const OPAQUE = 255;
/** Canvases that wait for their page. */
const waiting = new Map<HTMLCanvasElement, Place>();

/** The picture; null for a source without pictures. Decoration: the name stands beside it. */
export function createThumbnail(store: Store, place: Place): HTMLCanvasElement | null {
  const shape = store.model.panes?.[place.pane]?.source.pictures;
  if (!shape) return null;
  const canvas = element('canvas', { class: 'thumbnail', attributes: { 'aria-hidden': 'true' } });
  canvas.width = shape.width;
  canvas.height = shape.height;
  waiting.set(canvas, place);
  fillThumbnails(store);
  return canvas;
}

/** Draws the pictures that have come; canvases that are no longer on the page are forgotten. */
export function fillThumbnails(store: Store): void {
  for (const [canvas, place] of waiting) {
    const picture = store.pictureOf(place);
    if (!picture) continue;
    canvas.getContext('2d')?.putImageData(imageOf(picture), 0, 0);
    waiting.delete(canvas);
  }
}

/** Forgets canvases that were removed before their picture came. */
export function forgetRemoved(): void {
  for (const canvas of waiting.keys()) if (!canvas.isConnected) waiting.delete(canvas);
}

/** The pixels of a picture with their opacity. */
export function imageOf({ pixels, shape: { width, height, channels } }: Picture): ImageData {
  const whole = new Uint8ClampedArray(width * height * CHANNELS).fill(OPAQUE);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < CHANNELS - 1; channel++) {
      const from = channels === 1 ? pixel : pixel * channels + channel;
      whole[pixel * CHANNELS + channel] = pixels[from] ?? 0;
    }
  }
  return new ImageData(whole, width, height);
}
