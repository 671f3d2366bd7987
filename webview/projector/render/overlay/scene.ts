/** What lies over the points. Like a scene, it is a value that is given whole for each frame. */
import type { Place, Step } from '../../../../src/domain/maps/view/camera';
import type { Contour } from '../../../../src/domain/maps/view/contours';
import type { Projected, View } from '../../../../src/domain/maps/view/project';
import type { PictureStore } from '../pictureStore';

/** The overlay of one pane. Colours are CSS colours; everything may be left empty. */
export interface OverlayPane {
  readonly view: View;
  /** Of `view`, as a picker gives it. */
  readonly projected: Projected;
  readonly labels: readonly OverlayLabel[];
  /** In places of the map; drawn in two dimensions only. */
  readonly contours: readonly OverlayContour[];
  /** Rows with a ring around them: the one under the pointer, and pinned ones. */
  readonly rings: readonly OverlayRing[];
  readonly pictures: OverlayPictures | null;
  /** What is being drawn by hand: an outline, or a box from corner to corner, in pixels of the canvas. */
  readonly gesture: Gesture | null;
  /** Names of the axes, right and up; empty where they mean nothing. */
  readonly axes: readonly string[];
}

export interface OverlayLabel {
  readonly text: string;
  readonly colour: string;
  /** On the map, at the current mix; not finite for a class that is not there. */
  readonly place: Place;
  /** The higher one stays where two collide. */
  readonly weight: number;
}

export interface OverlayContour {
  readonly paths: readonly Contour[];
  readonly colour: string;
  /** 0 to 1. */
  readonly alpha: number;
}

export interface OverlayRing {
  readonly row: number;
  readonly kind: 'hover' | 'pinned' | 'neighbour';
}

export interface OverlayPictures {
  readonly store: PictureStore;
  /** Colour of the frame, by index of a point's colour. */
  readonly frames: readonly string[];
}

export type Gesture =
  | { readonly kind: 'lasso'; readonly outline: readonly Step[] }
  | { readonly kind: 'box'; readonly from: Step; readonly to: Step };
