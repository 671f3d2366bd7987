import { describe, expect, it } from 'vitest';
import { classMedians, placeLabels } from '../../../../../src/domain/maps/view/labels';
import { RandomStream } from '../../../../../src/domain/random/stream';

describe('class medians', () => {
  it('are not moved by strays, and are NaN for a class without points', () => {
    const values = Float32Array.of(0, 0, 1, 1, 2, 2, 1e6, -1e6, 3, NaN, 5, 7);
    const codes = Int32Array.of(0, 0, 0, -1, 0, 2);
    const medians = classMedians({ values, dimensions: 2, codes, classes: 3 });
    expect([...medians]).toEqual([1.5, 1, NaN, NaN, 5, 7]);
  });
});

describe('labels', () => {
  const area = { width: 500, height: 300 };

  it('overlap nothing and stay inside, whatever their places', () => {
    const random = new RandomStream(23);
    for (let trial = 0; trial < 50; trial++) {
      const labels = Array.from({ length: 30 }, () => ({
        x: -20 + 540 * random.uniform(),
        y: -20 + 340 * random.uniform(),
        width: 30 + 60 * random.uniform(),
        height: 14,
        weight: random.integer(5),
      }));
      const places = placeLabels(labels, area);
      places.forEach((place, i) => {
        if (!place) return;
        const { width, height } = labels[i];
        expect(place.x - width / 2).toBeGreaterThanOrEqual(0);
        expect(place.y + height / 2).toBeLessThanOrEqual(area.height);
        places.slice(0, i).forEach((other, j) => {
          if (!other) return;
          const isApart =
            Math.abs(place.x - other.x) >= (width + labels[j].width) / 2 ||
            Math.abs(place.y - other.y) >= (height + labels[j].height) / 2;
          expect(isApart).toBe(true);
        });
      });
    }
  });

  it('leave their place to the heavier one, and stay where there is room', () => {
    const at = { x: 100, y: 100, width: 60, height: 14 };
    const [light, heavy, alone, nowhere] = placeLabels(
      [
        { ...at, weight: 1 },
        { ...at, weight: 9 },
        { ...at, x: 300, weight: 0 },
        { ...at, x: NaN, weight: 99 },
      ],
      area,
    );
    expect(heavy).toEqual({ x: 100, y: 100 });
    expect(alone).toEqual({ x: 300, y: 100 });
    expect(light?.y).toBeCloseTo(84.6);
    expect(nowhere).toBeNull();
  });
});
