/**
 * The rows of the runs table from the store and the runs' own files. Rows stand there at once and are filled a few
 * runs at a time; a configuration never changes and results are written once, so a run is read again only when its
 * state has moved on.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { changesTraining } from '../../domain/configuration/presets/departures';
import { isLive } from '../../domain/display/runLook';
import { RUN_FILE } from '../../domain/run/layout';
import { METRICS } from '../../domain/run/metrics';
import type { Results } from '../../domain/run/results';
import type { RunSummary } from '../../domain/run/state';
import type { RunRow, Setting } from '../../domain/runsTable/row';
import { flattenSettings } from '../../domain/runsTable/row';
import { readTextIfThere } from '../../runs/folder/runFiles';
import { parseJsonLine } from '../../runs/lines';
import type { Disposable } from '../disposable';
import { Emitter } from '../disposable';
import type { TableSource } from '../page/tableSession';
import type { RunStore } from './runStore';

/** Runs that are read at a time, so that a thousand of them leave room for others. */
const READ_AT_ONCE = 32;

type Details = Omit<RunRow, 'summary'>;

const NO_DETAILS: Details = { settings: {}, figures: {}, tags: {}, seedGroup: null };

interface Known {
  readonly row: RunRow;
  /** The state in which the files were read; undefined before that. */
  readonly readIn: string | undefined;
}

/** Follows the store until disposed. */
export class TableRows implements TableSource, Disposable {
  readonly #changed = new Emitter<void>();
  readonly #store: RunStore;
  readonly #subscription: Disposable;
  #known = new Map<string, Known>();
  #isReading = false;

  constructor(store: RunStore) {
    this.#store = store;
    this.#subscription = store.onDidChange(() => this.#follow());
    this.#follow();
  }

  readonly onDidChange = (listener: () => void): Disposable => this.#changed.event(listener);

  get rows(): readonly RunRow[] | undefined {
    return this.#store.isLoaded ? [...this.#known.values()].map(({ row }) => row) : undefined;
  }

  dispose(): void {
    this.#known.clear();
    this.#subscription.dispose();
  }

  #follow(): void {
    const before = this.#known;
    this.#known = new Map(
      this.#store.runs.map((summary) => [summary.folder, withSummary(before.get(summary.folder), summary)]),
    );
    this.#changed.fire();
    void this.#read();
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    for (let batch = this.#unread(); batch.length > 0; batch = this.#unread()) {
      const details = await Promise.all(batch.map(({ summary }) => readDetails(summary.folder)));
      batch.forEach(({ summary }, i) => this.#fill(summary, details[i] ?? NO_DETAILS));
      this.#changed.fire();
    }
    this.#isReading = false;
  }

  #unread(): readonly RunRow[] {
    return [...this.#known.values()]
      .filter(({ row, readIn }) => readIn !== phaseOf(row.summary))
      .slice(0, READ_AT_ONCE)
      .map(({ row }) => row);
  }

  /** The run may have moved on, or gone, while its files were read. */
  #fill(read: RunSummary, details: Details): void {
    const known = this.#known.get(read.folder);
    if (!known) return;
    const { summary } = known.row;
    this.#known.set(read.folder, { row: { summary, ...details }, readIn: phaseOf(read) });
  }
}

/** The same row if the run reads the same. */
function withSummary(known: Known | undefined, summary: RunSummary): Known {
  if (!known) return { row: { summary, ...NO_DETAILS }, readIn: undefined };
  const isSame = JSON.stringify(known.row.summary) === JSON.stringify(summary);
  return isSame ? known : { ...known, row: { ...known.row, summary } };
}

/** The files are read once while a run lives, and once after each of its ends. */
function phaseOf(run: RunSummary): string {
  return isLive(run) ? 'live' : `${run.state} ${run.endedAt ?? ''}`;
}

/** Never throws: a run whose files are damaged is a row without details. */
async function readDetails(folder: string): Promise<Details> {
  const read = async (name: string) => parseJsonLine((await readTextIfThere(join(folder, name))) ?? '');
  const [config, results] = await Promise.all(
    [RUN_FILE.config, RUN_FILE.results].map((name) => read(name).catch(() => undefined)),
  );
  const settings = flattenSettings(config);
  return { settings, figures: figuresOf(results), tags: {}, seedGroup: seedGroupOf(settings) };
}

function figuresOf(results: unknown): Record<string, number> {
  if (typeof results !== 'object' || results === null) return {};
  const figures = METRICS.map(({ name, of }) => [name, of(results as Results)] as const);
  return Object.fromEntries(
    figures.filter((pair): pair is [(typeof pair)[0], number] => typeof pair[1] === 'number'),
  );
}

/** A short name for everything that a run trains with but its seed. */
function seedGroupOf(settings: Readonly<Record<string, Setting>>): string | null {
  if (settings['seed'] === undefined) return null;
  const relevant = Object.entries(settings).filter(([key]) => changesTraining(key));
  return createHash('sha256')
    .update(JSON.stringify(relevant.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url');
}
