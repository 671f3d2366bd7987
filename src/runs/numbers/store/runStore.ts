/**
 * The series of one run in memory, or at hand in its cache: a series that nobody asks for stays on the disk as columns
 * and is loaded when it is asked for or grows.
 */
import { TAG } from '../../../domain/metrics/tags';
import { answerableBy, type LineSource } from '../../../domain/series/answer';
import { GrowingSeries, type SeriesColumns } from '../../../domain/series/growingSeries';
import { SeriesOrders } from '../../../domain/series/ordered';
import type { LineStatistics } from '../../../domain/series/query';
import type { Parameters } from '../../../formats/events/sink';
import type { TagSummary } from '../numbers';

/** A series on the disk. */
export interface ColdSeries {
  readonly statistics: LineStatistics;
  load(): SeriesColumns;
}

/** Tags under which loggers record the epoch, ours first. */
const EPOCH_TAGS = [TAG.epoch, 'epoch'];
const BYTES_PER_POINT = 3 * Float64Array.BYTES_PER_ELEMENT;

/** All that was read of one run. */
export class RunStore {
  parameters: Parameters = {};
  /** Seconds since 1970 of the first point; infinite before there is one that tells. */
  firstWallTime = Infinity;
  /** Goes up with every change, so that what was computed before can be told from what would be now. */
  version = 0;
  /** Goes up when series are other objects than before. */
  generation = 0;
  private readonly warm = new Map<string, SeriesOrders>();
  private readonly cold = new Map<string, ColdSeries>();

  /** The series of a tag, made if there is none. */
  seriesOf(tag: string): GrowingSeries {
    const orders = this.ordersOf(tag) ?? this.warmUp(tag, new GrowingSeries());
    return orders.series;
  }

  /** Adds a point behind those of its tag. */
  add(tag: string, step: number, wallTime: number, value: number): void {
    this.seriesOf(tag).push(step, wallTime, value);
    this.version++;
  }

  /** Takes series that somebody else has read; the columns become its own. */
  adopt(series: readonly (readonly [tag: string, columns: SeriesColumns])[]): void {
    for (const [tag, columns] of series) this.warmUp(tag, new GrowingSeries(columns));
    this.version++;
  }

  /** Adds hyper-parameters; a later word on the same one holds. */
  addParameters(values: Parameters): void {
    this.parameters = { ...this.parameters, ...values };
    this.version++;
  }

  has(tag: string): boolean {
    return this.warm.has(tag) || this.cold.has(tag);
  }

  get tags(): string[] {
    return [...this.warm.keys(), ...this.cold.keys()];
  }

  /** Bytes that could be given back by `coolDown`. */
  get warmBytes(): number {
    return [...this.warm.values()].reduce((sum, { series }) => sum + series.length * BYTES_PER_POINT, 0);
  }

  /** A tag as a chart draws it; undefined if the run has none of it. */
  lineSource(tag: string, viewsPerStep: number | null): LineSource | undefined {
    const orders = this.ordersOf(tag);
    if (orders === undefined) return undefined;
    const epochTag = EPOCH_TAGS.find((each) => this.has(each));
    const epochs = epochTag === undefined ? undefined : this.ordersOf(epochTag);
    return answerableBy(orders, { epochs, firstWallTime: this.firstWallTime, viewsPerStep });
  }

  summaries(): TagSummary[] {
    const ofWarm = [...this.warm].map(([tag, { series }]) => ({
      ...{ tag, ...series.statistics() },
      ...(series.stepsBack === 0 ? {} : { stepsBack: series.stepsBack }),
    }));
    const ofCold = [...this.cold].map(([tag, { statistics }]) => ({ tag, ...statistics }));
    return [...ofWarm, ...ofCold].sort((a, b) => (a.tag < b.tag ? -1 : 1));
  }

  /** Forgets the points of all tags. */
  clear(): void {
    this.warm.clear();
    this.cold.clear();
    this.parameters = {};
    this.firstWallTime = Infinity;
    this.generation++;
    this.version++;
  }

  /** Gives back unused room, and holds equal steps and wall times of tags once. */
  trim(): void {
    const byLength = new Map<number, GrowingSeries>();
    for (const { series } of this.warm.values()) {
      series.trim(byLength.get(series.length));
      byLength.set(series.length, series);
    }
  }

  /** Puts series on the disk in the place of those in memory; they must hold the same points. */
  coolDown(series: ReadonlyMap<string, ColdSeries>): void {
    for (const [tag, cold] of series) {
      this.warm.delete(tag);
      this.cold.set(tag, cold);
    }
    this.generation++;
  }

  private ordersOf(tag: string): SeriesOrders | undefined {
    const cold = this.cold.get(tag);
    return cold === undefined ? this.warm.get(tag) : this.warmUp(tag, new GrowingSeries(cold.load()));
  }

  private warmUp(tag: string, series: GrowingSeries): SeriesOrders {
    const orders = new SeriesOrders(series);
    this.cold.delete(tag);
    this.warm.set(tag, orders);
    return orders;
  }
}
