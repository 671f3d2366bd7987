/** A random landscape by the diamond-square method: the cloud of the fog and the growth of the frost. */
import type { RandomStream } from '../random/stream';
import type { PictureSize } from './corruption';

/** A square grid whose side is a power of 2, and which goes on over its borders. */
interface Grid {
  readonly heights: Float64Array;
  readonly side: number;
}

/**
 * Heights 0-1, [height, width]. Each halving of the step divides the height of what chance adds by the square of
 * `decay`, as in the code of CIFAR-10-C; a larger decay is smoother.
 */
export function plasma(size: PictureSize, decay: number, random: RandomStream): Float32Array {
  const grid = grow(powerOfTwoFrom(Math.max(size.height, size.width, 2)), decay, random);
  const least = grid.heights.reduce((low, height) => Math.min(low, height));
  const range = grid.heights.reduce((high, height) => Math.max(high, height)) - least;
  return Float32Array.from({ length: size.height * size.width }, (_, i) => {
    const height = at(grid, Math.floor(i / size.width), i % size.width);
    return range === 0 ? 0 : (height - least) / range;
  });
}

function powerOfTwoFrom(side: number): number {
  let power = 1;
  while (power < side) power *= 2;
  return power;
}

function grow(side: number, decay: number, random: RandomStream): Grid {
  const grid = { heights: new Float64Array(side * side), side };
  let amplitude = 1;
  for (let step = side; step >= 2; step /= 2) {
    const half = step / 2;
    const wobble = (): number => random.between(-amplitude, amplitude);
    // The centre of each square from its corners, then the middle of each edge from what lies around it.
    raise(grid, { step, first: [half, half], around: diagonal(half) }, wobble);
    raise(grid, { step, first: [0, half], around: straight(half) }, wobble);
    raise(grid, { step, first: [half, 0], around: straight(half) }, wobble);
    amplitude /= decay * decay;
  }
  return grid;
}

/** Which places are set, every `step` from the first on, and from which neighbours. */
interface Raising {
  readonly step: number;
  readonly first: readonly [down: number, right: number];
  readonly around: readonly (readonly [down: number, right: number])[];
}

function raise(grid: Grid, { step, first, around }: Raising, wobble: () => number): void {
  for (let y = first[0]; y < grid.side; y += step) {
    for (let x = first[1]; x < grid.side; x += step) {
      const sum = around.reduce((total, [down, right]) => total + at(grid, y + down, x + right), 0);
      grid.heights[y * grid.side + x] = sum / around.length + wobble();
    }
  }
}

function diagonal(half: number): Raising['around'] {
  return [
    [-half, -half],
    [-half, half],
    [half, -half],
    [half, half],
  ];
}

function straight(half: number): Raising['around'] {
  return [
    [-half, 0],
    [half, 0],
    [0, -half],
    [0, half],
  ];
}

function at({ heights, side }: Grid, y: number, x: number): number {
  return heights[((y + side) % side) * side + ((x + side) % side)];
}
