/**
 * Pictures in the plainest file there is: PPM (Netpbm), a line of text and then the bytes of red, green and blue. Every
 * viewer of images on Linux opens it, and it needs no library.
 */

/** A picture [height, width, 3], 0 to 255. */
export interface ColourPicture {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

const COLOURS = 3;

/** The bytes of a `.ppm` file. */
export function encodePpm({ pixels, height, width }: ColourPicture): Uint8Array {
  const head = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
  const file = new Uint8Array(head.length + pixels.length);
  file.set(head);
  file.set(pixels, head.length);
  return file;
}

/** How a sheet is laid out: pictures in a row, by how much each is enlarged, and the white between them in pixels. */
export interface SheetLayout {
  readonly columns: number;
  readonly enlarge: number;
  readonly gap: number;
}

/** Pictures of one size side by side on white, row by row; there is at least one. */
export function contactSheet(pictures: readonly ColourPicture[], layout: SheetLayout): ColourPicture {
  const { columns, enlarge, gap } = layout;
  const [{ height, width }] = pictures;
  const across = Math.min(columns, pictures.length);
  const down = Math.ceil(pictures.length / across);
  const sheet = {
    height: down * (height * enlarge + gap) + gap,
    width: across * (width * enlarge + gap) + gap,
  };
  const pixels = new Uint8Array(sheet.height * sheet.width * COLOURS).fill(255);
  pictures.forEach((picture, place) => {
    const top = gap + Math.floor(place / across) * (height * enlarge + gap);
    const left = gap + (place % across) * (width * enlarge + gap);
    paste(picture, { ...sheet, pixels }, { top, left, enlarge });
  });
  return { ...sheet, pixels };
}

function paste(
  picture: ColourPicture,
  sheet: ColourPicture,
  { top, left, enlarge }: { readonly top: number; readonly left: number; readonly enlarge: number },
): void {
  for (let row = 0; row < picture.height * enlarge; row++) {
    for (let column = 0; column < picture.width * enlarge; column++) {
      const source = Math.floor(row / enlarge) * picture.width + Math.floor(column / enlarge);
      const target = (top + row) * sheet.width + left + column;
      const pixel = picture.pixels.subarray(source * COLOURS, (source + 1) * COLOURS);
      sheet.pixels.set(pixel, target * COLOURS);
    }
  }
}
