/**
 * PIL's four enhancers. Each blends the picture with a degenerate form of itself, black, grey, one even grey or
 * smoothed: degenerate + factor * (picture - degenerate), cut off to whole levels from 0 to 255. So a factor of 1
 * changes nothing, 0 leaves the degenerate form, and more than 1 goes the other way.
 */
import { WHITE, type OperationKernel, type Pixels } from './operation';

/** Degenerate form: black. */
export const brightness: OperationKernel = ({ from, to }, { argument: factor }) => {
  for (let i = 0; i < from.length; i++) to[i] = cutOff(factor * from[i]);
};

/** Degenerate form: every pixel its own grey. A picture of one channel stays as it is. */
export const color: OperationKernel = ({ from, to, size }, { argument: factor }) => {
  if (size.channels !== 3) {
    to.set(from);
    return;
  }
  for (let i = 0; i < from.length; i += 3) {
    const grey = greyOf(from, i);
    to[i] = blend(grey, from[i], factor);
    to[i + 1] = blend(grey, from[i + 1], factor);
    to[i + 2] = blend(grey, from[i + 2], factor);
  }
};

/** Degenerate form: the mean of the pixels' greys, rounded, everywhere. */
export const contrast: OperationKernel = (pixels, { argument: factor }) => {
  const { from, to } = pixels;
  const mean = meanGrey(pixels);
  for (let i = 0; i < from.length; i++) to[i] = blend(mean, from[i], factor);
};

function meanGrey({ from, size }: Pixels): number {
  let sum = 0;
  for (let i = 0; i < from.length; i += size.channels) sum += size.channels === 3 ? greyOf(from, i) : from[i];
  return Math.floor((sum * size.channels) / from.length + 0.5);
}

/** Luma of ITU-R BT.601 in PIL's whole numbers: weights times 2^16, rounded. */
function greyOf(from: Uint8Array, i: number): number {
  return (from[i] * 19595 + from[i + 1] * 38470 + from[i + 2] * 7471 + 0x8000) >> 16;
}

/**
 * Degenerate form: PIL's SMOOTH filter, weights [1 1 1; 1 5 1; 1 1 1] / 13, rounded; pixels on the border stay as
 * they are.
 */
export const sharpness: OperationKernel = ({ from, to, size }, { argument: factor }) => {
  const { height, width, channels } = size;
  const stride = width * channels;
  to.set(from);
  for (let row = 1; row < height - 1; row++) {
    for (let i = row * stride + channels; i < (row + 1) * stride - channels; i++) {
      to[i] = blend(smoothed(from, i, { stride, channels }), from[i], factor);
    }
  }
};

function smoothed(
  from: Uint8Array,
  i: number,
  { stride, channels }: { readonly stride: number; readonly channels: number },
): number {
  const above = i - stride;
  const below = i + stride;
  const sum =
    from[above - channels] +
    from[above] +
    from[above + channels] +
    from[i - channels] +
    5 * from[i] +
    from[i + channels] +
    from[below - channels] +
    from[below] +
    from[below + channels];
  return Math.floor(sum / 13 + 0.5);
}

function blend(degenerate: number, value: number, factor: number): number {
  return cutOff(degenerate + factor * (value - degenerate));
}

function cutOff(value: number): number {
  return value <= 0 ? 0 : value >= WHITE ? WHITE : value | 0;
}
