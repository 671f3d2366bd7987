/**
 * Crops a box and stretches it to the full size by bilinear interpolation, flipped if asked. Pixel centres
 * lie at half-integers and the box's border is repeated, as when torchvision crops first and then resizes.
 * Rows are blended first, then columns, so that each value costs two blends instead of three.
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
  const blended = new Float32Array(width * channels);
  const stretch = channels === 3 ? stretchRow3 : stretchRow1;
  return ({ values, offset }, to, { box, flipped }) => {
    fillTaps(rows, box.height, 1);
    fillTaps(columns, box.width, channels);
    const stride = width * channels;
    const corner = offset + box.top * stride + box.left * channels;
    const length = box.width * channels;
    for (let row = 0; row < height; row++) {
      const near = corner + rows.near[row] * stride;
      const far = corner + rows.far[row] * stride;
      const weight = rows.weight[row] * PIXEL_SCALE;
      const rest = PIXEL_SCALE - weight;
      for (let i = 0; i < length; i++) {
        blended[i] = values[near + i] * rest + values[far + i] * weight;
      }
      stretch(blended, columns, to, { start: row * stride, flipped, width });
    }
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
  blended: Float32Array,
  { near, far, weight }: Taps,
  to: Float32Array,
  row: RowTarget,
): void {
  const step = row.flipped ? -3 : 3;
  let target = row.flipped ? row.start + 3 * (row.width - 1) : row.start;
  for (let column = 0; column < row.width; column++) {
    const left = near[column];
    const right = far[column];
    const share = weight[column];
    to[target] = blended[left] + share * (blended[right] - blended[left]);
    to[target + 1] = blended[left + 1] + share * (blended[right + 1] - blended[left + 1]);
    to[target + 2] = blended[left + 2] + share * (blended[right + 2] - blended[left + 2]);
    target += step;
  }
}

function stretchRow1(
  blended: Float32Array,
  { near, far, weight }: Taps,
  to: Float32Array,
  row: RowTarget,
): void {
  const step = row.flipped ? -1 : 1;
  let target = row.flipped ? row.start + row.width - 1 : row.start;
  for (let column = 0; column < row.width; column++) {
    const left = blended[near[column]];
    to[target] = left + weight[column] * (blended[far[column]] - left);
    target += step;
  }
}
