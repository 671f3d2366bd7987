/** Where the lines and records of one file go: into the series of its run, under names that no other file takes. */
import type { GrowingSeries } from '../../../domain/series/growingSeries';
import type { EventSink, Parameters } from '../../../formats/events/sink';
import type { RunStore } from './runStore';

/** Which file of which kind first used a tag; a file of another kind is told apart by its name. */
export type TagOwners = Map<string, string>;

export interface LogSinkOptions {
  readonly store: RunStore;
  readonly owners: TagOwners;
  /** Written before every tag: the child folder with a slash, or nothing. */
  readonly prefix: string;
  readonly kind: string;
  /** For tags that a file of another kind has, with a slash. */
  readonly fileName: string;
}

/** The sink of one file. */
export class LogSink implements EventSink {
  private readonly known = new Map<string, GrowingSeries>();
  private generation = -1;

  constructor(private readonly options: LogSinkOptions) {}

  scalar(tag: string, step: number, wallTime: number, value: number): void {
    const { store } = this.options;
    if (this.generation !== store.generation) this.forget();
    let series = this.known.get(tag);
    if (series === undefined) {
      series = store.seriesOf(this.nameOf(tag));
      this.known.set(tag, series);
    }
    series.push(step, wallTime, value);
    if (wallTime < store.firstWallTime) store.firstWallTime = wallTime;
    store.version++;
  }

  /** Restarts what the same folder has recorded; its neighbours are other writers. */
  sessionStart(step: number): void {
    const { store, prefix } = this.options;
    for (const tag of store.tags.filter((each) => isIn(each, prefix)))
      store.seriesOf(tag).supersedeFrom(step);
    store.version++;
  }

  parameters(values: Parameters): void {
    const { store } = this.options;
    store.parameters = { ...store.parameters, ...values };
    store.version++;
  }

  private nameOf(tag: string): string {
    const { owners, kind, prefix, fileName } = this.options;
    const name = `${prefix}${tag}`;
    const owner = owners.get(name) ?? kind;
    owners.set(name, owner);
    return owner === kind ? name : `${prefix}${fileName}/${tag}`;
  }

  private forget(): void {
    this.known.clear();
    this.generation = this.options.store.generation;
  }
}

function isIn(tag: string, prefix: string): boolean {
  return tag.startsWith(prefix);
}
