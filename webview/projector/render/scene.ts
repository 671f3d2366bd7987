/** What a renderer draws: one or two panes of points on one canvas. A scene is a value; each frame is given a whole one. */
import type { Rgb } from '../../../src/domain/maps/splat/surface';
import type { View } from '../../../src/domain/maps/view/project';

/** A scene. Lengths are CSS pixels. */
export interface Scene {
  readonly panes: readonly View[];
  /** By index of colour; an index beyond its end starts again at the first. At most 256 are used. */
  readonly palette: readonly Rgb[];
  readonly background: Rgb;
  /** Of the ring around emphasised points. */
  readonly ring: Rgb;
  readonly radiusPx: number;
  /** Opacity of plain points, 0 to 1. */
  readonly alpha: number;
}

/** Size of the canvas in CSS pixels, and device pixels in one of them. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** One way of drawing, bound to its canvas. */
export interface Backend {
  readonly kind: RendererKind;
  resize(size: CanvasSize): void;
  draw(scene: Scene): void;
  dispose(): void;
}
export type RendererKind = 'webgl2' | 'cpu';
