/**
 * The renderer of machines without a graphics card: every point is a disc blended into a picture in memory, in the
 * order of the painter. Red with blue, and green, are mixed two channels at a time as integers, so the same scene gives
 * the same bytes everywhere.
 */
import type { Projected } from '../view/project';
import type { LookStyle, PointSet } from '../view/points';
import type { Mask } from './masks';
import { discMasks, PHASES, reachOf } from './masks';
import type { Surface } from './surface';

/** Points to be drawn on a surface. */
export interface Splat {
  readonly points: Pick<PointSet, 'colours' | 'looks'>;
  readonly projected: Projected;
  /** Rows, first to last. */
  readonly order: Uint32Array;
  /** By look, in pixels of the surface. */
  readonly styles: readonly LookStyle[];
  /** `packed` colours; an index beyond them starts again at the first. */
  readonly palette: Int32Array;
  /** `packed`. */
  readonly ringColour: number;
  /** Corner of the surface, in CSS pixels of the canvas, and its pixels in one of them. */
  readonly left: number;
  readonly top: number;
  readonly ratio: number;
}

/** Sizes of points in perspective are drawn in steps of a quarter pixel of radius. */
const RADIUS_STEPS = 4;
const LARGEST_GROWTH = 2;

/** Border that a surface needs for these styles. */
export function borderFor(styles: readonly LookStyle[], dimensions: number): number {
  const growth = dimensions === 3 ? LARGEST_GROWTH : 1;
  const largest = Math.max(...styles.map(({ radius, ring }) => radius * growth + ring));
  return 2 * reachOf(largest) + 1;
}

/** Blends the points into the surface. Points whose discs lie outside are skipped. */
export function splatPoints(surface: Surface, splat: Splat): void {
  const { projected, order, palette } = splat;
  const { colours, looks } = splat.points;
  const brushes = splat.styles.map((style) => createBrush(style, surface.stride));
  const { xy, sizes } = projected;
  const { pixels, stride, border } = surface;
  const margin = border >> 1;
  const [right, bottom] = [surface.width + margin, surface.height + margin];
  const isSolid = sizes.length > 0;
  for (let n = 0; n < order.length; n++) {
    const row = order[n];
    const x = (xy[2 * row] - splat.left) * splat.ratio;
    const y = (xy[2 * row + 1] - splat.top) * splat.ratio;
    // False for NaN as well.
    if (!(x >= -margin && y >= -margin && x < right && y < bottom)) continue;
    const column = Math.floor(x);
    const line = Math.floor(y);
    const phase = (((y - line) * PHASES) | 0) * PHASES + (((x - column) * PHASES) | 0);
    const at = (line + border) * stride + column + border;
    const brush = brushes[looks[row]];
    const step = isSolid ? (brush.base * sizes[row] + 0.5) | 0 : brush.base;
    const masks = brush.masks[step] ?? brush.make(step);
    if (masks.ring) stamp(pixels, at, masks.ring[phase], splat.ringColour);
    stamp(pixels, at, masks.disc[phase], palette[colours[row] % palette.length]);
  }
}

/** Discs of one look, by radius in steps. */
interface Brush {
  readonly base: number;
  readonly masks: BrushMasks[];
  make(step: number): BrushMasks;
}
interface BrushMasks {
  readonly disc: readonly Mask[];
  readonly ring: readonly Mask[] | null;
}

function createBrush({ radius, alpha, ring }: LookStyle, stride: number): Brush {
  const base = Math.round(radius * RADIUS_STEPS);
  const masks: BrushMasks[] = [];
  const make = (step: number) => {
    const inner = step / RADIUS_STEPS;
    const made = {
      disc: discMasks({ radius: inner, alpha, stride }),
      ring: ring > 0 ? discMasks({ radius: inner + ring, alpha, stride }) : null,
    };
    masks[step] = made;
    return made;
  };
  return { base, masks, make };
}

/** Blends one disc. The sums stay below 2^32: a channel is at most 255 * 256. */
function stamp(pixels: Int32Array, at: number, { solid, soft, weights }: Mask, colour: number): void {
  for (let k = 0; k < solid.length; k++) pixels[at + solid[k]] = colour;
  const redBlue = colour & 0xff00ff;
  const green = colour & 0x00ff00;
  for (let k = 0; k < soft.length; k++) {
    const pixel = at + soft[k];
    const below = pixels[pixel];
    const weight = weights[k];
    const rest = 256 - weight;
    const mixed = (Math.imul(below & 0xff00ff, rest) + Math.imul(redBlue, weight) + 0x800080) >>> 8;
    const mixedGreen = (Math.imul(below & 0x00ff00, rest) + Math.imul(green, weight) + 0x8000) >>> 8;
    pixels[pixel] = 0xff000000 | (mixed & 0xff00ff) | (mixedGreen & 0x00ff00);
  }
}
