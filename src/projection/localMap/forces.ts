/**
 * The gradient of PaCMAP's loss over all pairs, with d the squared distance of a pair on the map plus 1:
 * near pairs d / (10 + d), mid-near pairs d / (10000 + d), further pairs 1 / (1 + d). LocalMAP (Wang, Sun, Huang and
 * Rudin, AAAI 2025) weighs near pairs in its last phase by radius / (2 sqrt(d)): short edges more, and long edges,
 * which are often false, less.
 */
import type { Monitor } from '../types';
import type { Pairs } from './pairs';

/** What acts on a map. */
export interface Forces {
  readonly near: Pairs;
  readonly midNear: Pairs;
  readonly further: Pairs;
}

/** How strongly, at one step. */
export interface Weights {
  readonly near: number;
  readonly midNear: number;
  readonly further: number;
  /** LocalMAP's radius on the map, for the adjustment of near pairs; null without it. */
  readonly radius: number | null;
}

/** A map in the making. */
export interface Layout {
  /** [count, dimensions]. */
  readonly values: Float64Array;
  readonly gradient: Float64Array;
  readonly dimensions: number;
}

const ROWS_PER_CHECK = 4096;

/** Fills the gradient of the loss at the layout's values. */
export function fillGradient(layout: Layout, forces: Forces, weights: Weights, monitor: Monitor): void {
  layout.gradient.fill(0);
  const near = adjusted(weights);
  addForces(layout, forces.near, near, monitor);
  // The derivative of d / (s + d) is s / (s + d)^2, and that of 1 / (1 + d) has the other sign; 2 is d's own.
  if (weights.midNear > 0) {
    addForces(
      layout,
      forces.midNear,
      { strength: 2 * weights.midNear * 10_000, shift: 10_000, radius: 0 },
      monitor,
    );
  }
  addForces(layout, forces.further, { strength: -2 * weights.further, shift: 1, radius: 0 }, monitor);
}

/** strength / (shift + d)^2, times radius / (2 sqrt(d)) unless the radius is 0. */
interface Law {
  readonly strength: number;
  readonly shift: number;
  readonly radius: number;
}

function adjusted({ near, radius }: Weights): Law {
  return { strength: 2 * near * 10, shift: 10, radius: radius ?? 0 };
}

function addForces(layout: Layout, pairs: Pairs, law: Law, monitor: Monitor): void {
  const count = layout.values.length / layout.dimensions;
  for (let from = 0; from < count; from += ROWS_PER_CHECK) {
    monitor.check();
    const end = Math.min(count, from + ROWS_PER_CHECK);
    if (layout.dimensions === 2) addFlat(layout, pairs, law, [from, end]);
    else addSolid(layout, pairs, law, [from, end]);
  }
}

type Range = readonly [from: number, end: number];

function addFlat(
  { values, gradient }: Layout,
  { partners, perRow }: Pairs,
  law: Law,
  [from, end]: Range,
): void {
  const { strength, shift } = law;
  const half = law.radius / 2;
  for (let row = from; row < end; row++) {
    const x = values[2 * row];
    const y = values[2 * row + 1];
    let gx = 0;
    let gy = 0;
    for (let p = row * perRow; p < (row + 1) * perRow; p++) {
      const at = 2 * partners[p];
      const dx = x - values[at];
      const dy = y - values[at + 1];
      const d = 1 + dx * dx + dy * dy;
      const sum = shift + d;
      let force = strength / (sum * sum);
      if (half > 0) force *= half / Math.sqrt(d);
      gx += force * dx;
      gy += force * dy;
      gradient[at] -= force * dx;
      gradient[at + 1] -= force * dy;
    }
    gradient[2 * row] += gx;
    gradient[2 * row + 1] += gy;
  }
}

function addSolid(
  { values, gradient }: Layout,
  { partners, perRow }: Pairs,
  law: Law,
  [from, end]: Range,
): void {
  const { strength, shift } = law;
  const half = law.radius / 2;
  for (let row = from; row < end; row++) {
    const own = 3 * row;
    for (let p = row * perRow; p < (row + 1) * perRow; p++) {
      const at = 3 * partners[p];
      const dx = values[own] - values[at];
      const dy = values[own + 1] - values[at + 1];
      const dz = values[own + 2] - values[at + 2];
      const d = 1 + dx * dx + dy * dy + dz * dz;
      const sum = shift + d;
      let force = strength / (sum * sum);
      if (half > 0) force *= half / Math.sqrt(d);
      gradient[own] += force * dx;
      gradient[own + 1] += force * dy;
      gradient[own + 2] += force * dz;
      gradient[at] -= force * dx;
      gradient[at + 1] -= force * dy;
      gradient[at + 2] -= force * dz;
    }
  }
}
