/**
 * From places on a map to pixels. A projection is four linear forms of (x, y, z, 1): right, down, nearness and the
 * divisor of perspective. The processor and the graphics card use the same four, so both draw, and the pointer picks,
 * the same picture.
 */
import type { Camera, Size, Step } from './camera';
import { axesOf } from './camera';
import type { PointSet } from './points';
import { LOOK } from './points';

/** A part of the canvas, in CSS pixels from its corner. */
export interface Viewport extends Size {
  readonly left: number;
  readonly top: number;
}

/** A linear form of (x, y, z, 1). */
export type Form = readonly [number, number, number, number];

/** Forms of a camera; pixels are counted from the viewport's middle, before the division by `divisor`. */
export interface Projection {
  readonly right: Form;
  readonly down: Form;
  /** From -1, far, to 1, near, within the camera's reach. */
  readonly nearness: Form;
  readonly divisor: Form;
}

/** Points on the screen. Arrays are reused from frame to frame. */
export interface Projected {
  /** [count, 2] in CSS pixels of the canvas; NaN for points that are hidden or have no place. */
  readonly xy: Float32Array;
  /** How much larger each point is than at the centre's depth; empty in two dimensions. */
  readonly sizes: Float32Array;
  readonly count: number;
}

/** The eye is so many radii of the map away from its centre. */
const EYE_REACHES = 3;
/** Points nearer to the eye than this share of its distance are drawn as if they were there. */
const LEAST_DIVISOR = 0.5;

/** The forms of a camera. */
export function projectionOf(camera: Camera): Projection {
  const { centre, scale, reach } = camera;
  const [right, up, near] = axesOf(camera);
  const form = (axis: readonly [number, number, number], by: number, start = 0): Form => [
    axis[0] * by,
    axis[1] * by,
    axis[2] * by,
    start - by * (axis[0] * centre[0] + axis[1] * centre[1] + axis[2] * centre[2]),
  ];
  return {
    right: form(right, scale),
    down: form(up, -scale),
    nearness: form(near, 1 / reach),
    divisor: form(near, -1 / (EYE_REACHES * reach), 1),
  };
}

/** What a pane shows of its points. */
export interface View {
  readonly points: PointSet;
  /** 0 for the places `from`, 1 for `to`. Between them only points that have both places are seen. */
  readonly mix: number;
  readonly camera: Camera;
  readonly viewport: Viewport;
}

/** Projects all points of a pane. Give what it returned last as `into` to spare the allocation. */
export function projectPoints(view: View, into?: Projected): Projected {
  const { count, dimensions } = view.points;
  const fits = into?.count === count && into.sizes.length === (dimensions === 3 ? count : 0);
  const projected = fits
    ? into
    : { count, xy: new Float32Array(2 * count), sizes: new Float32Array(dimensions === 3 ? count : 0) };
  if (dimensions === 3) projectSolid(view, projected);
  else projectFlat(view, projected);
  return projected;
}

/** The pixels of one place of the map, with the size of a point there. */
export function projectPlace(
  [x, y, z]: readonly [number, number, number],
  { camera, viewport }: Pick<View, 'camera' | 'viewport'>,
): Step & { readonly size: number } {
  const { right, down, divisor } = projectionOf(camera);
  const at = ([a, b, c, d]: Form) => a * x + b * y + c * z + d;
  const size = 1 / Math.max(LEAST_DIVISOR, at(divisor));
  const middle = middleOf(viewport);
  return { x: middle.x + at(right) * size, y: middle.y + at(down) * size, size };
}

/** The places of a map that are shown: what a mix of 0 or 1 does not need is left out. */
export function endsOf({ points, mix }: Pick<View, 'points' | 'mix'>): readonly [Float32Array, Float32Array] {
  if (mix <= 0) return [points.from, points.from];
  if (mix >= 1) return [points.to, points.to];
  return [points.from, points.to];
}

/** The middle of a viewport, in pixels of the canvas. */
export function middleOf({ left, top, width, height }: Viewport): Step {
  return { x: left + width / 2, y: top + height / 2 };
}

/** Without a turn, right depends on x alone and down on y alone. */
function projectFlat(view: View, { xy }: Projected): void {
  const { right, down } = projectionOf(view.camera);
  const [from, to] = endsOf(view);
  const { x: left, y: top } = middleOf(view.viewport);
  const [a, e] = [right[0], right[3] + left];
  const [b, f] = [down[1], down[3] + top];
  const { looks, count } = view.points;
  const { mix } = view;
  for (let i = 0, at = 0; i < count; i++, at += 2) {
    const x = from[at];
    const y = from[at + 1];
    const isSeen = looks[i] !== LOOK.hidden;
    xy[at] = isSeen ? a * (x + (to[at] - x) * mix) + e : NaN;
    xy[at + 1] = isSeen ? b * (y + (to[at + 1] - y) * mix) + f : NaN;
  }
}

function projectSolid(view: View, { xy, sizes }: Projected): void {
  const { right: r, down: d, divisor: w } = projectionOf(view.camera);
  const [from, to] = endsOf(view);
  const { x: left, y: top } = middleOf(view.viewport);
  const { looks, count } = view.points;
  const { mix } = view;
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const x = from[at] + (to[at] - from[at]) * mix;
    const y = from[at + 1] + (to[at + 1] - from[at + 1]) * mix;
    const z = from[at + 2] + (to[at + 2] - from[at + 2]) * mix;
    const size = 1 / Math.max(LEAST_DIVISOR, w[0] * x + w[1] * y + w[2] * z + w[3]);
    const isSeen = looks[i] !== LOOK.hidden;
    xy[2 * i] = isSeen ? left + (r[0] * x + r[1] * y + r[2] * z + r[3]) * size : NaN;
    xy[2 * i + 1] = isSeen ? top + (d[0] * x + d[1] * y + d[2] * z + d[3]) * size : NaN;
    sizes[i] = size;
  }
}
