/**
 * All runs of this window, the one that the side bar shows, and what changed. The files own the truth; the
 * store remembers the last reading and tells the views.
 */
import { isLive } from '../../domain/display/runLook';
import type { RunSummary } from '../../domain/run/state';
import type { Disposable } from '../disposable';
import { DisposableStore, Emitter } from '../disposable';
import type { ForeignPlace, RunBackend } from './backend';

/** The runs of this window. */
export class RunStore implements Disposable {
  readonly #changed = new Emitter<readonly RunSummary[]>();
  readonly #ended = new Emitter<RunSummary>();
  readonly #byFolder = new Map<string, readonly RunSummary[]>();
  readonly #backend: RunBackend;
  #watches = new DisposableStore();
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
    this.#byFolder.clear();
    const folders = new Set(runsFolders);
    const places = new Map(foreign.map((place) => [place.root, place]));
    this.#awaited = folders.size + places.size;
    for (const folder of folders) {
      this.#watches.add(this.#backend.watchRuns(folder, (runs) => this.#update(folder, runs)));
    }
    for (const [root, place] of places) {
      // A folder of both kinds has two keys.
      const key = `${root}\0foreign`;
      this.#watches.add(this.#backend.watchForeign(place, (runs) => this.#update(key, runs)));
    }
  }

  dispose(): void {
    this.#watches.dispose();
  }

  #update(folder: string, runs: readonly RunSummary[]): void {
    if (!this.#byFolder.has(folder)) this.#awaited--;
    const before = new Map(this.#runs.map((run) => [run.folder, run]));
    this.#byFolder.set(folder, runs);
    this.#runs = [...this.#byFolder.values()].flat().sort((a, b) => b.createdAt - a.createdAt);
    this.#changed.fire(this.#runs);
    for (const run of runs) {
      const old = before.get(run.folder);
      if (old && isLive(old) && run.state === 'ended' && run.kind !== 'foreign') this.#ended.fire(run);
    }
  }
}
