/** A picture on a canvas of its own size, enlarged by the style sheet, with a name under it. */
import { element, setAttribute } from '../../dom';
import { drawPixels } from '../../pixels';
import type { SizeInPixels } from './sample';

export interface Picture {
  readonly element: HTMLElement;
  /** Draws pixels [height, width, 3], 0 to 255, and says what they are. */
  draw(pixels: Uint8Array, description: string): void;
}

/** A picture that is empty at first. */
export function createPicture({ height, width }: SizeInPixels, name: string): Picture {
  const canvas = element('canvas', {
    attributes: { role: 'img', width: String(width), height: String(height) },
  });
  const caption = element('figcaption', { class: 'quiet', text: name });
  // The description of the picture says it already.
  setAttribute(caption, 'aria-hidden', 'true');
  return {
    element: element('figure', {}, [canvas, caption]),
    draw: (pixels, description) => {
      setAttribute(canvas, 'aria-label', description);
      drawPixels(canvas, pixels);
    },
  };
}
