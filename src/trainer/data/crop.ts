/**
 * Crops a box and stretches it to the full size by bilinear interpolation, flipped if asked. Pixel centres
 * lie at half-integers and the box's border is repeated, as when torchvision crops first and then resizes.
 * The box's rows are stretched first, then blended, so that each value costs two blends instead of three.
 */
import type { ImageAt, ImageSize } from './image';

/** A box of whole pixels inside an image. */
export interface CropBox {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Writes the crop of `from`, scaled to 0-1, to `to`; both [height, width, channels]. */
export type CropKernel = (
  from: ImageAt<Uint8Array>,
  to: Float32Array,
  crop: { readonly box: CropBox; readonly flipped: boolean },
) => void;

const PIXEL_SCALE = 1 / 255;

/** Where a target coordinate falls in the source: between `near` and `far`, `weight` of the way. */
interface Taps {
  readonly near: Int32Array;
  readonly far: Int32Array;
  readonly weight: Float32Array;
}

/** A crop kernel for images of one size, with scratch memory of its own. */
export function createCropKernel({ height, width, channels }: ImageSize): CropKernel {
  const rows = createTaps(height);
  const columns = createTaps(width);
  const stride = width * channels;
  const stretched = new Float32Array(height * stride);
  const stretch = channels === 3 ? stretchRow3 : stretchRow1;
  return ({ values, offset }, to, { box, flipped }) => {
    fillTaps(columns, box.width, channels);
    fillTaps(rows, box.height, stride);
    const corner = offset + box.top * stride + box.left * channels;
    for (let row = 0; row < box.height; row++) {
      stretch({ values, offset: corner + row * stride }, columns, stretched, {
        start: row * stride,
        flipped,
        width,
      });
    }
    for (let row = 0; row < height; row++) blendRows(stretched, rows, to, { row, stride });
  };
}

function createTaps(length: number): Taps {
  return { near: new Int32Array(length), far: new Int32Array(length), weight: new Float32Array(length) };
}

/** Stretches `size` source cells over all targets; offsets come multiplied by `step`. */
function fillTaps({ near, far, weight }: Taps, size: number, step: number): void {
  const scale = size / near.length;
  for (let i = 0; i < near.length; i++) {
    const at = Math.min(size - 1, Math.max(0, (i + 0.5) * scale - 0.5));
    const cell = Math.floor(at);
    near[i] = cell * step;
    far[i] = Math.min(size - 1, cell + 1) * step;
    weight[i] = at - cell;
  }
}

interface RowTarget {
  readonly start: number;
  readonly flipped: boolean;
  readonly width: number;
}

function stretchRow3(
  { values, offset }: ImageAt<Uint8Array>,
  { near, far, weight }: Taps,
  to: Float32Array,
  row: RowTarget,
): void {
  const step = row.flipped ? -3 : 3;
  let target = row.flipped ? row.start + 3 * (row.width - 1) : row.start;
  for (let column = 0; column < row.width; column++) {
    const left = offset + near[column];
    const right = offset + far[column];
    const share = weight[column] * PIXEL_SCALE;
    const rest = PIXEL_SCALE - share;
    to[target] = values[left] * rest + values[right] * share;
    to[target + 1] = values[left + 1] * rest + values[right + 1] * share;
    to[target + 2] = values[left + 2] * rest + values[right + 2] * share;
    target += step;
  }
}

function stretchRow1(
  { values, offset }: ImageAt<Uint8Array>,
  { near, far, weight }: Taps,
  to: Float32Array,
  row: RowTarget,
): void {
  const step = row.flipped ? -1 : 1;
  let target = row.flipped ? row.start + row.width - 1 : row.start;
  for (let column = 0; column < row.width; column++) {
    const share = weight[column] * PIXEL_SCALE;
    const rest = PIXEL_SCALE - share;
    to[target] = values[offset + near[column]] * rest + values[offset + far[column]] * share;
    target += step;
  }
}

/** Writes target row `row` from the two stretched rows around it. */
function blendRows(
  stretched: Float32Array,
  { near, far, weight }: Taps,
  to: Float32Array,
  { row, stride }: { readonly row: number; readonly stride: number },
): void {
  const upper = near[row];
  const lower = far[row];
  const share = weight[row];
  const start = row * stride;
  for (let i = 0; i < stride; i++) {
    const value = stretched[upper + i];
    to[start + i] = value + share * (stretched[lower + i] - value);
  }
}
