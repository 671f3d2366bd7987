/** What a chart of many runs shows, as data: lines, bands of seed groups, reference lines, and how they are shown. */
import type { BandWindow, LineStatistics, LineWindow } from '../../../src/domain/series/query';
import type { Unit } from '../units';

/** How a line or band is told from others. */
export interface LineLook {
  /** CSS variable of the colour. */
  readonly colour: string;
  readonly dash: readonly number[];
  /** Drawn faintly, because another run is pointed at. */
  readonly isFaded: boolean;
}

/** One tag of one run. */
export interface SceneLine extends LineLook {
  readonly key: string;
  /** The run's name, or the tag's where one run has several lines; empty if the title says it all. */
  readonly name: string;
  readonly window: LineWindow;
  readonly statistics: LineStatistics;
}

/** Mean and spread of a seed group. */
export interface SceneBand extends LineLook {
  readonly key: string;
  readonly name: string;
  readonly window: BandWindow;
}

/** A grey dashed line for scale. */
export interface SceneReference {
  readonly label: string;
  readonly side: 'above' | 'below';
  readonly window: LineWindow;
}

/** Everything that one chart draws. */
export interface Scene {
  readonly lines: readonly SceneLine[];
  readonly bands: readonly SceneBand[];
  readonly references: readonly SceneReference[];
  readonly unit: Unit;
  readonly isSmoothed: boolean;
  /** Values beyond the range are left out of it, and marked at the edge. */
  readonly isClipped: boolean;
}

/** A chart without anything on it. */
export function emptyScene(unit: Unit): Scene {
  return { lines: [], bands: [], references: [], unit, isSmoothed: false, isClipped: false };
}

/** Where values lie on the drawing, in CSS pixels. */
export interface Geometry {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The visible part of the x axis. */
  readonly xRange: readonly [number, number];
  x(value: number): number;
  /** NaN for what has no place on the axis, such as 0 on a logarithmic one. */
  y(value: number): number;
}
