/**
 * Pictures of samples, page by page as they are looked at: what is missing is asked for once, and the pages that were
 * not looked at for longest give way.
 */
import type { PictureFormat, SheetLayout } from '../../../src/domain/maps/view/pictures';
import { placeOnSheet, sheetLayout, sheetsOf } from '../../../src/domain/maps/view/pictures';

/** A picture on its sheet. */
export interface StoredPicture {
  readonly sheet: HTMLCanvasElement;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pictures of one pane. */
export interface PictureStore {
  /** The picture of a row; undefined while its page is on the way, and for good where there is none. */
  pictureOf(row: number): StoredPicture | undefined;
  /** Takes a page from the host. Pixels of another size than was said are dropped. */
  add(page: number, pixels: Uint8Array): void;
}

export interface PictureStoreOptions {
  readonly format: PictureFormat & { readonly pages: number };
  /** Asks the host for a page. */
  readonly request: (page: number) => void;
  /** Most bytes of sheets that are kept. */
  readonly mostBytes?: number;
}

const MOST_BYTES = 96 * 1024 * 1024;
/** The host answers one by one: more at once would only make the reader wait for what has left the view. */
const MOST_ASKED = 8;

/** A store without pages. */
export function createPictureStore(options: PictureStoreOptions): PictureStore {
  const { format, request, mostBytes = MOST_BYTES } = options;
  const layout = sheetLayout(format);
  const pageBytes = 4 * format.height * format.width * format.perPage;
  const mostPages = Math.max(2, Math.floor(mostBytes / pageBytes));
  const pages = new Map<number, readonly HTMLCanvasElement[]>();
  const asked = new Set<number>();
  return {
    pictureOf: (row) => {
      const page = Math.floor(row / format.perPage);
      if (!layout || page < 0 || page >= format.pages) return undefined;
      const sheets = pages.get(page);
      if (!sheets) {
        ask(page);
        return undefined;
      }
      // The order of a map is the order of its last uses.
      pages.delete(page);
      pages.set(page, sheets);
      return pictureOn(sheets, layout, { format, index: row % format.perPage });
    },
    add: (page, pixels) => {
      asked.delete(page);
      pages.set(page, (sheetsOf(pixels, format) ?? []).map(canvasOf));
      for (const oldest of pages.keys()) {
        if (pages.size <= mostPages) break;
        pages.delete(oldest);
      }
    },
  };

  function ask(page: number): void {
    if (asked.has(page) || asked.size >= MOST_ASKED) return;
    asked.add(page);
    request(page);
  }
}

function pictureOn(
  sheets: readonly HTMLCanvasElement[],
  layout: SheetLayout,
  { format, index }: { readonly format: PictureFormat; readonly index: number },
): StoredPicture | undefined {
  const { height, width } = format;
  const { sheet: number, x, y } = placeOnSheet(layout, format, index);
  const sheet = sheets[number];
  return sheet && x < sheet.width && y < sheet.height ? { sheet, x, y, width, height } : undefined;
}

function canvasOf({
  width,
  height,
  bytes,
}: {
  width: number;
  height: number;
  bytes: Uint8ClampedArray<ArrayBuffer>;
}) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, width), 0, 0);
  return canvas;
}
