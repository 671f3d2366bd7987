/**
 * Which samples are selected, told to all pages that show them: a selection on one map, or a cell of a confusion matrix,
 * is seen on the others. Whoever tells is not told.
 */
import type { Disposable } from './disposable';
import { Emitter } from './disposable';

/** Samples by their lasting ids, or by the class that they have and the one that they were taken for. */
export type SelectedSamples =
  { readonly ids: readonly string[] } | { readonly trueClass: string; readonly answer: string };

interface Told {
  readonly from: object;
  readonly samples: SelectedSamples;
}

/** One for a window. */
export class SelectionBus {
  readonly #told = new Emitter<Told>();

  /** Tells everybody but `from`. */
  tell(from: object, samples: SelectedSamples): void {
    this.#told.fire({ from, samples });
  }

  /** Listens to all but what `own` tells. */
  listen(own: object, listener: (samples: SelectedSamples) => void): Disposable {
    return this.#told.event(({ from, samples }) => {
      if (from !== own) listener(samples);
    });
  }
}
