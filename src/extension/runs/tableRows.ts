/**
 * The rows of the runs table: the records of the store, with their seed groups and with what the reader of numbers
 * knows of their tags. A row is made anew only when its record or its tags have changed.
 */
import type { RunRecord } from '../../domain/run/record';
import { seedGroupKey } from '../../domain/run/seedGroup';
import type { RunRow, TagFigures } from '../../domain/runsTable/row';
import type { RunNumbers } from '../../runs/numbers/numbers';
import type { Disposable } from '../disposable';
import { Emitter } from '../disposable';
import type { TableSource } from '../page/tableSession';
import type { RunStore } from './runStore';

type Tags = RunRow['tags'];

const NO_TAGS: Tags = {};

interface Made {
  readonly record: RunRecord;
  readonly row: RunRow;
}

/** Follows the store until disposed. */
export class TableRows implements TableSource, Disposable {
  readonly #changed = new Emitter<undefined>();
  readonly #store: RunStore;
  readonly #subscription: Disposable;
  /** What was last told of each run: the same object again is no news. */
  readonly #numbers = new Map<string, RunNumbers>();
  readonly #tags = new Map<string, Tags>();
  #made = new Map<string, Made>();

  constructor(store: RunStore) {
    this.#store = store;
    this.#subscription = store.onDidChange(() => this.#changed.fire(undefined));
  }

  readonly onDidChange = (listener: () => void): Disposable => this.#changed.event(listener);

  get rows(): readonly RunRow[] | undefined {
    if (!this.#store.isLoaded) return undefined;
    const before = this.#made;
    this.#made = new Map(
      this.#store.records.map((record) => {
        const { folder } = record.summary;
        return [folder, this.#make(record, before.get(folder))];
      }),
    );
    return [...this.#made.values()].map(({ row }) => row);
  }

  /** Takes what the reader of numbers tells of some runs (Numbers.onRuns). */
  setNumbers(runs: readonly RunNumbers[]): void {
    const news = runs.filter((numbers) => this.#numbers.get(numbers.run) !== numbers);
    for (const numbers of news) {
      this.#numbers.set(numbers.run, numbers);
      this.#tags.set(numbers.run, Object.fromEntries(numbers.tags.map(figuresOf)));
    }
    if (news.length > 0) this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #make(record: RunRecord, before: Made | undefined): Made {
    const tags = this.#tags.get(record.summary.folder) ?? NO_TAGS;
    if (before?.record === record && before.row.tags === tags) return before;
    const seedGroup = before?.record === record ? before.row.seedGroup : seedGroupKey(record);
    return { record, row: { ...record, tags, seedGroup } };
  }
}

function figuresOf({ tag, last, min, max }: RunNumbers['tags'][number]): [string, TagFigures] {
  return [tag, { last, min, max }];
}
