/**
 * What the host has to be asked, as it follows from what is shown: a map that is not here, all epochs once they are
 * played, and columns and figures of maps that have come. All epochs of one request lie in one frame, that of the epoch
 * which the request names: of a finished run the best one, from which the others follow outward; of a live run the first.
 */
import type { ProjectorPageMessage } from '../../../src/protocol/pages/projector';
import type { ProjectorModel, Sides } from './model';
import { asked, paneOf } from './model';
import type { ProjectorView } from './view';
import { areMapsHere, referenceEpochs, shownEpochs } from './view';

/** The questions of one page. */
export class Requests {
  /** Epochs that were asked for last, whether all others were, and how many there were then. */
  #asked = '';
  #isChain = false;
  #epochs = 0;
  readonly #described = new Set<string>();

  constructor(private readonly post: (message: ProjectorPageMessage) => void) {}

  /** Asks for the maps of the epochs shown; gives the model with the number of the request. */
  ask(model: ProjectorModel, view: ProjectorView): ProjectorModel {
    const request = model.request + 1;
    this.#isChain ||= view.playback.isPlaying;
    const epochs = this.#isChain ? referenceEpochs(model, view) : shownEpochs(model, view);
    this.#asked = keyOf(epochs);
    this.#epochs = view.playback.epochs.length;
    this.#described.clear();
    this.post({ type: 'show', request, map: model.map, epochs, isChain: this.#isChain });
    return asked(model, request, model.map);
  }

  /** Nothing comes any more of what was asked. */
  cancelled(): void {
    this.#isChain = false;
  }

  /** Asks for what the state needs and has not. */
  follow(model: ProjectorModel, view: ProjectorView): ProjectorModel {
    if (model.phase !== 'opened' || view.playback.epochs.length === 0) return model;
    if (this.#isWanting(model, view)) return this.ask(model, view);
    this.#describe(model, shownEpochs(model, view));
    return model;
  }

  /** Of a chain that was asked for everything comes by itself but what was not there then. */
  #isWanting(model: ProjectorModel, view: ProjectorView): boolean {
    if (view.playback.isPlaying && !this.#isChain) return true;
    const epochs = shownEpochs(model, view);
    if (areMapsHere(model, epochs)) return false;
    return this.#isChain ? view.playback.epochs.length > this.#epochs : keyOf(epochs) !== this.#asked;
  }

  #describe(model: ProjectorModel, { left, right }: Sides<number>): void {
    const places = [{ pane: 'left' as const, epoch: left }];
    const all = right === null ? places : [...places, { pane: 'right' as const, epoch: right }];
    const isFinal = all.every(({ pane, epoch }) => paneOf(model, pane)?.maps.get(epoch)?.isFinal ?? false);
    const key = keyOf({ left, right });
    if (model.answered !== model.request || !isFinal || this.#described.has(key)) return;
    this.#described.add(key);
    this.post({ type: 'describe', request: model.request, epochs: all });
  }
}

function keyOf({ left, right }: Sides<number>): string {
  return `${left}/${right ?? ''}`;
}
