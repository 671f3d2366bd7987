import { describe, expect, it } from 'vitest';
import type { Step } from '../../../../../src/domain/maps/view/camera';
import { pan } from '../../../../../src/domain/maps/view/camera';
import { rowsInPolygon } from '../../../../../src/domain/maps/view/lasso';
import { createPicker } from '../../../../../src/domain/maps/view/pick';
import { projectPoints } from '../../../../../src/domain/maps/view/project';
import { RandomStream } from '../../../../../src/domain/random/stream';
import { randomPoints, VIEWPORT, viewOf } from './scenes';

const random = new RandomStream(17);
const anywhere = (): Step => ({
  x: VIEWPORT.left + VIEWPORT.width * random.uniform(),
  y: VIEWPORT.top + VIEWPORT.height * random.uniform(),
});

describe('picking', () => {
  it('finds the nearest visible point, or none within the reach, as a search of all does', () => {
    for (const dimensions of [2, 3] as const) {
      const view = viewOf(randomPoints(400, dimensions, 1), 0.3);
      const { xy } = projectPoints(view);
      const picker = createPicker();
      let found = 0;
      for (let trial = 0; trial < 300; trial++) {
        const at = anywhere();
        const distances = [...view.points.looks.keys()].map((row) =>
          Math.hypot(xy[2 * row] - at.x, xy[2 * row + 1] - at.y),
        );
        const least = Math.min(...distances.filter((distance) => !Number.isNaN(distance)));
        const row = picker.nearest(view, at, 9);
        if (least > 9) expect(row).toBeNull();
        else expect(distances[row ?? -1]).toBe(least);
        if (row !== null) found++;
      }
      expect(found).toBeGreaterThan(10);
      expect(found).toBeLessThan(280);
    }
  });

  it('looks again when the view is another one', () => {
    const view = viewOf({ ...randomPoints(1, 2, 1), looks: Uint8Array.of(2) });
    const picker = createPicker();
    const [x, y] = picker.project(view).xy;
    expect(picker.nearest(view, { x, y })).toBe(0);
    expect(picker.nearest({ ...view, camera: pan(view.camera, { x: 50, y: 0 }) }, { x, y })).toBeNull();
  });

  it('finds what lies in a box, from any corner', () => {
    const view = viewOf(randomPoints(500, 2, 6));
    const { xy } = projectPoints(view);
    const picker = createPicker();
    for (let trial = 0; trial < 50; trial++) {
      const [a, b] = [anywhere(), anywhere()];
      const expected = [...view.points.looks.keys()].filter(
        (row) =>
          (xy[2 * row] - a.x) * (xy[2 * row] - b.x) <= 0 &&
          (xy[2 * row + 1] - a.y) * (xy[2 * row + 1] - b.y) <= 0,
      );
      expect([...picker.inBox(view, a, b)]).toEqual(expected);
    }
  });
});

/** Winding by the sum of the angles under which the edges are seen. */
function isAround(outline: readonly Step[], { x, y }: Step): boolean {
  let turn = 0;
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length];
    const [ax, ay, bx, by] = [a.x - x, a.y - y, b.x - x, b.y - y];
    turn += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  });
  return Math.abs(turn) > Math.PI;
}

describe('lasso', () => {
  it('agrees with the winding number, for outlines that cross themselves at random', () => {
    for (let trial = 0; trial < 40; trial++) {
      const vertices = 3 + random.integer(trial < 20 ? 10 : 200);
      const outline = Array.from({ length: vertices }, anywhere);
      const places = Array.from({ length: 400 }, anywhere);
      // Places are stored in single precision, so the search of all must see those.
      const xy = Float32Array.from(places.flatMap(({ x, y }) => [x, y]));
      const expected = places.flatMap((_, row) =>
        isAround(outline, { x: xy[2 * row], y: xy[2 * row + 1] }) ? [row] : [],
      );
      expect([...rowsInPolygon(xy, outline)]).toEqual(expected);
    }
  });

  it('holds a square with whole-numbered corners half open, so that neighbours share no point', () => {
    const square = (left: number) => [
      { x: left, y: 0 },
      { x: left + 4, y: 0 },
      { x: left + 4, y: 4 },
      { x: left, y: 4 },
    ];
    const xy = Float32Array.from(Array.from({ length: 81 }, (_, i) => [i % 9, Math.floor(i / 9) / 2]).flat());
    const [left, right] = [rowsInPolygon(xy, square(0)), rowsInPolygon(xy, square(4))];
    expect(left.filter((row) => right.includes(row))).toHaveLength(0);
    expect(left.length).toBe(32);
  });

  it('is empty for outlines without an area, and passes over vertices and points that are not finite', () => {
    const xy = Float32Array.of(1, 1, NaN, 1, 2, NaN, Infinity, 1);
    expect([...rowsInPolygon(xy, [])]).toEqual([]);
    expect([
      ...rowsInPolygon(xy, [
        { x: 0, y: 0 },
        { x: 5, y: 0 },
        { x: 9, y: 0 },
      ]),
    ]).toEqual([]);
    const outline = [
      { x: 0, y: 0 },
      { x: 9, y: 0 },
      { x: NaN, y: 2 },
      { x: 0, y: 9 },
    ];
    expect([...rowsInPolygon(xy, outline)]).toEqual([0]);
  });
});
