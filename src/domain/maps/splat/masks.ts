/**
 * The pixels of a disc, worked out once for each place of its centre within a pixel: where they lie, and how much of
 * each the disc covers. Drawing a point is then a walk over two short lists.
 */

/** A disc whose centre lies in one of the squares into which a pixel is cut. */
export interface Mask {
  /** Pixels that are covered in full by a disc without transparency, as steps from the centre's pixel. */
  readonly solid: Int32Array;
  /** All others. */
  readonly soft: Int32Array;
  /** Share of each soft pixel that the disc's colour takes, in 256ths. */
  readonly weights: Int32Array;
}

/** What a disc is made from. */
export interface Disc {
  /** In pixels. */
  readonly radius: number;
  /** 0 to 1. */
  readonly alpha: number;
  /** Pixels from a row of the picture to the next. */
  readonly stride: number;
}

/** A pixel is cut into so many squares each way. */
export const PHASES = 4;
const FULL = 256;

/** Masks by phase, row by row: [PHASES * PHASES]. */
export function discMasks(disc: Disc): readonly Mask[] {
  const phases = Array.from({ length: PHASES * PHASES }, (_, phase) => phase);
  return phases.map((phase) =>
    maskAt(disc, ((phase % PHASES) + 0.5) / PHASES, (Math.floor(phase / PHASES) + 0.5) / PHASES),
  );
}

/** How far from its centre's pixel a disc may have colour, in pixels. */
export function reachOf(radius: number): number {
  return Math.ceil(radius + 0.5);
}

/** Share of a pixel that a disc covers: an edge one pixel wide, as the shader of the graphics card draws it. */
export function coverage(radius: number, distance: number): number {
  return Math.max(0, Math.min(1, radius + 0.5 - distance));
}

function maskAt({ radius, alpha, stride }: Disc, x: number, y: number): Mask {
  const solid: number[] = [];
  const soft: number[] = [];
  const weights: number[] = [];
  const reach = reachOf(radius);
  for (let down = -reach; down <= reach; down++) {
    for (let right = -reach; right <= reach; right++) {
      const [dx, dy] = [right + 0.5 - x, down + 0.5 - y];
      const weight = Math.round(FULL * alpha * coverage(radius, Math.sqrt(dx * dx + dy * dy)));
      if (weight === FULL) solid.push(down * stride + right);
      else if (weight > 0) {
        soft.push(down * stride + right);
        weights.push(weight);
      }
    }
  }
  return { solid: Int32Array.from(solid), soft: Int32Array.from(soft), weights: Int32Array.from(weights) };
}
