/** The picture of a sample on a small canvas, which is filled once its page has come. */
import { element } from '../../dom';
import type { Place } from '../state/partners';
import type { Store } from '../state/store';

/** Canvases that wait for their page. */
const waiting = new Map<HTMLCanvasElement, Place>();

/** The picture; null for a source without pictures. Decoration: the name stands beside it. */
export function createThumbnail(store: Store, place: Place): HTMLCanvasElement | null {
  const format = store.model.panes?.[place.pane]?.source.pictures;
  if (!format) return null;
  const canvas = element('canvas', { class: 'thumbnail', attributes: { 'aria-hidden': 'true' } });
  canvas.width = format.width;
  canvas.height = format.height;
  waiting.set(canvas, place);
  fillThumbnails(store);
  return canvas;
}

/** Draws the pictures that have come. */
export function fillThumbnails(store: Store): void {
  for (const [canvas, place] of waiting) {
    const picture = store.picturesOf(place.pane)?.pictureOf(place.row);
    if (!picture) continue;
    const { sheet, x, y, width, height } = picture;
    canvas.getContext('2d')?.drawImage(sheet, x, y, width, height, 0, 0, width, height);
    waiting.delete(canvas);
  }
}

/** Forgets canvases that were removed before their picture came. */
export function forgetRemoved(): void {
  for (const canvas of waiting.keys()) if (!canvas.isConnected) waiting.delete(canvas);
}
