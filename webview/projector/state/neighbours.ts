/** Lists of neighbours that the host has answered, so that pointing at a sample again asks nothing. */
import type { Metric } from '../../../src/domain/maps/request';
import type { ProjectorHostMessage } from '../../../src/protocol/pages/projector';
import type { Place } from './partners';

/** The nearest others of a sample in full dimension, nearest first. */
export interface NeighbourList {
  readonly metric: Metric;
  /** So many were asked for; a source may have fewer. */
  readonly k: number;
  readonly rows: Int32Array;
  /** Cosine similarities or Euclidean distances. */
  readonly values: Float32Array;
}

/** Of which sample, at which epoch, by which metric. */
export interface NeighbourKey extends Place {
  readonly epoch: number;
  readonly metric: Metric;
}

const MOST_LISTS = 500;

/** The lists that came last. */
export class NeighbourLists {
  readonly #lists = new Map<string, NeighbourList>();
  /** Largest k that was asked for, by key, so that nothing is asked twice. */
  readonly #asked = new Map<string, number>();

  /** The list, cut to k; undefined if it is not here. */
  get(key: NeighbourKey, k: number): NeighbourList | undefined {
    const list = this.#lists.get(textOf(key));
    return list && { ...list, rows: list.rows.subarray(0, k), values: list.values.subarray(0, k) };
  }

  /** True if the list has to be asked for; from then on it counts as asked. */
  needs(key: NeighbourKey, k: number): boolean {
    const text = textOf(key);
    if ((this.#asked.get(text) ?? 0) >= k) return false;
    this.#asked.set(text, k);
    return true;
  }

  add(message: Extract<ProjectorHostMessage, { readonly type: 'neighbours' }>): void {
    this.#lists.set(textOf(message), message);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size <= MOST_LISTS || oldest === undefined) return;
    this.#lists.delete(oldest);
    this.#asked.delete(oldest);
  }

  clear(): void {
    this.#lists.clear();
    this.#asked.clear();
  }
}

function textOf({ pane, epoch, row, metric }: NeighbourKey): string {
  return `${pane}/${epoch}/${row}/${metric}`;
}
