/**
 * All runs of this window, the one that the side bar shows, and what changed. The files own the truth; the
 * store remembers the last reading and tells the views.
 */
import { isLive } from '../../domain/display/runLook';
import type { RunRecord } from '../../domain/run/record';
import type { RunSummary } from '../../domain/run/state';
import type { Disposable } from '../disposable';
import { DisposableStore, Emitter } from '../disposable';
import type { ForeignPlace, RunBackend } from './backend';

/** The runs of this window. */
export class RunStore implements Disposable {
  readonly #changed = new Emitter<readonly RunSummary[]>();
  readonly #ended = new Emitter<RunSummary>();
  readonly #bySource = new Map<string, readonly RunRecord[]>();
  readonly #backend: RunBackend;
  #watches = new DisposableStore();
  #watched: ReadonlySet<string> = new Set();
  #records: readonly RunRecord[] = [];
  #runs: readonly RunSummary[] = [];
  #selected: string | undefined;
  #suggested: string | undefined;
  /** Folders not read yet; infinitely many before the first watch. */
  #awaited = Infinity;

  constructor(backend: RunBackend) {
    this.#backend = backend;
  }

  /** Fires with all runs after each change. */
  readonly onDidChange = this.#changed.event;

  /** Fires once for a run that this window saw alive and that has ended. */
  readonly onDidEnd = this.#ended.event;

  /** All runs with settings and figures, newest first. A run that has not changed is the same object as before. */
  get records(): readonly RunRecord[] {
    return this.#records;
  }

  /** All runs, newest first. */
  get runs(): readonly RunSummary[] {
    return this.#runs;
  }

  /** Whether every watched folder has been read. */
  get isLoaded(): boolean {
    return this.#awaited === 0;
  }

  /**
   * The run that the side bar shows: the selected one; else a live one, that of before a reload first, then
   * the newest that trains, then the newest that waits; else the newest of all.
   */
  get shown(): RunSummary | undefined {
    const live = this.#runs.filter(isLive);
    return (
      this.get(this.#selected) ??
      live.find((run) => run.folder === this.#suggested) ??
      live.find((run) => run.state !== 'queued') ??
      live[0] ??
      this.#runs[0]
    );
  }

  /** The run in a folder. */
  get(folder: string | undefined): RunSummary | undefined {
    return this.#runs.find((run) => run.folder === folder);
  }

  /** Shows this run in the side bar from now on. It need not be known yet. */
  select(folder: string): void {
    if (folder === this.#selected) return;
    this.#selected = folder;
    this.#changed.fire(this.#runs);
  }

  /** Names the run that the side bar showed before a reload; it is shown again if it still lives. */
  suggest(folder: string): void {
    this.#suggested = folder;
  }

  /** Watches these runs folders, and these folders with runs of others, instead of the present ones. */
  watch(runsFolders: readonly string[], foreign: readonly ForeignPlace[] = []): void {
    this.#watches.dispose();
    this.#watches = new DisposableStore();
    for (const source of this.#watched) this.#bySource.delete(source);
    const places = new Map(foreign.map((place) => [foreignSource(place), place]));
    const folders = new Set(runsFolders);
    this.#watched = new Set([...folders, ...places.keys()]);
    this.#awaited = this.#watched.size;
    for (const folder of folders) {
      this.#watches.add(this.#backend.watchRuns(folder, (records) => this.setSource(folder, records)));
    }
    for (const [source, place] of places) {
      const onRuns = (runs: readonly RunSummary[]) => this.setSource(source, runs.map(withoutFacts));
      this.#watches.add(this.#backend.watchForeign(place, onRuns));
    }
  }

  /**
   * Replaces the runs of one source: a runs folder that is watched, or anything else that knows runs and names itself
   * by a text that is no such folder.
   */
  setSource(source: string, records: readonly RunRecord[]): void {
    if (this.#watched.has(source) && !this.#bySource.has(source)) this.#awaited--;
    const before = new Map(this.#runs.map((run) => [run.folder, run]));
    this.#bySource.set(source, records);
    this.#records = [...this.#bySource.values()]
      .flat()
      .sort((a, b) => b.summary.createdAt - a.summary.createdAt);
    this.#runs = this.#records.map(({ summary }) => summary);
    this.#changed.fire(this.#runs);
    for (const { summary } of records) {
      const old = before.get(summary.folder);
      if (old && isLive(old) && summary.state === 'ended' && summary.kind !== 'foreign')
        this.#ended.fire(summary);
    }
  }

  dispose(): void {
    this.#watches.dispose();
  }
}

/** A folder may hold runs of ours and of others: its two sources have two names. */
function foreignSource({ root }: ForeignPlace): string {
  return `${root}\0foreign`;
}

/** Runs of others have no configuration and no final figures. */
function withoutFacts(summary: RunSummary): RunRecord {
  return { summary, settings: {}, figures: {} };
}
