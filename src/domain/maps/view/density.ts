/**
 * How densely points lie: counts on a grid, blurred. A level is told as the share of the points that lie where it is
 * at least so dense, because a density by itself says nothing to anybody.
 */

/** A box of the plane. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Densities at the middles of cells; the outermost cells are empty, so that every contour closes. */
export interface DensityGrid {
  readonly columns: number;
  readonly rows: number;
  /** [rows, columns] in points a cell. */
  readonly values: Float32Array;
  /** Middle of the first cell, and the side of all. */
  readonly left: number;
  readonly top: number;
  readonly cell: number;
}

export interface DensityOptions {
  /** Rows to count; all without it. */
  readonly rows?: Int32Array;
  readonly area: Area;
  /** Cells along the longer side of the area. */
  readonly cells?: number;
  /** Standard deviation of the blur in cells. */
  readonly blur?: number;
}

const CELLS = 128;
const BLUR_CELLS = 2;
/** A Gaussian ends after so many deviations. */
const DEVIATIONS = 3;

/** The density of [count, 2] places in an area, with a border around it as wide as the blur. NaN is not counted. */
export function densityOf(xy: Float32Array, options: DensityOptions): DensityGrid {
  const { area, cells = CELLS, blur = BLUR_CELLS } = options;
  const cell = Math.max(area.width, area.height) / cells || 1;
  const border = Math.ceil(DEVIATIONS * blur) + 1;
  const columns = Math.ceil(area.width / cell) + 2 * border;
  const rows = Math.ceil(area.height / cell) + 2 * border;
  const [left, top] = [area.left + (0.5 - border) * cell, area.top + (0.5 - border) * cell];
  const grid = { columns, rows, left, top, cell, values: new Float32Array(columns * rows) };
  countPoints(grid, xy, options.rows);
  const values = blurred(grid, blur);
  return { ...grid, values };
}

/**
 * The densities above which these shares (0 to 1) of the points lie, highest share first or as they are given. A grid
 * without points has no levels.
 */
export function levelsHolding({ values }: DensityGrid, shares: readonly number[]): number[] {
  const sorted = Float32Array.from(values).sort().reverse();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (total === 0) return [];
  return shares.map((share) => {
    let sum = 0;
    const place = sorted.findIndex((value) => (sum += value) >= share * total);
    return sorted[place < 0 ? sorted.length - 1 : place];
  });
}

function countPoints(grid: DensityGrid, xy: Float32Array, rows: Int32Array | undefined): void {
  const { columns, values, left, top, cell } = grid;
  const count = rows?.length ?? xy.length / 2;
  for (let n = 0; n < count; n++) {
    const row = rows ? rows[n] : n;
    const column = Math.round((xy[2 * row] - left) / cell);
    const line = Math.round((xy[2 * row + 1] - top) / cell);
    // The outermost cells stay empty; false for NaN as well.
    if (column > 0 && line > 0 && column < columns - 1 && line < grid.rows - 1)
      values[line * columns + column]++;
  }
}

/** Blurs along rows, then along columns. */
function blurred({ columns, rows, values }: DensityGrid, deviation: number): Float32Array {
  const kernel = gaussian(deviation);
  const across = blurLines(values, kernel, { lines: rows, length: columns, step: 1, next: columns });
  const both = blurLines(across, kernel, { lines: columns, length: rows, step: columns, next: 1 });
  clearEdge(both, columns, rows);
  return both;
}

interface Lines {
  readonly lines: number;
  readonly length: number;
  /** From a value to the next in its line, and from a line to the next. */
  readonly step: number;
  readonly next: number;
}

function blurLines(values: Float32Array, kernel: Float64Array, by: Lines): Float32Array {
  const result = new Float32Array(values.length);
  const reach = (kernel.length - 1) / 2;
  for (let line = 0; line < by.lines; line++) {
    for (let i = 0; i < by.length; i++) {
      const at = line * by.next + i * by.step;
      const value = values[at];
      if (value === 0) continue;
      const [low, high] = [Math.max(-reach, -i), Math.min(reach, by.length - 1 - i)];
      for (let k = low; k <= high; k++) result[at + k * by.step] += value * kernel[k + reach];
    }
  }
  return result;
}

function gaussian(deviation: number): Float64Array {
  const reach = Math.ceil(DEVIATIONS * deviation);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const away = (i - reach) / (deviation || 1);
    return Math.exp((-away * away) / 2);
  });
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

function clearEdge(values: Float32Array, columns: number, rows: number): void {
  values.fill(0, 0, columns);
  values.fill(0, (rows - 1) * columns);
  for (let row = 1; row < rows; row++) values.fill(0, row * columns - 1, row * columns + 1);
}
