/** Lifetimes: every subscription is a disposable, and a store disposes what it owns in reverse order. */

/** Something to be released. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns disposables; what is added after its end is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #owned: Disposable[] = [];
  #isDisposed = false;

  /** Takes ownership and returns the argument. */
  add<T extends Disposable>(disposable: T): T {
    if (this.#isDisposed) disposable.dispose();
    else this.#owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const disposable of this.#owned.splice(0).reverse()) disposable.dispose();
  }
}

/** Owns one disposable at a time; a new one replaces and disposes the old. */
export class MutableDisposable<T extends Disposable> implements Disposable {
  #current: T | undefined;

  get value(): T | undefined {
    return this.#current;
  }

  set value(next: T | undefined) {
    if (next === this.#current) return;
    this.#current?.dispose();
    this.#current = next;
  }

  dispose(): void {
    this.value = undefined;
  }
}

/** Calls listeners; vscode-free, so that what uses it can be tested without an editor. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Subscribes until disposed. */
  readonly event = (listener: (value: T) => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
