/** What is told of an epoch whose map is there: columns, what the map distorts, figures of its classes and of the pair. */
import type { Column } from '../../../domain/maps/columns';
import { COLUMN_NAME } from '../../../domain/maps/columns';
import type { Alignment, PairFigures } from '../../../domain/maps/figures';
import type { Vectors } from '../../../domain/maps/vectors';
import { linearCka } from '../../../projection/cka';
import { CHANGE_NEIGHBOURS } from '../../../projection/pairs/align';
import type { NeighbourChange } from '../../../projection/pairs/jaccard';
import { neighbourChange } from '../../../projection/pairs/jaccard';
import type { Join } from '../../../projection/pairs/join';
import { sharedRows, swapped } from '../../../projection/pairs/join';
import type { PairSide } from '../../../projection/pairs/pairFigures';
import { pairFigures } from '../../../projection/pairs/pairFigures';
import { mapQuality } from '../../../projection/quality';
import type { Monitor, NeighbourGraph } from '../../../projection/types';
import type { MapNews, MapQuestion, PlacedEpoch } from '../maps';
import { packedRows } from '../sources/paneVectors';
import type { DescribedEpoch } from './classColumns';
import { clusterColumn, figuresOfClasses, voteColumns } from './classColumns';
import { packedClasses, packedJoin, spread } from './rows';
import type { EpochMap, StudySide } from './side';

/** Neighbours that the figures beside a map look at. */
const QUALITY_NEIGHBOURS = 15;
/** Rows that are sampled for them, and of large maps. */
const QUALITY_ROWS = 600;
const QUALITY_ROWS_OF_MANY = 300;
const MANY_ROWS = 20_000;

/** Of maps that are not laid over each other: distances between them mean nothing. */
const NOT_ALIGNED: Alignment = { residual: Number.NaN, anchoredShare: 0, pull: 0, isWeak: true };

export interface DescriptionOptions {
  readonly left: StudySide;
  readonly right: StudySide | null;
  /** Of the rows of the panes. */
  readonly join: Join | null;
  readonly question: MapQuestion;
  readonly tell: (news: MapNews) => void;
}

/** An epoch that another is compared with. */
interface Compared {
  readonly side: StudySide;
  readonly epoch: number;
}

/** Describes epochs of a study. */
export class Description {
  readonly #pairs = new Map<string, PairFigures>();

  constructor(private readonly options: DescriptionOptions) {}

  /** Tells all of one epoch that has a map. */
  async epoch({ pane, epoch }: PlacedEpoch, monitor: Monitor): Promise<void> {
    const side = this.options[pane];
    const map = side?.maps.get(epoch);
    if (side === null || map === undefined) return;
    const { tell } = this.options;
    const described = await read(side, epoch, monitor);
    tell({ type: 'quality', pane, epoch, quality: qualityOf(described, map, monitor) });
    const before = await this.#before(described, epoch, monitor);
    tell({ type: 'classes', pane, epoch, classes: figuresOfClasses(described, before) });
    tell({ type: 'columns', pane, epoch, columns: await this.#columns(described, epoch, monitor) });
    const epochs = this.#pairOf({ side, epoch });
    if (epochs !== null) await this.pair(epochs, monitor);
  }

  /** Tells the figures of two maps that are there. */
  async pair(epochs: { readonly left: number; readonly right: number }, monitor: Monitor): Promise<void> {
    const { right, tell } = this.options;
    if (right === null) return;
    const name = `${epochs.left}/${epochs.right}`;
    const figures = this.#pairs.get(name) ?? (await this.#figuresOf(epochs, right, monitor));
    this.#pairs.set(name, figures);
    tell({ type: 'pair', epochs, figures });
  }

  async #figuresOf(
    epochs: { readonly left: number; readonly right: number },
    right: StudySide,
    monitor: Monitor,
  ): Promise<PairFigures> {
    const { left, join: panes } = this.options;
    const own = await read(left, epochs.left, monitor);
    const other = await read(right, epochs.right, monitor);
    const join = packedJoin(own.vectors.rows, other.vectors.rows, panes);
    return pairFigures({
      left: pairSideOf(own),
      right: pairSideOf(other),
      join,
      change: changeOf(own.graph, other.graph, join),
      cka: ckaOf(own.vectors.vectors, other.vectors.vectors, join, monitor),
      alignment: right.maps.get(epochs.right)?.alignment ?? NOT_ALIGNED,
    });
  }

  /** The maps that are seen together with this one, if both are there. */
  #pairOf({ side, epoch }: Compared): { readonly left: number; readonly right: number } | null {
    const other = this.#compared(side, epoch);
    if (other === null || other.side === side || !other.side.maps.has(other.epoch)) return null;
    return side === this.options.left
      ? { left: epoch, right: other.epoch }
      : { left: other.epoch, right: epoch };
  }

