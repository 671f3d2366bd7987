/**
 * The shapes of the generated image set, each as a function that is negative inside and grows by about one
 * per pixel towards the outside: enough to draw smooth edges. A shape fills a circle of the given radius.
 */

/** Signed distance in pixels of the point (x, y), relative to the shape's centre, to the edge. */
export type Shape = (x: number, y: number, radius: number) => number;

const ROUNDING = 2 ** 24;
const RING_INNER_EDGE = 0.5;
const CRESCENT_SHIFT = 0.5;
const CRESCENT_BITE = 0.8;
const CROSS_ARM = 0.3;
/** A pentagram's edges lie at cos 72 degrees of its radius. */
const PENTAGRAM_APOTHEM = unitVector(1 / 5).x;

/** Every class of the set, in label order. Neighbours in look (pentagon and disc) keep it from being trivial. */
export const SHAPES: readonly { readonly name: string; readonly distance: Shape }[] = [
  { name: 'disc', distance: disc },
  { name: 'ring', distance: ring },
  { name: 'crescent', distance: crescent },
  { name: 'triangle', distance: polygon(3) },
  { name: 'square', distance: polygon(4) },
  { name: 'pentagon', distance: polygon(5) },
  { name: 'cross', distance: cross },
  { name: 'star', distance: star },
];

/**
 * The point on the unit circle after this many turns. The last digits of sine and cosine differ between
 * JavaScript engines; rounded, the set is the same everywhere.
 */
export function unitVector(turns: number): { x: number; y: number } {
  const angle = 2 * Math.PI * turns;
  return {
    x: Math.round(Math.cos(angle) * ROUNDING) / ROUNDING,
    y: Math.round(Math.sin(angle) * ROUNDING) / ROUNDING,
  };
}

function disc(x: number, y: number, radius: number): number {
  return Math.sqrt(x * x + y * y) - radius;
}

function ring(x: number, y: number, radius: number): number {
  return Math.max(disc(x, y, radius), -disc(x, y, RING_INNER_EDGE * radius));
}

function crescent(x: number, y: number, radius: number): number {
  return Math.max(disc(x, y, radius), -disc(x - CRESCENT_SHIFT * radius, y, CRESCENT_BITE * radius));
}

function cross(x: number, y: number, radius: number): number {
  const across = Math.abs(x);
  const along = Math.abs(y);
  const arm = CROSS_ARM * radius;
  return Math.min(Math.max(across - radius, along - arm), Math.max(along - radius, across - arm));
}

/** A regular polygon is where every edge's half-plane holds. */
function polygon(corners: number): Shape {
  const normals = Array.from({ length: corners }, (_, i) => unitVector((i + 0.5) / corners));
  const apothem = unitVector(0.5 / corners).x;
  return (x, y, radius) => {
    let largest = -Infinity;
    for (const normal of normals) {
      largest = Math.max(largest, x * normal.x + y * normal.y);
    }
    return largest - apothem * radius;
  };
}

const PENTAGRAM_NORMALS = Array.from({ length: 5 }, (_, i) => unitVector((i + 0.5) / 5));

/** A pentagram is where at least four of its five edges' half-planes hold. */
function star(x: number, y: number, radius: number): number {
  let largest = -Infinity;
  let second = -Infinity;
  for (const normal of PENTAGRAM_NORMALS) {
    const distance = x * normal.x + y * normal.y;
    second = Math.max(second, Math.min(largest, distance));
    largest = Math.max(largest, distance);
  }
  return second - PENTAGRAM_APOTHEM * radius;
}
