/**
 * What a chart is drawn with. The same drawing goes to a canvas on the page and to an SVG file: it speaks to a pen in
 * CSS pixels and never knows which it is.
 */

/** A stroke. `points` elsewhere are flat: x, y, x, y, with NaN for a gap. */
export interface Stroke {
  readonly colour: string;
  readonly widthPx: number;
  readonly dash: readonly number[];
  /** Opacity from 0 to 1. */
  readonly alpha: number;
}

/** A text. */
export interface TextStyle {
  readonly colour: string;
  readonly align: 'left' | 'center' | 'right';
  /** Colour of an outline that keeps the text readable over lines; empty for none. */
  readonly halo: string;
}

/** Small shapes that stand for something that is not a line. */
export type MarkShape = 'dot' | 'cross' | 'up' | 'down';

/** A rectangle in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Draws in CSS pixels. */
export interface Pen {
  polyline(points: readonly number[], stroke: Stroke): void;
  /** The area between two lines of equal x. */
  area(upper: readonly number[], lower: readonly number[], colour: string, alpha: number): void;
  mark(shape: MarkShape, x: number, y: number, colour: string): void;
  text(text: string, x: number, y: number, style: TextStyle): void;
  /** Draws with everything outside the box cut away. */
  clipped(box: Box, draw: () => void): void;
}

/** Height of all text on charts, in CSS pixels. */
export const FONT_PX = 11;

/** Half the size of a mark in CSS pixels. */
export const MARK_PX = 3;

/** The corners of a mark around the origin, as lines to draw. */
export function markLines(shape: Exclude<MarkShape, 'dot'>): readonly (readonly number[])[] {
  const size = MARK_PX;
  switch (shape) {
    case 'cross':
      return [
        [-size, -size, size, size],
        [-size, size, size, -size],
      ];
    case 'up':
      return [[-size, size, 0, -size, size, size]];
    case 'down':
      return [[-size, -size, 0, size, size, -size]];
  }
}
