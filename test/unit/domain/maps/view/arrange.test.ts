import { describe, expect, it } from 'vitest';
import { createArrange } from '../../../../../src/domain/maps/view/arrange';
import { createDrawOrder } from '../../../../../src/domain/maps/view/order';
import { randomPoints } from './scenes';

describe('arranged points', () => {
  it('are the points in their order, and the same arrays until something changes', () => {
    const points = randomPoints(500, 2, 21);
    const order = [...createDrawOrder()(points, new Float32Array(0))];
    const arrange = createArrange();
    const first = arrange(points);
    expect(first.count).toBe(order.length);
    expect([...first.colours]).toEqual(order.map((row) => points.colours[row]));
    expect([...first.looks]).toEqual(order.map((row) => points.looks[row]));
    expect([...first.to]).toEqual(order.flatMap((row) => [points.to[2 * row], points.to[2 * row + 1]]));
    const colours = points.colours.map((colour) => colour + 1);
    const second = arrange({ ...points, colours });
    expect(second.from).toBe(first.from);
    expect([...second.colours]).toEqual(order.map((row) => colours[row]));
    const looks = points.looks.map((look) => 3 - look);
    const third = arrange({ ...points, looks });
    const other = [...createDrawOrder()({ ...points, looks }, new Float32Array(0))];
    expect([...third.from]).toEqual(other.flatMap((row) => [points.from[2 * row], points.from[2 * row + 1]]));
  });
});
