/** Neighbour graphs, each made once: kept in memory as long as it is used, and in the cache of maps. */
import type { MapRequest } from '../../../domain/maps/request';
import { neighbourGraph } from '../../../projection/neighbours/neighbourGraph';
import { CHANGE_NEIGHBOURS } from '../../../projection/pairs/align';
import type { Monitor, NeighbourGraph } from '../../../projection/types';
import type { Entry } from '../cache/entry';
import type { MapCache } from '../cache/mapCache';
import { keyOf } from '../cache/mapCache';
import type { PaneVectors } from '../sources/paneVectors';

/** Graphs of so many epochs are at hand. */
const MOST_KEPT = 12;

export type GraphRequest = Pick<MapRequest, 'metric' | 'neighbours' | 'seed'>;

/** The graphs of one study. */
export class Graphs {
  readonly #kept = new Map<string, NeighbourGraph>();

  constructor(private readonly cache: MapCache) {}

  /** A graph with the neighbours that the request asks for, and at least those that figures look at. */
  async of({ vectors, hash }: PaneVectors, request: GraphRequest, monitor: Monitor): Promise<NeighbourGraph> {
    const { metric, seed } = request;
    const k = Math.min(Math.max(request.neighbours, CHANGE_NEIGHBOURS), vectors.count - 1);
    const key = keyOf('graph', hash, metric, k, seed);
    const known = this.#kept.get(key) ?? graphOf(await this.cache.find(key), vectors.count, { k, metric });
    if (known !== undefined) return this.#keep(key, known);
    const made = neighbourGraph(vectors, { k, metric, seed }, monitor);
    await this.cache.keep(key, { facts: { k: made.k }, arrays: [made.indices, made.distances] });
    return this.#keep(key, made);
  }

  #keep(key: string, graph: NeighbourGraph): NeighbourGraph {
    this.#kept.delete(key);
    this.#kept.set(key, graph);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return graph;
  }
}

/** The graph of the k nearest alone. */
export function cutGraph(graph: NeighbourGraph, k: number): NeighbourGraph {
  if (graph.k <= k) return graph;
  const indices = new Int32Array(graph.count * k);
  const distances = new Float32Array(graph.count * k);
  for (let row = 0; row < graph.count; row++) {
    const from = row * graph.k;
    indices.set(graph.indices.subarray(from, from + k), row * k);
    distances.set(graph.distances.subarray(from, from + k), row * k);
  }
  return { ...graph, indices, distances, k };
}

/** Whoever wrote the entry, its rows are rows. */
function graphOf(
  entry: Entry | undefined,
  count: number,
  { k, metric }: Pick<NeighbourGraph, 'k' | 'metric'>,
): NeighbourGraph | undefined {
  const [indices, distances] = entry?.arrays ?? [];
  const isGraph = indices instanceof Int32Array && distances instanceof Float32Array;
  if (!isGraph || indices.length !== count * Math.max(0, k) || distances.length !== indices.length)
    return undefined;
  const areRows = indices.every((row) => row >= 0 && row < count);
  return areRows ? { indices, distances, count, k: Math.max(0, k), metric } : undefined;
}
