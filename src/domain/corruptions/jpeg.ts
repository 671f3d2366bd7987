/**
 * What JPEG loses (ITU-T T.81): luma and chroma, chroma of half the size, cosine transform of blocks of 8 x 8, and
 * rounding by the standard's own tables at a quality as libjpeg counts it. The lossless coding that follows is left
 * out; chroma is enlarged by repeating, where libjpeg interpolates.
 */
import { luma } from './colour';
import type { Picture } from './corruption';

const BLOCK = 8;
const WHITE = 255;
const MIDDLE = 128;

/** Table K.1 of the standard, row by row. */
const LUMA_STEPS = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
/** Table K.2. */
const CHROMA_STEPS = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/** Row k holds the k-th cosine, scaled so that the transform keeps lengths. */
const COSINES = Float64Array.from({ length: BLOCK * BLOCK }, (_, i) => {
  const [k, x] = [Math.floor(i / BLOCK), i % BLOCK];
  return Math.sqrt((k === 0 ? 1 : 2) / BLOCK) * Math.cos(((2 * x + 1) * k * Math.PI) / (2 * BLOCK));
});

/** The transpose, which takes the transform back. */
const INVERSE = COSINES.map((_, i) => COSINES[(i % BLOCK) * BLOCK + Math.floor(i / BLOCK)]);

/** One plane of 0 to 255. */
interface Plane {
  readonly values: Float64Array;
  readonly height: number;
  readonly width: number;
}

/** The picture after coding and decoding at a quality from 1 to 100. */
export function codeAsJpeg(picture: Picture, quality: number): Float32Array {
  const planes = picture.channels === 3 ? codeColours(picture, quality) : [codeGrey(picture, quality)];
  const { values, channels } = picture;
  return Float32Array.from(values, (_, i) => planes[i % channels].values[Math.floor(i / channels)] / WHITE);
}

function codeGrey(picture: Picture, quality: number): Plane {
  return codePlane(
    planeOf(picture, (value) => WHITE * value),
    stepsOf(LUMA_STEPS, quality),
  );
}

/** Red, green and blue again, after luma and both chromas were coded. */
function codeColours(picture: Picture, quality: number): Plane[] {
  const y = planeOf(picture, (r, g, b) => WHITE * luma(r, g, b));
  const cb = planeOf(picture, (r, g, b) => MIDDLE + (WHITE * (b - luma(r, g, b))) / 1.772);
  const cr = planeOf(picture, (r, g, b) => MIDDLE + (WHITE * (r - luma(r, g, b))) / 1.402);
  const steps = stepsOf(CHROMA_STEPS, quality);
  const [light, blue, red] = [
    codePlane(y, stepsOf(LUMA_STEPS, quality)),
    doubled(codePlane(halved(cb), steps), y),
    doubled(codePlane(halved(cr), steps), y),
  ];
  const join = (of: (y: number, cb: number, cr: number) => number): Plane => ({
    ...y,
    values: light.values.map((value, i) => of(value, blue.values[i] - MIDDLE, red.values[i] - MIDDLE)),
  });
  return [
    join((value, _, r) => value + 1.402 * r),
    join((value, b, r) => value - 0.344136 * b - 0.714136 * r),
    join((value, b) => value + 1.772 * b),
  ];
}

function planeOf(picture: Picture, of: (red: number, green: number, blue: number) => number): Plane {
  const { values, height, width, channels } = picture;
  const plane = Float64Array.from({ length: height * width }, (_, pixel) => {
    const start = pixel * channels;
    return of(values[start], values[start + 1], values[start + 2]);
  });
  return { values: plane, height, width };
}

/** libjpeg's scale: the table as it is at quality 50, none coarser than 255. */
function stepsOf(table: readonly number[], quality: number): number[] {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return table.map((step) => Math.min(WHITE, Math.max(1, Math.floor((step * percent + 50) / 100))));
}

/** A value of a plane; beyond the border the border goes on. */
function valueAt({ values, height, width }: Plane, row: number, column: number): number {
  return values[Math.min(height - 1, row) * width + Math.min(width - 1, column)];
}

function halved(plane: Plane): Plane {
  const [height, width] = [Math.ceil(plane.height / 2), Math.ceil(plane.width / 2)];
  const values = Float64Array.from({ length: height * width }, (_, i) => {
    const [row, column] = [2 * Math.floor(i / width), 2 * (i % width)];
    const upper = valueAt(plane, row, column) + valueAt(plane, row, column + 1);
    return (upper + valueAt(plane, row + 1, column) + valueAt(plane, row + 1, column + 1)) / 4;
  });
  return { values, height, width };
}

function doubled(plane: Plane, { height, width }: Plane): Plane {
  const values = Float64Array.from(
    { length: height * width },
    (_, i) => plane.values[(Math.floor(i / width) >> 1) * plane.width + ((i % width) >> 1)],
  );
  return { values, height, width };
}

/** Codes block by block, and rounds and cuts off to bytes as a decoder does. */
function codePlane(plane: Plane, steps: readonly number[]): Plane {
  const values = new Float64Array(plane.values.length);
  for (let top = 0; top < plane.height; top += BLOCK) {
    for (let left = 0; left < plane.width; left += BLOCK) {
      const block = Float64Array.from({ length: BLOCK * BLOCK }, (_, i) => {
        return valueAt(plane, top + Math.floor(i / BLOCK), left + (i % BLOCK)) - MIDDLE;
      });
      const coded = transform(block, COSINES).map((value, i) => steps[i] * Math.round(value / steps[i]));
      placeBlock(transform(coded, INVERSE), { ...plane, values }, { top, left });
    }
  }
  return { ...plane, values };
}

function placeBlock(
  block: Float64Array,
  { values, height, width }: Plane,
  { top, left }: { readonly top: number; readonly left: number },
): void {
  for (let row = top; row < Math.min(height, top + BLOCK); row++) {
    for (let column = left; column < Math.min(width, left + BLOCK); column++) {
      const value = block[(row - top) * BLOCK + column - left] + MIDDLE;
      values[row * width + column] = Math.min(WHITE, Math.max(0, Math.round(value)));
    }
  }
}

/** M B M^T: a transform along the columns of a block, then along its rows. */
function transform(block: Float64Array, matrix: Float64Array): Float64Array {
  return alongColumns(alongColumns(block, matrix), matrix);
}

/** (M B)^T; twice, it has transformed both ways and lies as before. */
function alongColumns(block: Float64Array, matrix: Float64Array): Float64Array {
  const result = new Float64Array(BLOCK * BLOCK);
  for (let row = 0; row < BLOCK; row++) {
    for (let column = 0; column < BLOCK; column++) {
      let sum = 0;
      for (let k = 0; k < BLOCK; k++) sum += matrix[row * BLOCK + k] * block[k * BLOCK + column];
      result[column * BLOCK + row] = sum;
    }
  }
  return result;
}
