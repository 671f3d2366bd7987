/**
 * One reader of numbers for all pages of a window. Each page leases a view of it with sources of its own; the reader
 * follows the union, and a page that comes later is told at once what the others know.
 */
import type { NumbersSource, Numbers, ReadingProgress, RunNumbers } from '../../runs/numbers/numbers';
import type { Disposable } from '../disposable';
import { DisposableStore, Emitter } from '../disposable';

/** Hands out leases; owns the reader. */
export class SharedNumbers implements Disposable {
  readonly #numbers: Numbers;
  readonly #sources = new Map<object, readonly NumbersSource[]>();
  readonly #known = new Map<string, RunNumbers>();
  readonly #runs = new Emitter<readonly RunNumbers[]>();
  readonly #progress = new Emitter<ReadingProgress>();
  readonly #owned = new DisposableStore();

  constructor(numbers: Numbers) {
    this.#numbers = this.#owned.add(numbers);
    this.#owned.add(
      numbers.onRuns((runs) => {
        for (const run of runs) this.#known.set(run.run, run);
        this.#runs.fire(runs);
      }),
    );
    this.#owned.add(numbers.onProgress((progress) => this.#progress.fire(progress)));
  }

  /** A view whose sources are followed until it is disposed. */
  lease(): Numbers {
    const key = {};
    const owned = new DisposableStore();
    return {
      setSources: (sources) => this.#setSources(key, sources),
      ask: (query) => this.#numbers.ask(query),
      watch: (query, deliver) => owned.add(this.#numbers.watch(query, deliver)),
      onRuns: (listener) => {
        const known = [...this.#known.values()];
        if (known.length > 0) listener(known);
        return owned.add(this.#runs.event(listener));
      },
      onProgress: (listener) => owned.add(this.#progress.event(listener)),
      dispose: () => {
        owned.dispose();
        this.#setSources(key, []);
      },
    };
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #setSources(key: object, sources: readonly NumbersSource[]): void {
    if (sources.length === 0) this.#sources.delete(key);
    else this.#sources.set(key, sources);
    const byRun = new Map([...this.#sources.values()].flat().map((source) => [source.run, source]));
    for (const run of this.#known.keys()) if (!byRun.has(run)) this.#known.delete(run);
    this.#numbers.setSources([...byRun.values()]);
  }
}
