/**
 * What a chart asks of the recorded numbers, and what it gets. A chart never holds a whole series: it names
 * lines, an x axis, a range and its width in pixels, and gets buckets of consecutive points, each with its exact
 * minimum, maximum and last value. Buckets hold a power of two of points, so a series that grows changes its last
 * bucket and adds new ones, and nothing before them.
 */

/** What a curve is drawn over. `relative` is seconds since the run's first point, `views` is images seen. */
export const X_AXES = ['step', 'epoch', 'wall', 'relative', 'views'] as const;
export type XAxis = (typeof X_AXES)[number];

/** How the spread of a group of runs is drawn: about the mean, or from the smallest to the largest. */
export const BANDS = ['deviation', 'error', 'range', 'interval'] as const;
export type BandKind = (typeof BANDS)[number];

/** One line: a tag of a run. `run` is the run's folder. */
export interface Line {
  readonly run: string;
  readonly tag: string;
}

/** Runs that differ in the seed alone, drawn as their mean with a band. */
export interface LineGroup {
  readonly key: string;
  readonly runs: readonly string[];
  readonly tag: string;
}

/** Everything that one chart shows. */
export interface ChartQuery {
  readonly lines: readonly Line[];
  readonly groups: readonly LineGroup[];
  readonly axis: XAxis;
  /** In units of the axis, both ends included; null is everything. */
  readonly range: readonly [from: number, to: number] | null;
  /** Width of the plot: a line gets at most two buckets a pixel. */
  readonly pixels: number;
  /** Weight of the past in the debiased exponential mean, 0 (none) to below 1. */
  readonly smoothing: number;
  readonly band: BandKind;
}

/** What a table says about a line: over the queried range, on full data, finite values alone. */
export interface LineStatistics {
  /** Points in the range, and how many of them are NaN or infinite. */
  readonly points: number;
  readonly nonFinite: number;
  readonly first: number;
  readonly last: number;
  readonly lastStep: number;
  readonly min: number;
  readonly minStep: number;
  readonly max: number;
  readonly maxStep: number;
}

/** Buckets of one line in order of x; arrays of equal length, one entry a bucket. */
export interface LineWindow {
  /** Points a bucket, a power of two; 1 means that every recorded point is there as it was. */
  readonly perBucket: number;
  /** Position of each bucket's last point on the axis. */
  readonly x: Float64Array;
  /** Smallest, largest and last finite value; NaN where a bucket has none. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  /** The smoothed line at the bucket's last point; empty without smoothing. */
  readonly smoothed: Float64Array;
  /** How many values of a bucket are NaN or infinite. */
  readonly nonFinite: Uint32Array;
}

/** Mean and band of a group; arrays of equal length. */
export interface BandWindow {
  readonly x: Float64Array;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** How many runs have a value there. */
  readonly runs: Uint32Array;
}

/** What changed of one line: its buckets from place `from` on; 0 replaces all. */
export interface LineChange extends Line {
  readonly from: number;
  readonly window: LineWindow;
  readonly statistics: LineStatistics;
}

/** A group's band, whole. */
export interface BandChange {
  readonly key: string;
  readonly tag: string;
  readonly window: BandWindow;
}

/** The answer to a query, or what has changed since the one before. */
export interface ChartAnswer {
  readonly lines: readonly LineChange[];
  readonly bands: readonly BandChange[];
}