  async #columns(described: DescribedEpoch, epoch: number, monitor: Monitor): Promise<Column[]> {
    const { side } = described;
    const recorded = await side.pane.epochColumns(side.options.request.table, epoch);
    const isPredicted = recorded.some(({ name }) => name === COLUMN_NAME.prediction);
    return [
      ...recorded,
      ...(isPredicted ? [] : voteColumns(described)),
      clusterColumn(described, monitor),
      ...(await this.#change(described, epoch, monitor)),
    ];
  }

  /** The share of neighbours that changed: from the other side's, or else since the epoch before. */
  async #change(
    { side, vectors, graph }: DescribedEpoch,
    epoch: number,
    monitor: Monitor,
  ): Promise<Column[]> {
    const other = this.#compared(side, epoch);
    if (other === null) return [];
    const theirs = await read(other.side, other.epoch, monitor);
    const join = this.#join(side, vectors.rows, { ...other, rows: theirs.vectors.rows });
    const { values } = changeOf(graph, theirs.graph, join);
    const changed = values.map((index) => 1 - index);
    const spreadOut = spread(changed, vectors.rows, side.pane.ids.length);
    return [{ kind: 'number', name: COLUMN_NAME.neighbourChange, values: spreadOut }];
  }

  /** The epoch of the same number on the other side, or the one that is shown there; of one run the epoch before. */
  #compared(side: StudySide, epoch: number): Compared | null {
    const other = side === this.options.left ? this.options.right : this.options.left;
    if (other === null) {
      const before = epochBefore(side, epoch);
      return before === undefined ? null : { side, epoch: before };
    }
    const shown = this.options.question.epochs[other.name];
    if (other.maps.has(epoch)) return { side: other, epoch };
    return shown === null ? null : { side: other, epoch: shown };
  }

  #join(side: StudySide, rows: Int32Array, other: { side: StudySide; rows: Int32Array }): Join {
    const { join } = this.options;
    if (side === other.side) return packedJoin(rows, other.rows, null);
    return packedJoin(rows, other.rows, side === this.options.left || join === null ? join : swapped(join));
  }

  /** The graph of the epoch before, of the same rows. */
  async #before(
    { side, vectors }: DescribedEpoch,
    epoch: number,
    monitor: Monitor,
  ): Promise<NeighbourGraph | null> {
    const before = epochBefore(side, epoch);
    if (before === undefined) return null;
    const { rows } = await side.vectors(before);
    const isSame = rows.length === vectors.rows.length && rows.every((row, n) => row === vectors.rows[n]);
    return isSame ? side.graph(before, monitor) : null;
  }
}

async function read(side: StudySide, epoch: number, monitor: Monitor): Promise<DescribedEpoch> {
  return { side, vectors: await side.vectors(epoch), graph: await side.graph(epoch, monitor) };
}

function pairSideOf(described: DescribedEpoch): PairSide {
  const { side, vectors } = described;
  return {
    classes: packedClasses(side.pane.classes, vectors.rows),
    figures: figuresOfClasses(described, null),
  };
}

function epochBefore(side: StudySide, epoch: number): number | undefined {
  return side.epochs[side.epochs.indexOf(epoch) - 1];
}

function changeOf(left: NeighbourGraph, right: NeighbourGraph, join: Join): NeighbourChange {
  return neighbourChange(left, right, { join, k: CHANGE_NEIGHBOURS });
}

function ckaOf(left: Vectors, right: Vectors, join: Join, monitor: Monitor): number {
  const rows = sharedRows(join);
  const partners = rows.map((row) => join.rightOf[row] ?? -1);
  return linearCka(packedRows(left, rows), packedRows(right, partners), monitor);
}

function qualityOf({ side, vectors }: DescribedEpoch, { rows, positions }: EpochMap, monitor: Monitor) {
  const { metric, seed } = side.options.request;
  const labels = packedClasses(side.pane.classes, rows)?.codes ?? null;
  const sampled = vectors.vectors.count > MANY_ROWS ? QUALITY_ROWS_OF_MANY : QUALITY_ROWS;
  const options = { k: QUALITY_NEIGHBOURS, rows: sampled, seed, metric, labels };
  return mapQuality(vectors.vectors, positions, options, monitor);
}
