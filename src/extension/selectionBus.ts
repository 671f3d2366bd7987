/**
 * Which samples are selected, told to all pages that show them: a selection on one map, a cell of a confusion matrix, or the
 * samples of a comparison, is seen on the others. Whoever tells is not told.
 */
import type { Disposable } from './disposable';

/** Samples by their lasting ids. */
export interface SelectedSamples {
  readonly ids: readonly string[];
  readonly asked?: AskedSelection;
}

/** That somebody asked to see them on a map of these run folders, and what is selected where it has none of them. */
export interface AskedSelection {
  readonly runs: readonly string[];
  readonly instead: InsteadOfIds;
}

/** A class with the one that it was taken for, or all whose answer differs between the two sides. */
export type InsteadOfIds = { readonly trueClass: string; readonly answer: string } | 'changed';

/** Returns whether it shows the runs that were asked about. */
type Listener = (samples: SelectedSamples) => boolean;

/** One for a window. */
export class SelectionBus {
  readonly #listeners = new Map<object, Listener>();

  /** Tells everybody but `from`; false where nobody shows the runs that were asked about. */
  tell(from: object, samples: SelectedSamples): boolean {
    const others = [...this.#listeners].filter(([own]) => own !== from);
    return others.map(([, listener]) => listener(samples)).some((isShown) => isShown);
  }

  /** Tells, and where nobody shows the runs opens a map of them and tells again. */
  async ask(from: object, samples: SelectedSamples, open: () => PromiseLike<unknown>): Promise<void> {
    if (this.tell(from, samples)) return;
    await open();
    this.tell(from, samples);
  }

  /** Listens to all but what `own` tells. */
  listen(own: object, listener: Listener): Disposable {
    this.#listeners.set(own, listener);
    return { dispose: () => this.#listeners.delete(own) };
  }
}
