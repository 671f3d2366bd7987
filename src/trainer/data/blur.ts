/**
 * Gaussian blur as SimCLR (arXiv 2002.05709, appendix A) does it: a kernel of a tenth of the side, rows first, then
 * columns. Over the border the picture goes on as its mirror image without the border pixel itself, torchvision's
 * `reflect`; SimCLR's own code has black there.
 */
import type { ImageSize } from './image';

/** Blurs an image [height, width, channels] in place; the standard deviation is in pixels. */
export type BlurKernel = (image: Float32Array, sigma: number) => void;

/** One kernel of weights, and where the values under it lie: those of target t at places[t], places[t + 1], ... */
interface Taps {
  readonly weights: Float32Array;
  readonly places: Int32Array;
}

/** A blur for images of one size, with scratch memory of its own. */
export function createBlurKernel(size: ImageSize): BlurKernel {
  const { height, width, channels } = size;
  const stride = width * channels;
  const radius = blurRadius(size);
  const weights = new Float32Array(2 * radius + 1);
  const columns = { weights, places: reflectedPlaces(width, radius, channels) };
  const rows = { weights, places: reflectedPlaces(height, radius, stride) };
  const between = new Float32Array(height * stride);
  return (image, sigma) => {
    fillGaussian(weights, sigma);
    blurAlongRows(image, between, columns, { stride, channels });
    blurAlongColumns(between, image, rows, stride);
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

/** exp(-x^2 / (2 sigma^2)) for x from -radius to radius, scaled to a sum of 1. */
function fillGaussian(weights: Float32Array, sigma: number): void {
  const radius = weights.length >> 1;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const x = i - radius;
    weights[i] = Math.exp((-x * x) / (2 * sigma * sigma));
    sum += weights[i];
  }
  for (let i = 0; i < weights.length; i++) weights[i] /= sum;
}

function blurAlongRows(
  from: Float32Array,
  to: Float32Array,
  { weights, places }: Taps,
  { stride, channels }: { readonly stride: number; readonly channels: number },
): void {
  for (let start = 0; start < from.length; start += stride) {
    for (let i = 0; i < stride; i++) {
      const channel = i % channels;
      const column = (i - channel) / channels;
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++) {
        sum += weights[tap] * from[start + places[column + tap] + channel];
      }
      to[start + i] = sum;
    }
  }
}

function blurAlongColumns(
  from: Float32Array,
  to: Float32Array,
  { weights, places }: Taps,
  stride: number,
): void {
  for (let start = 0, row = 0; start < from.length; start += stride, row++) {
    for (let i = 0; i < stride; i++) {
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++) sum += weights[tap] * from[places[row + tap] + i];
      to[start + i] = sum;
    }
  }
}
