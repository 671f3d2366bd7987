/** Heads of arrows at the ends of lines, in pixels, so that a movement says where it goes. */
import type { Step } from './camera';

/** Length from tip to base, and width of the base. */
export interface HeadSize {
  readonly length: number;
  readonly width: number;
}

/** Tip and the two ends of the base. */
export type ArrowHead = readonly [tip: Step, Step, Step];

/**
 * The head at the end of a line, which points the way that the line comes from a head's length before its end: what trembles
 * there does not turn it. Null for a line that is shorter than its head.
 */
export function arrowHead(line: readonly Step[], { length, width }: HeadSize): ArrowHead | null {
  const tip = line.at(-1);
  const from = tip && line.findLast((place) => Math.hypot(tip.x - place.x, tip.y - place.y) >= length);
  if (!tip || !from) return null;
  const apart = Math.hypot(tip.x - from.x, tip.y - from.y);
  const [x, y] = [(tip.x - from.x) / apart, (tip.y - from.y) / apart];
  const base = { x: tip.x - x * length, y: tip.y - y * length };
  const [aside, up] = [(-y * width) / 2, (x * width) / 2];
  return [tip, { x: base.x + aside, y: base.y + up }, { x: base.x - aside, y: base.y - up }];
}
