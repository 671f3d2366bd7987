/**
 * The warp of SupCon's SimAugment: four control points at the thirds of the image are moved at random, and the rest
 * follows by the thin-plate spline through them (TensorFlow Addons' sparse_image_warp). A target pixel takes the
 * colour that lies back along its displacement, by bilinear interpolation; beyond the border the border goes on.
 */
import type { RandomStream } from '../../domain/random/stream';
import type { ImageSize } from './image';

/** Displacements of the four control points in pixels: [down, right] of each, [8]. */
export type WarpPlan = Float64Array;

/** Warps an image [height, width, channels] in place. */
export type WarpKernel = (image: Float32Array, plan: WarpPlan) => void;

const POINTS = 4;
/** Unknowns of a spline: a weight for each point, a constant, a slope down and a slope to the right. */
const UNKNOWNS = POINTS + 3;
/** Largest standard deviation of a displacement: 23 pixels of an image of 224. */
const MOST_SPREAD = 23 / 224;

/** Draws one standard deviation for all points, then normal displacements. */
export function planWarp(random: RandomStream, { height, width }: ImageSize): WarpPlan {
  const spread = random.between(0, MOST_SPREAD * Math.min(height, width));
  return Float64Array.from({ length: 2 * POINTS }, () => spread * random.normal());
}

/** A warp for images of one size, with scratch memory of its own. */
export function createWarpKernel(size: ImageSize): WarpKernel {
  const source = new Float32Array(size.height * size.width * size.channels);
  const system = new Float64Array(UNKNOWNS * (UNKNOWNS + 2));
  const points = new Float64Array(2 * POINTS);
  return (image, plan) => {
    source.set(image);
    movePoints(points, plan, size);
    fillSystem(system, points, plan);
    solve(system);
    resample(source, image, { size, points, system });
  };
}

/** Where the control points go to. */
function movePoints(points: Float64Array, plan: WarpPlan, { height, width }: ImageSize): void {
  for (let i = 0; i < POINTS; i++) {
    points[2 * i] = ((1 + (i >> 1)) * height) / 3 + plan[2 * i];
    points[2 * i + 1] = ((1 + (i & 1)) * width) / 3 + plan[2 * i + 1];
  }
}

/** r^2 log r^2, of the squared distance. */
function kernelOf(squared: number): number {
  return squared <= 0 ? 0 : squared * Math.log(squared);
}

/** The spline's conditions, a row each, with two right-hand sides: it meets every displacement, and bends least. */
function fillSystem(system: Float64Array, points: Float64Array, plan: WarpPlan): void {
  const width = UNKNOWNS + 2;
  system.fill(0);
  for (let i = 0; i < POINTS; i++) {
    for (let j = 0; j < POINTS; j++) {
      const down = points[2 * i] - points[2 * j];
      const right = points[2 * i + 1] - points[2 * j + 1];
      system[i * width + j] = kernelOf(down * down + right * right);
    }
    const affine = [1, points[2 * i], points[2 * i + 1]];
    for (let k = 0; k < affine.length; k++) {
      system[i * width + POINTS + k] = affine[k];
      system[(POINTS + k) * width + i] = affine[k];
    }
    system[i * width + UNKNOWNS] = plan[2 * i];
    system[i * width + UNKNOWNS + 1] = plan[2 * i + 1];
  }
}

/** Gauss and Jordan's elimination with the largest pivot; the solutions then stand in the last two columns. */
function solve(system: Float64Array): void {
  for (let column = 0; column < UNKNOWNS; column++) {
    swapRows(system, column, pivotOf(system, column));
    for (let row = 0; row < UNKNOWNS; row++) if (row !== column) eliminate(system, row, column);
  }
  const width = UNKNOWNS + 2;
  for (let row = 0; row < UNKNOWNS; row++) {
    system[row * width + UNKNOWNS] /= system[row * width + row];
    system[row * width + UNKNOWNS + 1] /= system[row * width + row];
  }
}

function pivotOf(system: Float64Array, column: number): number {
  const sizeAt = (row: number): number => Math.abs(system[row * (UNKNOWNS + 2) + column]);
  let pivot = column;
  for (let row = column + 1; row < UNKNOWNS; row++) if (sizeAt(row) > sizeAt(pivot)) pivot = row;
  return pivot;
}

function swapRows(system: Float64Array, one: number, other: number): void {
  const width = UNKNOWNS + 2;
  for (let i = 0; i < width; i++) {
    const kept = system[one * width + i];
    system[one * width + i] = system[other * width + i];
    system[other * width + i] = kept;
  }
}

function eliminate(system: Float64Array, row: number, column: number): void {
  const width = UNKNOWNS + 2;
  const factor = system[row * width + column] / system[column * width + column];
  for (let i = column; i < width; i++) system[row * width + i] -= factor * system[column * width + i];
}

interface Spline {
  readonly size: ImageSize;
  readonly points: Float64Array;
  readonly system: Float64Array;
}

function resample(from: Float32Array, to: Float32Array, { size, points, system }: Spline): void {
  const { height, width, channels } = size;
  const stride = UNKNOWNS + 2;
  const down = system.subarray(UNKNOWNS);
  const right = system.subarray(UNKNOWNS + 1);
  const basis = new Float64Array(UNKNOWNS);
  for (let row = 0, target = 0; row < height; row++) {
    for (let column = 0; column < width; column++, target += channels) {
      fillBasis(basis, points, { row, column });
      let y = row;
      let x = column;
      for (let k = 0; k < UNKNOWNS; k++) {
        y -= down[k * stride] * basis[k];
        x -= right[k * stride] * basis[k];
      }
      sample(from, to, { size, y, x, target });
    }
  }
}

function fillBasis(
  basis: Float64Array,
  points: Float64Array,
  { row, column }: { readonly row: number; readonly column: number },
): void {
  for (let i = 0; i < POINTS; i++) {
    const down = row - points[2 * i];
    const right = column - points[2 * i + 1];
    basis[i] = kernelOf(down * down + right * right);
  }
  basis[POINTS] = 1;
  basis[POINTS + 1] = row;
  basis[POINTS + 2] = column;
}

/** Bilinear interpolation between the four pixels around a place, the place being brought inside. */
function sample(
  from: Float32Array,
  to: Float32Array,
  { size, y, x, target }: { size: ImageSize; y: number; x: number; target: number },
): void {
  const { height, width, channels } = size;
  const insideY = Math.min(height - 1, Math.max(0, y));
  const insideX = Math.min(width - 1, Math.max(0, x));
  const top = Math.floor(insideY);
  const left = Math.floor(insideX);
  const below = (Math.min(height - 1, top + 1) - top) * width * channels;
  const beside = (Math.min(width - 1, left + 1) - left) * channels;
  const [shareY, shareX] = [insideY - top, insideX - left];
  for (let channel = 0; channel < channels; channel++) {
    const i = (top * width + left) * channels + channel;
    const upper = from[i] + shareX * (from[i + beside] - from[i]);
    const lower = from[i + below] + shareX * (from[i + below + beside] - from[i + below]);
    to[target + channel] = upper + shareY * (lower - upper);
  }
}
