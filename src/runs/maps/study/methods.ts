/** How each method lays vectors out: from a graph and hints of where to start, to positions and names of axes. */
import { formatPercent } from '../../../domain/display/format';
import { HumanError } from '../../../domain/errors';
import type { MapMethod, MapRequest } from '../../../domain/maps/request';
import type { Vectors } from '../../../domain/maps/vectors';
import { customMap } from '../../../projection/axes/custom';
import { discriminantMap } from '../../../projection/axes/discriminant';
import type { RowClasses } from '../../../projection/classFigures';
import { localMap } from '../../../projection/localMap/localMap';
import type { LayoutHints } from '../../../projection/pairs/align';
import { principalComponents, scoresOf } from '../../../projection/pca';
import type { Monitor, NeighbourGraph, Positions } from '../../../projection/types';
import { pcaStart } from '../../../projection/umap/start';
import { umap } from '../../../projection/umap/umap';
import { cutGraph } from './graphs';

/** What a method is given. */
export interface MethodInput {
  readonly vectors: Vectors;
  /** Lasting id of each vector's row. */
  readonly ids: readonly string[];
  readonly classes: RowClasses | null;
  readonly request: MapRequest;
}

/** A layout, and what its axes are called; empty where they mean nothing. */
export interface Layout {
  readonly positions: Positions;
  readonly axes: readonly string[];
}

export interface Method {
  /** False for a method that pays no heed to anchors. */
  readonly takesAnchors: boolean;
  /** False for positions that are what they are, whatever the vectors of other epochs and sources. */
  readonly isAligned: boolean;
  /** True for a method whose layout needs no graph and is there at once. */
  readonly isQuick: boolean;
  /** Throws HumanError where these vectors cannot be laid out so. */
  layOut(input: MethodInput, graph: NeighbourGraph | null, hints: LayoutHints, monitor: Monitor): Layout;
}

/** By name. */
const METHODS: Readonly<Record<MapMethod, Method>> = {
  pca: { takesAnchors: false, isAligned: true, isQuick: true, layOut: layOutPca },
  umap: { takesAnchors: true, isAligned: true, isQuick: false, layOut: layOutUmap },
  localmap: { takesAnchors: false, isAligned: true, isQuick: false, layOut: layOutLocalMap },
  discriminant: { takesAnchors: false, isAligned: true, isQuick: true, layOut: layOutDiscriminant },
  axes: { takesAnchors: false, isAligned: false, isQuick: true, layOut: layOutAxes },
  given: { takesAnchors: false, isAligned: false, isQuick: true, layOut: layOutGiven },
};

/** The method of that name. */
export function methodOf({ method }: MapRequest): Method {
  return METHODS[method];
}

const NO_GRAPH = 'This method needs a neighbour graph';

function layOutPca(
  { vectors, request: { dimensions } }: MethodInput,
  _graph: NeighbourGraph | null,
  _hints: LayoutHints,
  monitor: Monitor,
): Layout {
  const components = principalComponents(vectors, dimensions, monitor);
  const values = scoresOf(vectors, components, monitor);
  const axes = Array.from(components.shares, (share, axis) => `PCA ${axis + 1} (${formatPercent(share)})`);
  return { positions: { values, count: vectors.count, dimensions }, axes };
}

function layOutUmap(
  { vectors, request }: MethodInput,
  graph: NeighbourGraph | null,
  hints: LayoutHints,
  monitor: Monitor,
): Layout {
  if (graph === null) throw new TypeError(NO_GRAPH);
  const { seed, neighbours } = request;
  const start = hints.start ?? pcaStart(vectors, request, monitor);
  const anchors = hints.anchors === null ? {} : { anchors: hints.anchors };
  const positions = umap(cutGraph(graph, neighbours), { start, seed, ...anchors, ...hints.pace }, monitor);
  return { positions, axes: [] };
}

function layOutLocalMap(
  { vectors, request }: MethodInput,
  graph: NeighbourGraph | null,
  { start }: LayoutHints,
  monitor: Monitor,
): Layout {
  if (graph === null) throw new TypeError(NO_GRAPH);
  const from =
    start === null
      ? ({ positions: pcaStart(vectors, request, monitor), kind: 'sketch' } as const)
      : ({ positions: start, kind: 'map' } as const);
  const positions = localMap(vectors, graph, { start: from, seed: request.seed }, monitor);
  return { positions, axes: [] };
}

function layOutDiscriminant(
  { vectors, classes, request }: MethodInput,
  _graph: NeighbourGraph | null,
  _hints: LayoutHints,
  monitor: Monitor,
): Layout {
  if (classes === null)
    throw new HumanError(
      'Discriminant axes part classes, and these samples have none: choose another method.',
    );
  return discriminantMap(vectors, classes, request.dimensions, monitor);
}

function layOutAxes(
  { request, ...input }: MethodInput,
  _graph: NeighbourGraph | null,
  _hints: LayoutHints,
  monitor: Monitor,
): Layout {
  return customMap(input, request.axes, request.dimensions, monitor);
}

function layOutGiven({ vectors, request }: MethodInput): Layout {
  const { values, count, dimensions } = vectors;
  if (dimensions !== request.dimensions)
    throw new HumanError(
      `${request.table} has ${dimensions} dimensions, and coordinates to be shown as they are have ${request.dimensions}: choose a method, or another table.`,
    );
  return { positions: { values, count, dimensions: request.dimensions }, axes: [] };
}
