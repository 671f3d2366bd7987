/**
 * Pictures of samples on a map: which are near enough to be shown, and how a page of them, as it comes from the host,
 * is laid out on sheets that every browser can hold.
 */
import type { Projected, Viewport } from './project';

/** How the pictures of a source come. */
export interface PictureFormat {
  readonly height: number;
  readonly width: number;
  /** Grey or red, green and blue. */
  readonly channels: 1 | 3;
  readonly perPage: number;
}

/** Where one picture lies. */
export interface PicturePlace {
  /** Place of the sheet among those of its page. */
  readonly sheet: number;
  readonly x: number;
  readonly y: number;
}

/** How a page is laid out. */
export interface SheetLayout {
  readonly columns: number;
  readonly perSheet: number;
  readonly sheets: number;
}

/** Sides of a sheet, in pixels. */
export const MOST_SHEET_PX = 4096;
/** No more pictures are shown at once. */
export const MOST_PICTURES = 200;

/** The layout of a page of so many pictures; null for pictures that fit on no sheet. */
export function sheetLayout({ height, width, perPage }: PictureFormat): SheetLayout | null {
  const columns = Math.min(Math.ceil(Math.sqrt(perPage)), Math.floor(MOST_SHEET_PX / width));
  const perSheet = columns * Math.min(Math.floor(MOST_SHEET_PX / height), Math.ceil(perPage / columns));
  // False for NaN as well, which no pictures in a page make.
  if (!(height > 0 && width > 0 && perSheet > 0)) return null;
  return { columns, perSheet, sheets: Math.ceil(perPage / perSheet) };
}

/** Where the picture at a place of its page lies. */
export function placeOnSheet(
  { columns, perSheet }: SheetLayout,
  { height, width }: PictureFormat,
  index: number,
): PicturePlace {
  const own = index % perSheet;
  return {
    sheet: Math.floor(index / perSheet),
    x: (own % columns) * width,
    y: Math.floor(own / columns) * height,
  };
}

/** One sheet: bytes of red, green, blue and opacity. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * The sheets of a page whose pixels are [pictures, height, width, channels]; the last page may hold fewer pictures.
 * Undefined for pixels that are no whole number of pictures, or too many.
 */
export function sheetsOf(pixels: Uint8Array, format: PictureFormat): Sheet[] | undefined {
  const layout = sheetLayout(format);
  const size = format.height * format.width * format.channels;
  const count = pixels.length / size;
  if (!layout || !Number.isInteger(count) || count > format.perPage) return undefined;
  const sheets = Array.from({ length: Math.ceil(count / layout.perSheet) }, (_, sheet) =>
    blankSheet(layout, format, Math.min(layout.perSheet, count - sheet * layout.perSheet)),
  );
  for (let index = 0; index < count; index++) {
    const { sheet, x, y } = placeOnSheet(layout, format, index);
    copyPicture(
      sheets[sheet],
      { x, y },
      { format, pixels: pixels.subarray(index * size, (index + 1) * size) },
    );
  }
  return sheets;
}

function blankSheet(layout: SheetLayout, format: PictureFormat, pictures: number): Sheet {
  const width = Math.min(layout.columns, pictures) * format.width;
  const height = Math.ceil(pictures / layout.columns) * format.height;
  return { width, height, bytes: new Uint8ClampedArray(4 * width * height) };
}

function copyPicture(
  sheet: Sheet,
  at: { readonly x: number; readonly y: number },
  { format, pixels }: { readonly format: PictureFormat; readonly pixels: Uint8Array },
): void {
  const { height, width, channels } = format;
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let row = 0, from = 0; row < height; row++) {
    let to = 4 * ((at.y + row) * sheet.width + at.x);
    for (let column = 0; column < width; column++, from += channels, to += 4) {
      sheet.bytes[to] = pixels[from];
      sheet.bytes[to + 1] = pixels[from + green];
      sheet.bytes[to + 2] = pixels[from + blue];
      sheet.bytes[to + 3] = 255;
    }
  }
}

/** Rows whose points lie in the viewport, the ones drawn last at the end; null if they are more than so many. */
export function rowsInView(
  { xy }: Projected,
  viewport: Viewport,
  { order, most = MOST_PICTURES }: { readonly order?: Uint32Array; readonly most?: number } = {},
): number[] | null {
  const { left, top, width, height } = viewport;
  const found: number[] = [];
  const count = order?.length ?? xy.length / 2;
  for (let n = 0; n < count; n++) {
    const row = order ? order[n] : n;
    const [x, y] = [xy[2 * row] - left, xy[2 * row + 1] - top];
    if (!(x >= 0 && y >= 0 && x <= width && y <= height)) continue;
    if (found.length === most) return null;
    found.push(row);
  }
  return found;
}
