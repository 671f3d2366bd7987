/**
 * One reader of numbers for all pages of a window, started when the first page needs it. Each page leases a view of it
 * with sources of its own; the reader follows the union.
 */
import type { Numbers, NumbersSource } from '../../runs/numbers/numbers';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';

/** Hands out leases; owns the reader. */
export class SharedNumbers implements Disposable {
  readonly #create: () => Numbers;
  readonly #sources = new Map<object, readonly NumbersSource[]>();
  #numbers: Numbers | undefined;

  constructor(create: () => Numbers) {
    this.#create = create;
  }

  /** A view whose sources are followed until it is disposed. */
  lease(): Numbers {
    const numbers = (this.#numbers ??= this.#create());
    const key = {};
    const owned = new DisposableStore();
    return {
      setSources: (sources) => this.#setSources(key, sources),
      ask: (query) => numbers.ask(query),
      watch: (query, deliver) => owned.add(numbers.watch(query, deliver)),
      onRuns: (listener) => owned.add(numbers.onRuns(listener)),
      onProgress: (listener) => owned.add(numbers.onProgress(listener)),
      dispose: () => {
        owned.dispose();
        this.#setSources(key, []);
      },
    };
  }

  dispose(): void {
    this.#numbers?.dispose();
  }

  #setSources(key: object, sources: readonly NumbersSource[]): void {
    this.#sources.set(key, sources);
    if (sources.length === 0) this.#sources.delete(key);
    const byRun = new Map<string, NumbersSource>();
    for (const source of [...this.#sources.values()].flat()) {
      byRun.set(source.run, together(source, byRun.get(source.run)));
    }
    this.#numbers?.setSources([...byRun.values()]);
  }
}

/** A run that two pages show: what only one of them knows of it holds for both. */
function together(source: NumbersSource, other: NumbersSource | undefined): NumbersSource {
  if (other === undefined) return source;
  return {
    ...source,
    live: source.live || other.live,
    viewsPerStep: source.viewsPerStep ?? other.viewsPerStep,
  };
}
