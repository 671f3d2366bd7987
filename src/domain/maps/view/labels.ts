/** Names of classes on a map: at the median of their points, moved aside or left out where two would overlap. */
import type { Size, Step } from './camera';

/** What medians are taken over. */
export interface Classes {
  /** [count, dimensions]. */
  readonly values: Float32Array;
  readonly dimensions: number;
  /** Class of each row; -1 for none. */
  readonly codes: Int32Array;
  readonly classes: number;
}

/** Medians by coordinate, [classes, dimensions]; NaN for a class without points. A stray point moves none of them. */
export function classMedians({ values, dimensions, codes, classes }: Classes): Float32Array {
  const medians = new Float32Array(classes * dimensions);
  const rows = rowsByClass(codes, classes);
  rows.forEach((list, code) => {
    for (let axis = 0; axis < dimensions; axis++)
      medians[code * dimensions + axis] = medianOf(values, list, { dimensions, axis });
  });
  return medians;
}

function rowsByClass(codes: Int32Array, classes: number): number[][] {
  const lists = Array.from({ length: classes }, (): number[] => []);
  codes.forEach((code, row) => {
    if (code >= 0 && code < classes) lists[code].push(row);
  });
  return lists;
}

function medianOf(
  values: Float32Array,
  rows: readonly number[],
  { dimensions, axis }: { readonly dimensions: number; readonly axis: number },
): number {
  const own = Float32Array.from(rows, (row) => values[row * dimensions + axis]).filter(Number.isFinite);
  own.sort();
  const middle = own.length >> 1;
  if (own.length === 0) return NaN;
  return own.length % 2 === 1 ? own[middle] : (own[middle - 1] + own[middle]) / 2;
}

/** A text that wants to stand centred at a place. */
export interface Label extends Step, Size {
  /** The higher one stays where two collide: the number of points, for example. */
  readonly weight: number;
}

/** Ways to move aside, in heights of the text, the smallest first. */
const OFFSETS: readonly Step[] = [0, 1.1, 2.2].flatMap((by) =>
  by === 0
    ? [{ x: 0, y: 0 }]
    : [
        { x: 0, y: -by },
        { x: 0, y: by },
        { x: -2 * by, y: 0 },
        { x: 2 * by, y: 0 },
      ],
);

/**
 * Where each label's middle stands, so that none overlaps another or leaves the area (given by its size, from its
 * corner); null for one that finds no room or has no place.
 */
export function placeLabels(labels: readonly Label[], area: Size): (Step | null)[] {
  const order = [...labels.keys()].sort((a, b) => labels[b].weight - labels[a].weight || a - b);
  const taken: (Step & Size)[] = [];
  const result = new Array<Step | null>(labels.length).fill(null);
  for (const index of order) {
    const label = labels[index];
    const place = OFFSETS.map(({ x, y }) => ({
      ...label,
      x: label.x + x * label.height,
      y: label.y + y * label.height,
    })).find((box) => isInside(box, area) && !taken.some((other) => overlaps(box, other)));
    if (!place) continue;
    taken.push(place);
    result[index] = { x: place.x, y: place.y };
  }
  return result;
}

function isInside({ x, y, width, height }: Step & Size, area: Size): boolean {
  return x >= width / 2 && y >= height / 2 && x <= area.width - width / 2 && y <= area.height - height / 2;
}

function overlaps(a: Step & Size, b: Step & Size): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
}
