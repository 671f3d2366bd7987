/**
 * What the host has to be asked, as it follows from what is shown: a map that is not here, all other epochs once they
 * are played, and columns and figures of maps that have come. Each epoch is described once a request.
 */
import type { ProjectorPageMessage } from '../../../src/protocol/pages/projector';
import type { ProjectorModel, Sides } from './model';
import { asked } from './model';
import type { ProjectorView } from './view';
import { areMapsHere, shownEpochs } from './view';

/** The questions of one page. */
export class Requests {
  /** Epochs that were asked for last, and whether all others were. */
  #asked = '';
  #isChain = false;
  readonly #described = new Set<string>();

  constructor(private readonly post: (message: ProjectorPageMessage) => void) {}

  /** Asks for the maps of the epochs shown; gives the model with the number of the request. */
  ask(model: ProjectorModel, view: ProjectorView): ProjectorModel {
    const epochs = shownEpochs(model, view);
    const request = model.request + 1;
    this.#asked = keyOf(epochs);
    this.#isChain ||= view.playback.isPlaying;
    this.#described.clear();
    this.post({ type: 'show', request, map: model.map, epochs, isChain: this.#isChain });
    return asked(model, request, model.map);
  }

  /** Asks for what the state needs and has not. */
  follow(model: ProjectorModel, view: ProjectorView): ProjectorModel {
    if (model.phase !== 'opened' || view.playback.epochs.length === 0) return model;
    const epochs = shownEpochs(model, view);
    const isNew = keyOf(epochs) !== this.#asked && !areMapsHere(model, epochs);
    const needsChain = view.playback.isPlaying && !this.#isChain;
    if (isNew || needsChain) return this.ask(model, view);
    this.#describe(model, epochs);
    return model;
  }

  #describe(model: ProjectorModel, { left, right }: Sides<number>): void {
    const places = [{ pane: 'left' as const, epoch: left }];
    const all = right === null ? places : [...places, { pane: 'right' as const, epoch: right }];
    const isFinal = all.every(({ pane, epoch }) => model.panes?.[pane]?.maps.get(epoch)?.isFinal ?? false);
    const key = keyOf({ left, right });
    if (model.answered !== model.request || !isFinal || this.#described.has(key)) return;
    this.#described.add(key);
    this.post({ type: 'describe', request: model.request, epochs: all });
  }
}

function keyOf({ left, right }: Sides<number>): string {
  return `${left}/${right ?? ''}`;
}
