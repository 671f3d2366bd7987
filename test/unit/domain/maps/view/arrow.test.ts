import { describe, expect, it } from 'vitest';
import { PURPOSE, randomStream } from '../../../../../src/domain/random/stream';
import { arrowHead } from '../../../../../src/domain/maps/view/arrow';

const SIZE = { length: 7, width: 6 };

describe('the head of an arrow', () => {
  it('has its tip at the end, and its base across the line', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ];
    const [tip, left, right] = arrowHead(line, SIZE) ?? [];
    expect(tip).toEqual({ x: 10, y: 0 });
    expect([left, right]).toEqual([
      { x: 3, y: 3 },
      { x: 3, y: -3 },
    ]);
  });

  it('is left out where the line is shorter than it, and where there is none', () => {
    expect(arrowHead([], SIZE)).toBeNull();
    expect(arrowHead([{ x: 1, y: 1 }], SIZE)).toBeNull();
    const short = [
      { x: 0, y: 0 },
      { x: 4, y: 5.7 },
    ];
    expect(arrowHead(short, SIZE)).toBeNull();
    const still = Array.from({ length: 20 }, () => ({ x: 5, y: 5 }));
    expect(arrowHead(still, SIZE)).toBeNull();
    const lost = [
      { x: 0, y: 0 },
      { x: Number.NaN, y: 9 },
    ];
    expect(arrowHead(lost, SIZE)).toBeNull();
  });

  it('has the same size whatever the line, and is not turned by a tremble at the end', () => {
    const random = randomStream(1, PURPOSE.sample, 0);
    for (let round = 0; round < 200; round++) {
      const line = Array.from({ length: 5 }, () => ({
        x: 400 * random.uniform(),
        y: 400 * random.uniform(),
      }));
      const head = arrowHead(line, SIZE);
      if (head === null) continue;
      const [tip, left, right] = head;
      expect(Math.hypot(left.x - right.x, left.y - right.y)).toBeCloseTo(SIZE.width);
      const middle = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
      expect(Math.hypot(tip.x - middle.x, tip.y - middle.y)).toBeCloseTo(SIZE.length);
    }
    const trembling = [
      { x: 0, y: 0 },
      { x: 100, y: 1 },
      { x: 100, y: 0 },
    ];
    const [, left, right] = arrowHead(trembling, SIZE) ?? [];
    expect([left?.x, right?.x]).toEqual([93, 93]);
  });
});
