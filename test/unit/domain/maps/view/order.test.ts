import { describe, expect, it } from 'vitest';
import { createDrawOrder } from '../../../../../src/domain/maps/view/order';
import { LOOK } from '../../../../../src/domain/maps/view/points';
import { projectPoints } from '../../../../../src/domain/maps/view/project';
import { randomPoints, viewOf } from './scenes';

const NONE = new Float32Array(0);

describe('draw order', () => {
  it('has every row that is not hidden once, by look', () => {
    const points = randomPoints(3000, 2, 11);
    const order = [...createDrawOrder()(points, NONE)];
    const seen = [...points.looks.keys()].filter((row) => points.looks[row] !== LOOK.hidden);
    expect([...order].sort((a, b) => a - b)).toEqual(seen);
    const looks = order.map((row) => points.looks[row]);
    expect(looks).toEqual([...looks].sort((a, b) => a - b));
  });

  it('hides no class behind another: rows of one place that come sorted are drawn mixed', () => {
    const points = {
      ...randomPoints(3000, 2, 11),
      from: new Float32Array(6000),
      looks: new Uint8Array(3000).fill(LOOK.plain),
    };
    const order = [...createDrawOrder()(points, NONE)];
    const lastThird = order.slice(2000).filter((row) => row >= 2000).length;
    expect(lastThird).toBeGreaterThan(250);
    expect(lastThird).toBeLessThan(420);
  });

  it('draws neighbours one after the other', () => {
    const points = { ...randomPoints(3000, 2, 11), looks: new Uint8Array(3000).fill(LOOK.plain) };
    const { from } = points;
    const steps = (rows: readonly number[]) =>
      rows.slice(1).reduce((sum, row, i) => {
        const step = Math.abs(from[2 * row + 1] - from[2 * rows[i] + 1]);
        return Number.isNaN(step) ? sum : sum + step;
      }, 0);
    const rows = [...points.looks.keys()];
    expect(steps([...createDrawOrder()(points, NONE)])).toBeLessThan(steps(rows) / 10);
  });

  it('follows a change of looks, and is the same array until then', () => {
    const points = randomPoints(100, 2, 11);
    const orderOf = createDrawOrder();
    expect(orderOf(points, NONE)).toBe(orderOf({ ...points, colours: new Uint8Array(100) }, NONE));
    const one = new Uint8Array(100);
    one[42] = LOOK.plain;
    expect([...orderOf({ ...points, looks: one }, NONE)]).toEqual([42]);
  });

  it('puts the nearer over the farther in three dimensions', () => {
    const view = viewOf({ ...randomPoints(2000, 3, 2), looks: new Uint8Array(2000).fill(LOOK.plain) });
    const { sizes } = projectPoints(view);
    const order = createDrawOrder()(view.points, sizes);
    expect(order).toHaveLength(2000);
    let farthest = 0;
    for (const row of order) {
      if (Number.isNaN(sizes[row])) continue;
      // Depths are sorted in 2048 steps.
      expect(sizes[row]).toBeGreaterThan(farthest - 0.001);
      farthest = Math.max(farthest, sizes[row]);
    }
  });
});
