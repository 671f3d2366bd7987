import { describe, expect, it } from 'vitest';
import type { Contour } from '../../../../../src/domain/maps/view/contours';
import { contoursAt } from '../../../../../src/domain/maps/view/contours';
import { densityOf, levelsHolding } from '../../../../../src/domain/maps/view/density';
import { RandomStream } from '../../../../../src/domain/random/stream';

const AREA = { left: -10, top: -5, width: 20, height: 10 };

function cloud(count: number, centres: readonly (readonly [number, number])[], spread = 1): Float32Array {
  const random = new RandomStream(3, count);
  return Float32Array.from(
    Array.from({ length: count }, (_, i) => {
      const [x, y] = centres[i % centres.length];
      return [x + spread * random.normal(), y + spread * random.normal()];
    }).flat(),
  );
}

function areaOf(path: Contour): number {
  let twice = 0;
  for (let i = 0; i < path.length; i += 2) {
    const [x, y] = [path[i], path[i + 1]];
    const [nextX, nextY] = [path[(i + 2) % path.length], path[(i + 3) % path.length]];
    twice += x * nextY - y * nextX;
  }
  return twice / 2;
}

describe('density', () => {
  it('keeps the number of points, leaves out what has no place, and is empty at the edge', () => {
    const xy = Float32Array.from([...cloud(500, [[0, 0]]), NaN, 0, 0, Infinity, 1e9, 1e9]);
    const { values, columns, rows } = densityOf(xy, { area: AREA });
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(500, 1);
    for (let i = 0; i < columns; i++) expect(values[i] + values[(rows - 1) * columns + i]).toBe(0);
    for (let i = 0; i < rows; i++) expect(values[i * columns] + values[(i + 1) * columns - 1]).toBe(0);
  });

  it('counts the rows it is asked for', () => {
    const xy = cloud(100, [[0, 0]]);
    const { values } = densityOf(xy, { area: AREA, rows: Int32Array.of(5, 6, 7) });
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(3, 3);
  });

  it('has levels that hold their share: of a Gaussian, half lies within 1.18 deviations', () => {
    const grid = densityOf(cloud(40_000, [[0, 0]]), { area: AREA, cells: 100, blur: 1.5 });
    const [half] = levelsHolding(grid, [0.5]);
    const area = contoursAt(grid, half).reduce((sum, path) => sum + areaOf(path), 0);
    // The blur of 0.3 widens the deviation to 1.044.
    expect(Math.abs(area)).toBeGreaterThan(0.9 * Math.PI * 2 * Math.LN2 * 1.09);
    expect(Math.abs(area)).toBeLessThan(1.1 * Math.PI * 2 * Math.LN2 * 1.09);
  });

  it('has no levels without points, and draws nothing at none', () => {
    const grid = densityOf(new Float32Array(0), { area: AREA });
    expect(levelsHolding(grid, [0.5])).toEqual([]);
    expect(contoursAt(grid, 0)).toEqual([]);
  });
});

describe('contours', () => {
  it('are closed, and their inside is where the density is at least the level', () => {
    const random = new RandomStream(9);
    for (let trial = 0; trial < 10; trial++) {
      const grid = densityOf(
        cloud(
          300,
          [
            [-4, 1],
            [3, -1],
            [5, 2],
          ],
          0.4 + random.uniform(),
        ),
        {
          area: AREA,
          cells: 40,
          blur: 1,
        },
      );
      const level = levelsHolding(grid, [0.2 + 0.7 * random.uniform()])[0];
      const paths = contoursAt(grid, level);
      for (const path of paths) {
        expect(path.length).toBeGreaterThanOrEqual(8);
        for (let i = 0; i < path.length; i += 2) {
          const [dx, dy] = [path[i] - path[(i + 2) % path.length], path[i + 1] - path[(i + 3) % path.length]];
          expect(Math.hypot(dx, dy)).toBeLessThan(1.5 * grid.cell);
        }
      }
      for (let row = 0; row < grid.rows; row++) {
        for (let column = 0; column < grid.columns; column++) {
          const value = grid.values[row * grid.columns + column];
          // A place on the line itself is on neither side.
          if (Math.abs(value - level) < 1e-4 * level) continue;
          const place = { x: grid.left + column * grid.cell, y: grid.top + row * grid.cell };
          const around = paths.reduce((sum, path) => sum + crossings(path, place), 0);
          expect(around !== 0).toBe(value >= level);
        }
      }
    }
  });

  it('go around two clouds apart', () => {
    const grid = densityOf(
      cloud(
        4000,
        [
          [-4, 0],
          [4, 0],
        ],
        0.7,
      ),
      { area: AREA, cells: 80 },
    );
    const [half] = levelsHolding(grid, [0.5]);
    expect(contoursAt(grid, half)).toHaveLength(2);
  });
});

/** How often a path goes around a place, by the edges to its left. */
function crossings(path: Contour, { x, y }: { readonly x: number; readonly y: number }): number {
  let winding = 0;
  for (let i = 0; i < path.length; i += 2) {
    const [ax, ay] = [path[i], path[i + 1]];
    const [bx, by] = [path[(i + 2) % path.length], path[(i + 3) % path.length]];
    if (ay <= y === by <= y) continue;
    if (ax + ((y - ay) / (by - ay)) * (bx - ax) < x) winding += by > ay ? 1 : -1;
  }
  return winding;
}
