/**
 * Points of a flat map in the order in which they are drawn. Reading two hundred thousand points here and there costs
 * more than drawing them, and the order changes rarely, so the arrays are arranged once and then read from end to end.
 */
import { createDrawOrder } from './order';
import type { PointSet } from './points';

/** Gives the points of a flat map that are not hidden, first to last. Arrays that it knows are not arranged again. */
export type Arrange = (points: PointSet) => PointSet;

const NO_SIZES = new Float32Array(0);

/** An arrangement with its memory, one a pane. */
export function createArrange(): Arrange {
  const orderOf = createDrawOrder();
  let order = new Uint32Array(0) as Uint32Array;
  let known = new Map<Float32Array | Uint8Array, Float32Array | Uint8Array>();
  return (points) => {
    const now = orderOf(points, NO_SIZES);
    const former = now === order ? known : new Map<Float32Array | Uint8Array, Float32Array | Uint8Array>();
    order = now;
    known = new Map();
    const take = <T extends Float32Array | Uint8Array>(values: T, width: number): T => {
      const arranged = (known.get(values) ?? former.get(values) ?? gathered(values, order, width)) as T;
      known.set(values, arranged);
      return arranged;
    };
    return {
      count: order.length,
      dimensions: points.dimensions,
      from: take(points.from, 2),
      to: take(points.to, 2),
      colours: take(points.colours, 1),
      looks: take(points.looks, 1),
    };
  };
}

function gathered<T extends Float32Array | Uint8Array>(values: T, order: Uint32Array, width: number): T {
  const result = new (values.constructor as new (length: number) => T)(order.length * width);
  for (let n = 0; n < order.length; n++)
    for (let axis = 0; axis < width; axis++) result[n * width + axis] = values[order[n] * width + axis];
  return result;
}
