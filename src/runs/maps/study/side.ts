/**
 * One side of a study: its epochs' vectors and maps, in packed rows. It is the source of a chain (playback.ts): maps come
 * from memory, from the cache, or are laid out.
 */
import type { MapRequest, Pane as PaneName } from '../../../domain/maps/request';
import type { LayoutHints, PlacedMap, UnplacedMap } from '../../../projection/pairs/align';
import { CHANGE_NEIGHBOURS } from '../../../projection/pairs/align';
import { neighbourChange } from '../../../projection/pairs/jaccard';
import type { Join } from '../../../projection/pairs/join';
import type { ChainLink, ChainMap, ChainReference, ChainSource } from '../../../projection/pairs/playback';
import type { Monitor, NeighbourGraph, Positions } from '../../../projection/types';
import type { MapCache } from '../cache/mapCache';
import { keyOf } from '../cache/mapCache';
import type { Pane } from '../sources/pane';
import type { PaneVectors } from '../sources/paneVectors';
import { chosenVectors, hashOf } from '../sources/paneVectors';
import type { Graphs } from './graphs';
import type { KeptMap } from './keptMap';
import { findMap, keepMap } from './keptMap';
import type { MethodInput } from './methods';
import { methodOf } from './methods';
import { packedClasses, packedJoin } from './rows';

/** The map of one epoch. */
export interface EpochMap extends KeptMap {
  readonly rows: Int32Array;
  /** Names the map: equal keys are equal bytes. */
  readonly key: string;
}

export interface SideOptions {
  readonly name: PaneName;
  readonly pane: Pane;
  readonly request: MapRequest;
  /** Rows of the pane that are shown; null for all. */
  readonly sample: Int32Array | null;
  readonly graphs: Graphs;
  readonly cache: MapCache;
}

/** What a side is laid over, and the name of that. */
export interface Frame {
  readonly reference: ChainReference;
  readonly key: string;
}

/** A side and the maps that it has so far. */
export class StudySide {
  readonly maps = new Map<number, EpochMap>();
  readonly #rows = new Map<number, Int32Array>();

  constructor(readonly options: SideOptions) {}

  get name(): PaneName {
    return this.options.name;
  }

  get pane(): Pane {
    return this.options.pane;
  }

  /** Epochs of the table that is shown. */
  get epochs(): readonly number[] {
    return this.pane.table(this.options.request.table).epochs.map(({ epoch }) => epoch);
  }

  /** The vectors that are shown of an epoch. Rejects with HumanError if there are none. */
  async vectors(epoch: number): Promise<PaneVectors> {
    const { request, sample } = this.options;
    const chosen = chosenVectors(await this.pane.vectors(request.table, epoch), sample);
    this.#rows.set(epoch, chosen.rows);
    return chosen;
  }

  async graph(epoch: number, monitor: Monitor): Promise<NeighbourGraph> {
    return this.options.graphs.of(await this.vectors(epoch), this.options.request, monitor);
  }

  /** A map that is there, as others are laid over it. */
  async placed(epoch: number, monitor: Monitor): Promise<PlacedMap | undefined> {
    const map = this.maps.get(epoch);
    if (map === undefined) return undefined;
    const classes = packedClasses(this.pane.classes, map.rows);
    return { graph: await this.graph(epoch, monitor), classes, positions: map.positions };
  }

  /** What the method is given of an epoch. */
  async input(epoch: number): Promise<MethodInput> {
    const { vectors, rows } = await this.vectors(epoch);
    const ids = Array.from(rows, (row) => this.pane.ids[row] ?? '');
    const classes = packedClasses(this.pane.classes, rows);
    return { vectors, ids, classes, request: this.options.request };
  }

  /** The side as the source of a chain of maps. */
  chainSource(frame: Frame | null, monitor: Monitor): SideChain {
    return new SideChain(this, frame, monitor);
  }

  /** Rows of the pane of an epoch that was read. */
  rowsOf(epoch: number): Int32Array {
    const rows = this.#rows.get(epoch);
    if (rows === undefined) throw new RangeError(`The vectors of epoch ${epoch} were not read`);
    return rows;
  }

  /** Rows of two epochs that were read. */
  joinEpochs(reference: number, epoch: number): Join {
    return packedJoin(this.rowsOf(reference), this.rowsOf(epoch), null);
  }
}

/** A chain of one side. */
export class SideChain implements ChainSource {
  readonly frame: ChainReference | null;
  /** Axes of the layout made last. */
  #axes: readonly string[] = [];

