/**
 * The points of one pane as flat arrays: two sets of places with one mix factor between them, and a byte each for
 * colour and look. Arrays are values: whoever changes one makes another, because a renderer keeps what it has sent to
 * the graphics card by the array's identity.
 */
import type { MapDimensions } from '../request';

/** How a point stands out. Higher ones are drawn over lower ones. */
export const LOOK = { hidden: 0, faded: 1, plain: 2, emphasised: 3 } as const;

/** Points of one pane. */
export interface PointSet {
  readonly count: number;
  readonly dimensions: MapDimensions;
  /** [count, dimensions] in units of the map, at mix 0; NaN where a point has no place. */
  readonly from: Float32Array;
  /** The same at mix 1; the array of `from` itself where nothing moves. */
  readonly to: Float32Array;
  /** Place of each point's colour in the palette. */
  readonly colours: Uint8Array;
  /** `LOOK` of each point. */
  readonly looks: Uint8Array;
}

/** How points of one look are drawn. */
export interface LookStyle {
  /** Without the ring, in pixels. */
  readonly radius: number;
  /** 0 to 1. */
  readonly alpha: number;
  /** Width of a ring in the text's colour, in pixels; 0 for none. */
  readonly ring: number;
}

const FADED_ALPHA = 0.22;
const EMPHASIS = 1.25;
const RING_PX = 1;

/** The styles of all looks, by `LOOK`. `ratio` is the number of device pixels in a CSS pixel. */
export function lookStyles(radiusPx: number, alpha: number, ratio: number): readonly LookStyle[] {
  const radius = radiusPx * ratio;
  return [
    { radius: 0, alpha: 0, ring: 0 },
    { radius, alpha: alpha * FADED_ALPHA, ring: 0 },
    { radius, alpha, ring: 0 },
    { radius: radius * EMPHASIS, alpha: 1, ring: RING_PX * ratio },
  ];
}
