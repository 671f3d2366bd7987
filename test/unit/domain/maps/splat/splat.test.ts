import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Splat } from '../../../../../src/domain/maps/splat/splat';
import { borderFor, splatPoints } from '../../../../../src/domain/maps/splat/splat';
import { coverage } from '../../../../../src/domain/maps/splat/masks';
import type { Rgb, Surface } from '../../../../../src/domain/maps/splat/surface';
import { clearSurface, createSurface, packed } from '../../../../../src/domain/maps/splat/surface';
import { createDrawOrder } from '../../../../../src/domain/maps/view/order';
import { LOOK, lookStyles } from '../../../../../src/domain/maps/view/points';
import { projectPoints } from '../../../../../src/domain/maps/view/project';
import { randomPoints, VIEWPORT, viewOf } from '../view/scenes';

const BLACK: Rgb = [0, 0, 0];
const RED: Rgb = [255, 0, 0];
const BLUE: Rgb = [0, 0, 255];
const WHITE: Rgb = [255, 255, 255];

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly colour?: number;
  readonly look?: number;
}

/** Draws dots in their order onto 60 x 40 black pixels. */
function drawn(dots: readonly Dot[], { radius = 4, alpha = 1 } = {}): Surface {
  const styles = lookStyles(radius, alpha, 1);
  const surface = createSurface(60, 40, borderFor(styles, 2));
  clearSurface(surface, BLACK);
  const splat: Splat = {
    points: {
      colours: Uint8Array.from(dots, ({ colour = 0 }) => colour),
      looks: Uint8Array.from(dots, ({ look = LOOK.plain }) => look),
    },
    projected: {
      count: dots.length,
      xy: Float32Array.from(dots.flatMap(({ x, y }) => [x, y])),
      sizes: new Float32Array(0),
    },
    order: Uint32Array.from(dots.keys()),
    styles,
    palette: Int32Array.from([RED, BLUE], packed),
    ringColour: packed(WHITE),
    left: 0,
    top: 0,
    ratio: 1,
  };
  splatPoints(surface, splat);
  return surface;
}

/** Red, green, blue of a pixel that is seen. */
function pixelOf({ bytes, stride, border }: Surface, x: number, y: number): number[] {
  const at = 4 * ((y + border) * stride + x + border);
  return [...bytes.slice(at, at + 3)];
}

function inkOf(surface: Surface, channel: number): number {
  let sum = 0;
  for (let y = 0; y < surface.height; y++)
    for (let x = 0; x < surface.width; x++) sum += pixelOf(surface, x, y)[channel] / 255;
  return sum;
}

describe('a disc', () => {
  it('has the area of a disc, wherever its centre lies in a pixel', () => {
    for (const radius of [1, 2, 3.25, 4, 8]) {
      // The soft edge adds a twelfth of a square pixel, times pi.
      const area = Math.PI * (radius * radius + 1 / 12);
      for (const shift of [0, 0.1, 0.3, 0.55, 0.9]) {
        const ink = inkOf(drawn([{ x: 30 + shift, y: 20 + shift / 2 }], { radius }), 0);
        expect(Math.abs(ink - area) / area).toBeLessThan(radius < 2 ? 0.06 : 0.02);
      }
    }
  });

  it('lies where its point is, within an eighth of a pixel', () => {
    for (const [x, y] of [
      [30, 20],
      [30.4, 20.9],
      [7.77, 31.2],
    ] as const) {
      const surface = drawn([{ x, y }]);
      let [sum, across, below] = [0, 0, 0];
      for (let row = 0; row < 40; row++) {
        for (let column = 0; column < 60; column++) {
          const [ink] = pixelOf(surface, column, row);
          sum += ink;
          across += ink * (column + 0.5);
          below += ink * (row + 0.5);
        }
      }
      expect(Math.abs(across / sum - x)).toBeLessThan(0.14);
      expect(Math.abs(below / sum - y)).toBeLessThan(0.14);
    }
  });

  it('is cut off at the edge, and leaves no trace beyond', () => {
    const half = inkOf(drawn([{ x: 0, y: 20 }], { radius: 4 }), 0);
    expect(half).toBeGreaterThan(20);
    expect(half).toBeLessThan(30);
    for (const x of [-5, -1e9, NaN, Infinity, 65, 1e30])
      expect(inkOf(drawn([{ x, y: 20 }], { radius: 4 }), 0)).toBe(0);
  });
});

describe('many discs', () => {
  it('are painted in order, the last on top', () => {
    const both = [
      { x: 30.1, y: 20.1, colour: 0 },
      { x: 30.1, y: 20.1, colour: 1 },
    ];
    expect(pixelOf(drawn(both), 30, 20)).toEqual([0, 0, 255]);
    expect(pixelOf(drawn([...both].reverse()), 30, 20)).toEqual([255, 0, 0]);
  });

  it('blend by their opacity, and an emphasised one has its ring', () => {
    const [red, , blue] = pixelOf(
      drawn(
        [
          { x: 30.1, y: 20.1, colour: 0 },
          { x: 30.1, y: 20.1, colour: 1 },
        ],
        { alpha: 0.5 },
      ),
      30,
      20,
    );
    expect(Math.abs(red - 64)).toBeLessThanOrEqual(1);
    expect(Math.abs(blue - 128)).toBeLessThanOrEqual(1);
    const ringed = drawn([{ x: 30.1, y: 20.1, look: LOOK.emphasised }]);
    expect(pixelOf(ringed, 30, 20)).toEqual([255, 0, 0]);
    expect(pixelOf(ringed, 35, 20)[1]).toBeGreaterThan(100);
  });

  it('never leave the range of a channel, over a thousand layers', () => {
    const layers = Array.from({ length: 1000 }, (_, i) => ({ x: 30.1, y: 20.1, colour: i % 2 }));
    for (let x = 20; x < 40; x++) {
      const [red, green, blue] = pixelOf(drawn(layers, { alpha: 0.3 }), x, 20);
      expect(green).toBe(0);
      expect(red + blue).toBeLessThanOrEqual(258);
    }
  });

  it('give the same bytes for the same scene', () => {
    for (const dimensions of [2, 3] as const) {
      const hashes = [1, 2].map(() => {
        const view = viewOf(randomPoints(2000, dimensions, 4), 0.4);
        const styles = lookStyles(2, 0.8, 2);
        const surface = createSurface(800, 600, borderFor(styles, dimensions));
        clearSurface(surface, WHITE);
        const projected = projectPoints(view);
        splatPoints(surface, {
          points: view.points,
          projected,
          order: createDrawOrder()(view.points, projected.sizes),
          styles,
          palette: Int32Array.from([RED, BLUE, BLACK], packed),
          ringColour: packed(BLACK),
          left: VIEWPORT.left,
          top: VIEWPORT.top,
          ratio: 2,
        });
        return createHash('sha256').update(surface.bytes).digest('hex');
      });
      expect(hashes[0]).toBe(hashes[1]);
    }
  });
});

describe('coverage', () => {
  it('falls from one to nothing within a pixel at the edge', () => {
    expect([0, 1.5, 2, 2.5, 3].map((distance) => coverage(2, distance))).toEqual([1, 1, 0.5, 0, 0]);
  });
});
