import { describe, expect, it } from 'vitest';
import type { Camera, Step } from '../../../../../src/domain/maps/view/camera';
import {
  axesOf,
  boundsOf,
  fitCamera,
  keyStep,
  orbit,
  pan,
  zoomAt,
} from '../../../../../src/domain/maps/view/camera';
import { projectPlace, projectPoints } from '../../../../../src/domain/maps/view/project';
import { RandomStream } from '../../../../../src/domain/random/stream';
import { randomPoints, VIEWPORT, viewOf } from './scenes';

const random = new RandomStream(5);
const within = (low: number, high: number) => low + (high - low) * random.uniform();

/** The place of the map under a pixel, at the depth of the centre. */
function placeUnder(camera: Camera, { x, y }: Step): readonly [number, number, number] {
  const [right, up] = axesOf(camera);
  const across = (x - VIEWPORT.left - VIEWPORT.width / 2) / camera.scale;
  const above = -(y - VIEWPORT.top - VIEWPORT.height / 2) / camera.scale;
  const along = (axis: 0 | 1 | 2) => camera.centre[axis] + right[axis] * across + up[axis] * above;
  return [along(0), along(1), along(2)];
}

describe('camera', () => {
  it('keeps the place under the pointer while it zooms, and carries it along while it pans', () => {
    for (let trial = 0; trial < 200; trial++) {
      const isTurned = trial % 2 === 1;
      const fitted = fitCamera({ low: [-3, -1, -2], high: [5, 8, 2] }, VIEWPORT, isTurned);
      const camera = isTurned ? orbit(fitted, { x: within(-3, 3), y: within(-3, 3) }) : fitted;
      const at = { x: within(0, VIEWPORT.width), y: within(0, VIEWPORT.height) };
      const pixel = { x: at.x + VIEWPORT.left, y: at.y + VIEWPORT.top };
      const place = placeUnder(camera, pixel);
      const zoomed = projectPlace(place, {
        camera: zoomAt(camera, within(0.1, 9), at, VIEWPORT),
        viewport: VIEWPORT,
      });
      expect(zoomed.x).toBeCloseTo(pixel.x, 6);
      expect(zoomed.y).toBeCloseTo(pixel.y, 6);
      const by = { x: within(-90, 90), y: within(-90, 90) };
      const panned = projectPlace(place, { camera: pan(camera, by), viewport: VIEWPORT });
      expect(panned.x).toBeCloseTo(pixel.x + by.x, 6);
      expect(panned.y).toBeCloseTo(pixel.y + by.y, 6);
    }
  });

  it('sees the whole map, from every side in three dimensions', () => {
    for (const dimensions of [2, 3] as const) {
      const view = viewOf({ ...randomPoints(500, dimensions, 3), looks: new Uint8Array(500).fill(2) });
      for (let turn = 0; turn < 12; turn++) {
        const camera = dimensions === 3 ? orbit(view.camera, { x: turn, y: Math.sin(turn) }) : view.camera;
        const { xy } = projectPoints({ ...view, camera });
        for (let i = 0; i < xy.length; i += 2) {
          if (Number.isNaN(xy[i])) continue;
          // Perspective enlarges the near half of the ball by half at most.
          const slack = dimensions === 3 ? VIEWPORT.height / 4 : 0;
          expect(Math.abs(xy[i] - VIEWPORT.left - VIEWPORT.width / 2)).toBeLessThan(
            VIEWPORT.width / 2 + slack,
          );
          expect(Math.abs(xy[i + 1] - VIEWPORT.top - VIEWPORT.height / 2)).toBeLessThan(
            VIEWPORT.height / 2 + slack,
          );
        }
      }
    }
  });

  it('has an answer for one place, for none, and for a straight line', () => {
    expect(boundsOf([Float32Array.of(NaN, Infinity)], 2)).toEqual({ low: [0, 0, 0], high: [0, 0, 0] });
    for (const values of [[], [4, 4], [1, 2, 1, 9]]) {
      const bounds = boundsOf([Float32Array.from(values)], 2);
      const camera = fitCamera(bounds, VIEWPORT);
      expect(Number.isFinite(camera.scale) && camera.scale > 0).toBe(true);
      const middle = projectPlace(camera.centre, { camera, viewport: VIEWPORT });
      expect(middle).toEqual({ x: 240, y: 160, size: 1 });
    }
  });

  it('moves by keys, and undoes a step by its opposite', () => {
    const camera = fitCamera({ low: [0, 0, 0], high: [4, 4, 4] }, VIEWPORT);
    for (const [key, back] of [
      ['ArrowLeft', 'ArrowRight'],
      ['ArrowUp', 'ArrowDown'],
      ['+', '-'],
    ] as const) {
      const there = keyStep(camera, key, VIEWPORT);
      const again = there && keyStep(there, back, VIEWPORT);
      expect(there).not.toEqual(camera);
      expect(again?.scale).toBeCloseTo(camera.scale);
      expect(again?.centre[0]).toBeCloseTo(camera.centre[0]);
      expect(again?.centre[1]).toBeCloseTo(camera.centre[1]);
    }
    expect(keyStep(camera, 'ArrowRight', VIEWPORT, true)?.yaw).toBeGreaterThan(0);
    expect(keyStep(camera, 'Enter', VIEWPORT)).toBeUndefined();
  });
});

describe('projection of many points', () => {
  it('is the projection of each, mixed, without the hidden and the placeless', () => {
    for (const dimensions of [2, 3] as const) {
      for (const mix of [0, 0.3, 1]) {
        const view = viewOf(randomPoints(300, dimensions, 8), mix);
        const { xy, sizes } = projectPoints(view);
        const { from, to, looks } = view.points;
        for (let row = 0; row < 300; row++) {
          const place = [0, 1, 2].map((axis) =>
            axis < dimensions
              ? from[row * dimensions + axis] * (1 - mix) + to[row * dimensions + axis] * mix
              : 0,
          ) as [number, number, number];
          const alone = projectPlace(place, view);
          if (looks[row] === 0 || row % 50 === 49) expect(xy[2 * row]).toBeNaN();
          else {
            expect(xy[2 * row]).toBeCloseTo(alone.x, 2);
            expect(xy[2 * row + 1]).toBeCloseTo(alone.y, 2);
            if (dimensions === 3) expect(sizes[row]).toBeCloseTo(alone.size, 4);
          }
        }
      }
    }
  });

  it('shows a point that has only one place where the mix is at its end', () => {
    const points = { ...randomPoints(1, 2, 1), looks: Uint8Array.of(2) };
    const gone = { ...points, from: Float32Array.of(1, 1), to: Float32Array.of(NaN, NaN) };
    const xAt = (mix: number) => projectPoints(viewOf(gone, mix)).xy[0];
    expect(xAt(0)).toBeCloseTo(240);
    expect(xAt(0.5)).toBeNaN();
    expect(xAt(1)).toBeNaN();
  });
});
