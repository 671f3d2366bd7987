/**
 * What part of a map is seen, and from where. A camera is a value: each movement gives another. In two dimensions it
 * looks straight at the plane; in three it turns about the map's centre (yaw, then pitch) with a mild perspective, so
 * that what is nearer is larger.
 */

/** A camera. Lengths are units of the map; y points up. */
export interface Camera {
  readonly centre: Place;
  /** Pixels a unit of the map, at the centre's depth. */
  readonly scale: number;
  /** Radius of the ball that holds the map, about which perspective is set. */
  readonly reach: number;
  /** Turn about the vertical axis, in radians; 0 in two dimensions. */
  readonly yaw: number;
  /** Tilt, in radians, from -pi/2 to pi/2. */
  readonly pitch: number;
}
export type Place = readonly [x: number, y: number, z: number];

/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The box that holds places of a map; its ends are equal where there is one place. */
export interface Bounds {
  readonly low: Place;
  readonly high: Place;
}

/** A movement on the screen in pixels, y downwards, or a place in a viewport. */
export interface Step {
  readonly x: number;
  readonly y: number;
}

/** Around a map that is shown whole: a share of the side, and at least the pixels of half a picture and of the tools. */
const MARGIN = 0.06;
const LEAST_MARGIN_PX = 56;
/** Of a side, so that something is left of a small one. */
const MOST_MARGIN = 0.2;
const LEAST_SCALE = 1e-9;
const MOST_SCALE = 1e9;

/** The box of all finite places in these sets, [count, dimensions] each; about the origin where there is none. */
export function boundsOf(sets: readonly Float32Array[], dimensions: number): Bounds {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const values of sets) for (let axis = 0; axis < dimensions; axis++) widen(values, axis, dimensions);
  return { low: placeOf(low), high: placeOf(high) };

  function widen(values: Float32Array, axis: number, stride: number): void {
    for (let i = axis; i < values.length; i += stride) {
      const value = values[i];
      if (!Number.isFinite(value)) continue;
      if (value < low[axis]) low[axis] = value;
      if (value > high[axis]) high[axis] = value;
    }
  }
}

/** A camera that sees the whole box, with a margin. */
export function fitCamera({ low, high }: Bounds, size: Size, isTurned = false): Camera {
  const extent = [high[0] - low[0], high[1] - low[1], high[2] - low[2]];
  const reach = Math.sqrt(extent[0] * extent[0] + extent[1] * extent[1] + extent[2] * extent[2]) / 2 || 1;
  const room = { width: roomIn(size.width), height: roomIn(size.height) };
  const flat = Math.min(room.width / (extent[0] || 1e-6), room.height / (extent[1] || 1e-6));
  const round = Math.min(room.width, room.height) / (2 * reach);
  const centre = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2] as const;
  // A map that can be turned must fit from every side.
  const scale = isTurned ? round : Math.min(flat, round * 8);
  return { centre, scale: limited(scale), reach, yaw: isTurned ? 0.5 : 0, pitch: isTurned ? 0.35 : 0 };
}

function roomIn(side: number): number {
  return side - 2 * Math.min(side * MOST_MARGIN, Math.max(side * MARGIN, LEAST_MARGIN_PX));
}

/** Zooms by a factor; the place of the map under `at`, in pixels from the viewport's corner, stays there. */
export function zoomAt(camera: Camera, factor: number, at: Step, size: Size): Camera {
  const scale = limited(camera.scale * factor);
  const offset = { x: at.x - size.width / 2, y: at.y - size.height / 2 };
  const shift = 1 / camera.scale - 1 / scale;
  return { ...camera, scale, centre: moved(camera, { x: offset.x * shift, y: offset.y * shift }) };
}

/** Moves the map by pixels, as a hand that drags it. */
export function pan(camera: Camera, { x, y }: Step): Camera {
  return { ...camera, centre: moved(camera, { x: -x / camera.scale, y: -y / camera.scale }) };
}

/** Turns a map in three dimensions by radians: `x` about the vertical axis, `y` towards the viewer. */
export function orbit(camera: Camera, { x, y }: Step): Camera {
  const pitch = Math.max(-Math.PI / 2, Math.min(Math.PI / 2, camera.pitch + y));
  return { ...camera, yaw: camera.yaw + x, pitch };
}

const STEP_PX = 60;
const TURN = Math.PI / 24;
const ZOOM = 1.25;
const ARROWS = new Map<string, Step>([
  ['ArrowLeft', { x: -1, y: 0 }],
  ['ArrowRight', { x: 1, y: 0 }],
  ['ArrowUp', { x: 0, y: -1 }],
  ['ArrowDown', { x: 0, y: 1 }],
]);

/**
 * What a key does to the camera: arrows move the view, or turn the map if `isTurning`; plus and minus zoom at the
 * middle. Undefined for every other key.
 */
export function keyStep(camera: Camera, key: string, size: Size, isTurning = false): Camera | undefined {
  const arrow = ARROWS.get(key);
  if (arrow && isTurning) return orbit(camera, { x: arrow.x * TURN, y: arrow.y * TURN });
  if (arrow) return pan(camera, { x: -arrow.x * STEP_PX, y: -arrow.y * STEP_PX });
  const middle = { x: size.width / 2, y: size.height / 2 };
  if (key === '+' || key === '=') return zoomAt(camera, ZOOM, middle, size);
  if (key === '-' || key === '_') return zoomAt(camera, 1 / ZOOM, middle, size);
  return undefined;
}

/** The rows of the rotation: right, up and towards the viewer, as directions of the map. */
export function axesOf({ yaw, pitch }: Pick<Camera, 'yaw' | 'pitch'>): readonly [Place, Place, Place] {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return [
    [cy, 0, sy],
    [sp * sy, cp, -sp * cy],
    [-cp * sy, sp, cp * cy],
  ];
}

/** The centre after a movement along the screen in units of the map, y downwards. */
function moved(camera: Camera, by: Step): Place {
  const [right, up] = axesOf(camera);
  const along = (axis: 0 | 1 | 2) => camera.centre[axis] + right[axis] * by.x - up[axis] * by.y;
  return [along(0), along(1), along(2)];
}

function limited(scale: number): number {
  return Math.max(LEAST_SCALE, Math.min(MOST_SCALE, scale));
}

function placeOf(ends: readonly number[]): Place {
  const finite = (axis: number) => (Number.isFinite(ends[axis]) ? ends[axis] : 0);
  return [finite(0), finite(1), finite(2)];
}