  constructor(
    private readonly side: StudySide,
    private readonly frameWithKey: Frame | null,
    private readonly monitor: Monitor,
  ) {
    this.frame = frameWithKey?.reference ?? null;
  }

  async open(epoch: number): Promise<UnplacedMap> {
    const { request } = this.side.options;
    const method = methodOf(request);
    const input = await this.side.input(epoch);
    const graph = await this.side.graph(epoch, this.monitor);
    const layOut = (hints: LayoutHints, monitor: Monitor): Positions => {
      const { positions, axes } = method.layOut(input, graph, hints, monitor);
      // Axes of a map that is laid over another are no longer those of its method.
      this.#axes = hints.start === null ? axes : [];
      return positions;
    };
    return { graph, classes: input.classes, takesAnchors: method.takesAnchors, layOut };
  }

  joinEpochs(reference: number, epoch: number): Join {
    return this.side.joinEpochs(reference, epoch);
  }

  /** The map of a link in memory or the cache, made over the same reference. */
  async kept(link: ChainLink): Promise<EpochMap | undefined> {
    const { cache, request } = this.side.options;
    const key = await this.keyOf(link);
    const known = this.side.maps.get(link.epoch);
    if (known?.key === key) return known;
    const { rows, vectors } = await this.side.vectors(link.epoch);
    const found = await findMap(cache, key, { count: vectors.count, dimensions: request.dimensions });
    if (found === undefined) return undefined;
    const map: EpochMap = { ...found, rows, key };
    this.side.maps.set(link.epoch, map);
    return map;
  }

  async recall(link: ChainLink, reference: PlacedMap | null): Promise<ChainMap | null> {
    const kept = await this.kept(link);
    if (kept === undefined) return null;
    const { positions, alignment, rows } = kept;
    const graph = await this.side.graph(link.epoch, this.monitor);
    const map = { graph, classes: packedClasses(this.side.pane.classes, rows), positions };
    return { epoch: link.epoch, map, alignment, change: this.#change(link, reference, graph) };
  }

  /** Takes a map that the chain has made or recalled. */
  async take(link: ChainLink, { map, alignment }: ChainMap): Promise<EpochMap> {
    const kept = await this.kept(link);
    if (kept !== undefined) return kept;
    const axes = alignment === null ? this.#axes : [];
    return this.keep(link, { positions: map.positions, alignment, axes });
  }

  /** Keeps a map under the link that it was made for. */
  async keep(link: ChainLink, map: KeptMap): Promise<EpochMap> {
    const key = await this.keyOf(link);
    const made: EpochMap = { ...map, rows: this.side.rowsOf(link.epoch), key };
    this.side.maps.set(link.epoch, made);
    await keepMap(this.side.options.cache, key, map);
    return made;
  }

  async keyOf({ epoch, reference }: ChainLink): Promise<string> {
    const { request } = this.side.options;
    const { hash, rows } = await this.side.vectors(epoch);
    const { method, dimensions, metric, neighbours, seed, axes } = request;
    const classes = packedClasses(this.side.pane.classes, rows);
    const ids = method === 'axes' ? Array.from(rows, (row) => this.side.pane.ids[row] ?? '') : [];
    const labels = hashOf([...(classes?.categories ?? []), classes?.codes ?? '', ...ids]);
    const over = await this.#referenceName(epoch, reference);
    return keyOf('map', hash, { method, dimensions, metric, neighbours, seed, axes }, labels, over);
  }

  /** What decides where the reference draws the map: its own key, and whose row is whose. */
  async #referenceName(epoch: number, reference: number | null): Promise<readonly string[] | null> {
    if (reference === null) {
      if (this.frameWithKey === null) return null;
      return [this.frameWithKey.key, hashOf([this.frameWithKey.reference.join.rightOf])];
    }
    await this.side.vectors(reference);
    const join = this.joinEpochs(reference, epoch);
    return [this.side.maps.get(reference)?.key ?? '', hashOf([join.rightOf])];
  }

  #change(link: ChainLink, reference: PlacedMap | null, graph: NeighbourGraph): ChainMap['change'] {
    if (reference === null) return null;
    const join =
      link.reference === null ? this.frame?.join : this.side.joinEpochs(link.reference, link.epoch);
    return join === undefined
      ? null
      : neighbourChange(reference.graph, graph, { join, k: CHANGE_NEIGHBOURS });
  }
}
