/**
 * Lays one map out so that it can be compared with another: it starts from the reference, whose stable samples pull at
 * theirs weakly, and is at last laid over it as a whole. Two maps made on their own put unchanged samples a third of the
 * map apart; a pull on all samples would hide true changes. Where too little is shared or stable, nothing is pulled, the
 * centres of the classes are laid over each other, and the result says that it is weak.
 */
import type { Alignment } from '../../domain/maps/figures';
import { quantile } from '../../domain/statistics/quantile';
import type { Monitor, NeighbourGraph, Positions } from '../types';
import type { Anchors, UmapOptions } from '../umap/umap';
import { neighbourChange, type NeighbourChange } from './jaccard';
import type { Join } from './join';
import { sharedRows } from './join';
import { landmarksOf, type Classes, type Landmarks } from './landmarks';
import { matchDistances, radiusOf, robustProcrustes, transformed } from './procrustes';
import { holdsLittle, sharesLittle, stableRows, STABLE_SHARE } from './stable';
import { startPositions } from './start';

/** Neighbours whose change is looked at. */
export const CHANGE_NEIGHBOURS = 15;

/** How fast a layout goes: see the options of UMAP. */
export type Pace = Required<Pick<UmapOptions, 'epochs' | 'rate'>>;

/** How a method is asked to lay out: null for its own start and for no anchors, no pace for its own. */
export interface LayoutHints {
  readonly start: Positions | null;
  readonly anchors: Anchors | null;
  readonly pace?: Pace;
}

/** The hints for a map that stands alone. */
export const NO_HINTS: LayoutHints = { start: null, anchors: null };

/**
 * The pace from places that are nearly right. Beside 300 epochs at the full rate, on planted pairs and on pairs of trained
 * encoders, it keeps unchanged samples as near, and maps as true, in half the time.
 */
export const WARM_PACE: Pace = { epochs: 150, rate: 0.5 };

/** The vectors of one map as their neighbours, and the method that would lay them out. */
export interface UnplacedMap {
  /** Of the vectors in full dimension. */
  readonly graph: NeighbourGraph;
  /** Null without classes. */
  readonly classes: Classes | null;
  /** False for a method that pays no heed to anchors: principal components, for example. */
  readonly takesAnchors: boolean;
  layOut(hints: LayoutHints, monitor: Monitor): Positions;
}

/** A map that others are laid over. */
export interface PlacedMap {
  readonly graph: NeighbourGraph;
  readonly classes: Classes | null;
  readonly positions: Positions;
}

export interface AlignOptions {
  /** Left is the reference. */
  readonly join: Join;
  /** Strength of an anchor. */
  readonly pull?: number;
  /** Share of the shared rows that is pulled. */
  readonly stableShare?: number;
}

/** A map in the frame of its reference. */
export interface AlignedMap extends PlacedMap {
  readonly alignment: Alignment;
  /** Of the neighbours in full dimension, by rows of the reference. */
  readonly change: NeighbourChange;
}

/** Weak: maps stay as true to their vectors as without, and unchanged samples stay in place. */
export const DEFAULT_PULL = 0.1;

/** Lays the other map out in the frame of the reference. Throws `Cancelled` from the monitor. */
export function alignMaps(
  reference: PlacedMap,
  other: UnplacedMap,
  options: AlignOptions,
  monitor: Monitor,
): AlignedMap {
  const change = neighbourChange(reference.graph, other.graph, { join: options.join, k: CHANGE_NEIGHBOURS });
  const bond = bondOf(reference, other, { ...options, change });
  const { graph, classes } = other;
  const free = other.layOut(bond.hints, monitor);
  const laid = layOver(reference, { graph, classes, positions: free }, bond, options.join);
  const isFree = bond.hints.anchors === null;
  const alignment = {
    residual: laid.residual,
    anchoredShare: isFree ? 0 : bond.stable.length / graph.count,
    pull: isFree ? 0 : (options.pull ?? DEFAULT_PULL),
    isWeak: bond.isWeak,
  };
  return { graph, classes, positions: laid.positions, alignment, change };
}

/** What holds two maps together. */
interface Bond {
  /** Rows of the reference. */
  readonly stable: Int32Array;
  readonly isWeak: boolean;
  readonly hints: LayoutHints;
}

function bondOf(
  { positions }: PlacedMap,
  other: UnplacedMap,
  {
    join,
    change,
    pull = DEFAULT_PULL,
    stableShare = STABLE_SHARE,
  }: AlignOptions & { readonly change: NeighbourChange },
): Bond {
  const stable = stableRows(change, join, stableShare);
  if (sharesLittle(join)) return { stable, isWeak: true, hints: NO_HINTS };
  const isWeak = holdsLittle(stable, join);
  const start = startPositions(positions, other.graph, join);
  const isPulled = !isWeak && other.takesAnchors && pull > 0;
  const anchors = isPulled ? anchorsAt(start, stable, { join, pull }) : null;
  return { stable, isWeak, hints: { start, anchors, pace: WARM_PACE } };
}

function anchorsAt(
  start: Positions,
  stable: Int32Array,
  { join, pull }: { readonly join: Join; readonly pull: number },
): Anchors {
  const pulls = new Float32Array(start.count);
  stable.forEach((row) => (pulls[join.rightOf[row]] = pull));
  return { positions: start, pull: pulls };
}

/** The map laid over the reference, with the median distance of what was laid over each other, in radii. */
function layOver(
  reference: PlacedMap,
  other: PlacedMap,
  bond: Bond,
  join: Join,
): { readonly positions: Positions; readonly residual: number } {
  const marks = marksOf(reference, other, bond, join);
  const fit = robustProcrustes(marks.reference, marks.moved, marks.matches);
  const distances = matchDistances(marks.reference, transformed(marks.moved, fit), marks.matches);
  const known = distances.filter((distance) => !Number.isNaN(distance));
  return {
    positions: transformed(other.positions, fit),
    residual: quantile(known, 0.5) / radiusOf(reference.positions),
  };
}

/** What is laid over each other: stable samples, or else the centres of classes, or else whatever is shared. */
function marksOf(reference: PlacedMap, other: PlacedMap, bond: Bond, join: Join): Landmarks {
  if (bond.isWeak && reference.classes !== null && other.classes !== null) {
    const landmarks = landmarksOf(
      { positions: reference.positions, classes: reference.classes },
      { positions: other.positions, classes: other.classes },
    );
    if (landmarks.matches.reference.length > reference.positions.dimensions) return landmarks;
  }
  const rows = bond.isWeak ? sharedRows(join) : bond.stable;
  const matches = { reference: rows, moved: rows.map((row) => join.rightOf[row]) };
  return { reference: reference.positions, moved: other.positions, matches };
}
