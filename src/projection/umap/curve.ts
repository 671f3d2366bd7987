/**
 * How similar two points of a map are by their distance x: 1 / (1 + a x^2b), with a and b fitted to a curve that is 1
 * up to a least distance and falls off exponentially beyond (McInnes, Healy and Melville, 2018, section 3.2).
 */

/** The two parameters of the curve. */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

/** What the curve is fitted to. */
export interface CurveShape {
  /** Distance up to which points count as together. */
  readonly minDistance: number;
  /** Distance beyond it at which the similarity has fallen to 1/e. */
  readonly spread: number;
}

const POINTS = 300;
const MOST_STEPS = 100;
const MOST_HALVINGS = 40;
const SMALL_STEP = 1e-12;

/** Least squares over 300 distances from 0 to three times the spread, by Gauss and Newton's method with halved steps. */
export function fitCurve(shape: CurveShape): Curve {
  let curve: Curve = { a: 1, b: 1 };
  let error = errorOf(curve, shape);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { da, db } = newtonStep(curve, shape);
    let factor = 1;
    let next = curve;
    for (let halving = 0; halving < MOST_HALVINGS; halving++, factor /= 2) {
      next = { a: curve.a + factor * da, b: curve.b + factor * db };
      if (next.a > 0 && errorOf(next, shape) <= error) break;
    }
    curve = next;
    error = errorOf(curve, shape);
    if (Math.abs(factor * da) + Math.abs(factor * db) < SMALL_STEP) break;
  }
  return curve;
}

/** x to the power of 2b, from the squared distance; 0 for 0. */
export function powerOfSquare(square: number, b: number): number {
  return square === 0 ? 0 : Math.exp(b * Math.log(square));
}

function errorOf(curve: Curve, shape: CurveShape): number {
  let sum = 0;
  for (let point = 1; point < POINTS; point++) {
    const { difference } = at(curve, shape, point);
    sum += difference * difference;
  }
  return sum;
}

/** Solves the normal equations of the linearised curve. */
function newtonStep(curve: Curve, shape: CurveShape): { da: number; db: number } {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  for (let point = 1; point < POINTS; point++) {
    const { difference, byA, byB } = at(curve, shape, point);
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ra -= byA * difference;
    rb -= byB * difference;
  }
  const determinant = aa * bb - ab * ab;
  return { da: (ra * bb - rb * ab) / determinant, db: (rb * aa - ra * ab) / determinant };
}

/** Curve less target at one of the points, and the curve's derivatives there. */
function at({ a, b }: Curve, { minDistance, spread }: CurveShape, point: number) {
  const x = (3 * spread * point) / (POINTS - 1);
  const target = x < minDistance ? 1 : Math.exp(-(x - minDistance) / spread);
  const power = powerOfSquare(x * x, b);
  const value = 1 / (1 + a * power);
  const byA = -value * value * power;
  return { difference: value - target, byA, byB: byA * a * 2 * Math.log(x) };
}
