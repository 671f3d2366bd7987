/**
 * Gaussian blur as SimCLR (arXiv 2002.05709, appendix A) does it: a kernel of a tenth of the side, rows first, then
 * columns. Over the border the picture goes on as its mirror image without the border pixel itself, torchvision's
 * `reflect`; SimCLR's own code has black there.
 */
import type { ImageSize } from './image';

/** Blurs an image [height, width, channels] in place; the standard deviation is in pixels. */
export type BlurKernel = (image: Float32Array, sigma: number) => void;

/** A blur for images of one size, with scratch memory of its own. */
export function createBlurKernel(size: ImageSize): BlurKernel {
  const { height, width, channels } = size;
  const stride = width * channels;
  const radius = blurRadius(size);
  const weights = new Float32Array(radius + 1);
  const columns = reflectedPlaces(width, radius, channels);
  const rows = reflectedPlaces(height, radius, stride);
  const padded = new Float32Array(stride + 2 * radius * channels);
  const between = new Float32Array(height * stride);
  return (image, sigma) => {
    fillGaussian(weights, sigma);
    for (let start = 0; start < image.length; start += stride) {
      padRow(image, padded, columns, { start, channels });
      blurAlong(padded, between, weights, { start, stride, channels });
    }
    for (let row = 0; row < height; row++) {
      blurAcross(between, image, weights, { start: row * stride, stride, lines: rows, line: row + radius });
    }
  };
}

/** Half the kernel: SimCLR's floor(floor(side / 10) / 2), but at least 1, so that small images are blurred too. */
export function blurRadius({ height, width }: ImageSize): number {
  return Math.max(1, Math.floor(Math.floor(Math.min(height, width) / 10) / 2));
}

/** Places from -radius to length - 1 + radius, mirrored about the first and the last, times `step`. */
function reflectedPlaces(length: number, radius: number, step: number): Int32Array {
  return Int32Array.from({ length: length + 2 * radius }, (_, i) => {
    const mirrored = Math.abs(i - radius);
    return Math.max(0, Math.min(mirrored, 2 * (length - 1) - mirrored)) * step;
  });
}

/** exp(-x^2 / (2 sigma^2)) for x from 0 to radius, scaled so that both sides add up to 1. */
function fillGaussian(weights: Float32Array, sigma: number): void {
  let sum = 0;
  for (let x = 0; x < weights.length; x++) {
    weights[x] = Math.exp((-x * x) / (2 * sigma * sigma));
    sum += x === 0 ? 1 : 2 * weights[x];
  }
  for (let x = 0; x < weights.length; x++) weights[x] /= sum;
}

function padRow(
  image: Float32Array,
  padded: Float32Array,
  columns: Int32Array,
  { start, channels }: { readonly start: number; readonly channels: number },
): void {
  for (let column = 0, target = 0; column < columns.length; column++) {
    const source = start + columns[column];
    for (let channel = 0; channel < channels; channel++) padded[target++] = image[source + channel];
  }
}

/** Sums a row with itself moved by 1, 2, ... pixels to both sides: passes over whole rows are the fastest way. */
function blurAlong(
  padded: Float32Array,
  to: Float32Array,
  weights: Float32Array,
  row: { readonly start: number; readonly stride: number; readonly channels: number },
): void {
  const { start, stride, channels } = row;
  const middle = (weights.length - 1) * channels;
  for (let i = 0; i < stride; i++) to[start + i] = weights[0] * padded[middle + i];
  for (let x = 1; x < weights.length; x++) {
    const weight = weights[x];
    const left = middle - x * channels;
    const right = middle + x * channels;
    for (let i = 0; i < stride; i++) to[start + i] += weight * (padded[left + i] + padded[right + i]);
  }
}

/** Sums a row with those above and below it; `lines` says where rows start, mirrored ones too. */
function blurAcross(
  from: Float32Array,
  to: Float32Array,
  weights: Float32Array,
  row: { readonly start: number; readonly stride: number; readonly lines: Int32Array; readonly line: number },
): void {
  const { start, stride, lines, line } = row;
  for (let i = 0; i < stride; i++) to[start + i] = weights[0] * from[start + i];
  for (let y = 1; y < weights.length; y++) {
    const weight = weights[y];
    const above = lines[line - y];
    const below = lines[line + y];
    for (let i = 0; i < stride; i++) to[start + i] += weight * (from[above + i] + from[below + i]);
  }
}
