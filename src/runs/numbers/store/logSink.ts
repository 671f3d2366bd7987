/** Where the lines and records of one file go: into the series of its run, under names that no other file takes. */
import type { GrowingSeries } from '../../../domain/series/growingSeries';
import type { EventSink, Parameters } from '../../../formats/events/sink';
import type { RunLog } from '../../logs/logPlace';
import { tagName, type TagOwners } from '../../logs/tagNames';
import type { RunStore } from './runStore';

export interface LogSinkOptions {
  readonly log: RunLog;
  readonly store: RunStore;
  readonly owners: TagOwners;
}

/** The sink of one file. */
export class LogSink implements EventSink {
  private readonly known = new Map<string, GrowingSeries>();
  private generation = -1;

  constructor(private readonly options: LogSinkOptions) {}

  scalar(tag: string, step: number, wallTime: number, value: number): void {
    const { store, log, owners } = this.options;
    if (this.generation !== store.generation) this.forget();
    let series = this.known.get(tag);
    if (series === undefined) {
      series = store.seriesOf(tagName(log, owners, tag));
      this.known.set(tag, series);
    }
    series.push(step, wallTime, value);
    if (wallTime < store.firstWallTime) store.firstWallTime = wallTime;
    store.version++;
  }

  /** Restarts what the same folder has recorded; its neighbours are other writers. */
  sessionStart(step: number): void {
    const { store, log } = this.options;
    for (const tag of store.tags.filter((each) => each.startsWith(log.prefix)))
      store.seriesOf(tag).supersedeFrom(step);
    store.version++;
  }

  parameters(values: Parameters): void {
    this.options.store.addParameters(values);
  }

  private forget(): void {
    this.known.clear();
    this.generation = this.options.store.generation;
  }
}
