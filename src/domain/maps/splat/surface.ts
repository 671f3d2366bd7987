/**
 * A picture in memory that points are blended into, with a border around what is seen, so that a disc at the edge
 * needs no test of each of its pixels. Four bytes a pixel, red first; read as a number, red is lowest (all machines
 * that the editor runs on put the lowest byte first).
 */

/** Pixels with their border. */
export interface Surface {
  /** Of the part that is seen. */
  readonly width: number;
  readonly height: number;
  /** Width of the border on every side. */
  readonly border: number;
  /** Pixels from a row to the next. */
  readonly stride: number;
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
  readonly pixels: Int32Array;
}

/** A colour, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

const OPAQUE = 0xff000000;

/** A surface of one colour. */
export function createSurface(width: number, height: number, border: number): Surface {
  const stride = width + 2 * border;
  const buffer = new ArrayBuffer(4 * stride * (height + 2 * border));
  return {
    width,
    height,
    border,
    stride,
    bytes: new Uint8ClampedArray(buffer),
    pixels: new Int32Array(buffer),
  };
}

/** Paints the whole surface. */
export function clearSurface({ pixels }: Surface, colour: Rgb): void {
  pixels.fill(packed(colour));
}

/** A colour as one pixel. */
export function packed([red, green, blue]: Rgb): number {
  return OPAQUE | (blue << 16) | (green << 8) | red;
}
