/**
 * Lines of equal density by marching squares. Each cell between four grid values holds up to two pieces; a piece runs
 * with what is denser on its right, so every crossed edge has one piece that arrives and one that leaves, and following
 * them gives closed paths.
 */
import type { DensityGrid } from './density';

/** A closed path: x and y by turns; the last place is joined to the first. */
export type Contour = Float32Array;

/** Sides of a cell. */
const T = 0;
const R = 1;
const B = 2;
const L = 3;

/**
 * Pieces, from side to side, by which corners are dense: 1 top left, 2 top right, 4 bottom right, 8 bottom left. The two
 * cells with dense corners across from each other have a second row, for a dense middle.
 */
const PIECES: readonly (readonly number[])[] = [
  [],
  [T, L],
  [R, T],
  [R, L],
  [B, R],
  [T, L, B, R],
  [B, T],
  [B, L],
  [L, B],
  [T, B],
  [R, T, L, B],
  [R, B],
  [L, R],
  [T, R],
  [L, T],
  [],
];
const DENSE_MIDDLE = new Map([
  [5, [T, R, B, L]],
  [10, [L, T, R, B]],
]);

/** All contours at a level above 0, in the plane of the grid's places. */
export function contoursAt(grid: DensityGrid, level: number): Contour[] {
  if (!(level > 0)) return [];
  const next = linkedEdges(grid, level);
  const paths: Contour[] = [];
  for (let edge = 0; edge < next.length; edge++) {
    if (next[edge] >= 0) paths.push(followed(grid, level, { next, edge }));
  }
  return paths;
}

/** For each edge of the grid the one after it on its contour, -1 for none. Even edges run across, odd ones down. */
function linkedEdges(grid: DensityGrid, level: number): Int32Array {
  const { columns, rows } = grid;
  const next = new Int32Array(2 * columns * rows).fill(-1);
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const pieces = piecesOf(grid, level, at);
      for (let k = 0; k < pieces.length; k += 2)
        next[edgeOf(pieces[k], at, columns)] = edgeOf(pieces[k + 1], at, columns);
    }
  }
  return next;
}

function piecesOf({ values, columns }: DensityGrid, level: number, at: number): readonly number[] {
  const [a, b] = [values[at], values[at + 1]];
  const [e, d] = [values[at + columns], values[at + columns + 1]];
  const corners = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (d >= level ? 4 : 0) | (e >= level ? 8 : 0);
  const isMiddleDense = a + b + d + e >= 4 * level;
  return (isMiddleDense ? DENSE_MIDDLE.get(corners) : undefined) ?? PIECES[corners];
}

function edgeOf(side: number, at: number, columns: number): number {
  if (side === T) return 2 * at;
  if (side === L) return 2 * at + 1;
  return side === R ? 2 * (at + 1) + 1 : 2 * (at + columns);
}

interface Start {
  readonly next: Int32Array;
  readonly edge: number;
}

/** Follows a contour around and takes its edges out. */
function followed(grid: DensityGrid, level: number, { next, edge }: Start): Contour {
  const path: number[] = [];
  let at = edge;
  while (next[at] >= 0) {
    path.push(...crossing(grid, level, at));
    const after = next[at];
    next[at] = -1;
    at = after;
  }
  return Float32Array.from(path);
}

/** Where the level lies on an edge, between its two values. */
function crossing(grid: DensityGrid, level: number, edge: number): readonly [number, number] {
  const { values, columns, left, top, cell } = grid;
  const at = edge >> 1;
  const isDown = (edge & 1) === 1;
  const [value, other] = [values[at], values[at + (isDown ? columns : 1)]];
  const share = (level - value) / (other - value);
  const [column, row] = [at % columns, Math.floor(at / columns)];
  return [left + (column + (isDown ? 0 : share)) * cell, top + (row + (isDown ? share : 0)) * cell];
}
