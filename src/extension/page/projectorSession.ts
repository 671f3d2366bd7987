/**
 * The conversation with one projector. The page says boot and is told what was opened; it then says what it wants to see,
 * and maps are told to it as they come. A page that was hidden boots again; what was computed meanwhile lies in the cache.
 * Knows nothing of the editor, and hands each message on to whoever it concerns.
 */
import * as l10n from '@vscode/l10n';
import type { ProjectorPageMessage, SavedSelection } from '../../protocol/pages/projector';
import { parseProjectorPageMessage } from '../../protocol/pages/projector';
import type { Disposable } from '../disposable';
import type { SelectedSamples } from '../selectionBus';
import type { LiveSides } from './projectorAnswers';
import { ProjectorAnswers } from './projectorAnswers';
import { ProjectorOut } from './projectorOut';
import type { Of, ProjectorPort } from './projectorPort';
import { openedMessage } from './projectorPort';
import { ProjectorQuestions } from './projectorQuestions';
import { ProjectorSources } from './projectorSources';
import { samplesOnMap } from './samplesOnMap';

type MessageType = ProjectorPageMessage['type'];

/** A projector and what it was told. */
export class ProjectorSession implements Disposable {
  readonly #port: ProjectorPort;
  readonly #out: ProjectorOut;
  readonly #sources: ProjectorSources;
  readonly #answers: ProjectorAnswers;
  readonly #questions: ProjectorQuestions;
  #isTrusted = false;
  /** Selected elsewhere, and not told yet: too little is known of the map, or the page is not there. */
  #awaited: SelectedSamples | undefined;

  constructor(port: ProjectorPort) {
    this.#port = port;
    const out = (this.#out = new ProjectorOut(port));
    const sources = (this.#sources = new ProjectorSources(port));
    this.#answers = new ProjectorAnswers({ sources, out, onDescribed: () => this.#selectAwaited() });
    this.#questions = new ProjectorQuestions({
      ...{ port, maps: () => sources.opened?.maps, say: (message) => out.say(message) },
      attempt: (doing, act) => this.#answers.attempt(doing, act),
    });
  }

  /** In an untrusted workspace nothing is read and the page says so. */
  setTrusted(isTrusted: boolean): void {
    if (isTrusted === this.#isTrusted) return;
    this.#isTrusted = isTrusted;
    if (this.#out.hasBooted) this.#begin();
  }

  /** Call when the page is shown or hidden; nothing is posted to a hidden page. */
  setVisible(isVisible: boolean): void {
    this.#out.setVisible(isVisible);
  }

  /** Call with whatever the page sent. */
  receive(raw: unknown): void {
    const message = parseProjectorPageMessage(raw);
    if (message === undefined) this.#port.reject(raw);
    else this.#obey(message);
  }

  /** Opens what the tab is about anew: other sources than before. */
  reopen(): void {
    this.#close();
    if (this.#out.hasBooted) this.#begin();
  }

  /** Looks for further epochs, or again for a source that had nothing to show. */
  async refresh(live: LiveSides): Promise<void> {
    const { opened, isOpening } = this.#sources;
    if (!this.#isTrusted || !this.#out.hasBooted) return;
    if (opened !== undefined) await this.#answers.refresh(opened.maps, live);
    else if (!isOpening) this.#begin();
  }

  /** Samples that were selected elsewhere. */
  select(samples: SelectedSamples): void {
    const opened = this.#sources.opened?.maps.opened;
    const found = opened && samplesOnMap(samples, opened, this.#answers.described);
    const isTold = found !== undefined && this.#out.isHeard;
    this.#awaited = isTold ? undefined : samples;
    if (!isTold) return;
    this.#out.say({ type: 'selected', ids: [...found.ids] });
    if (found.note !== '') this.#port.tell(found.note);
  }

  /** Selections that were saved elsewhere. */
  setSelections(selections: readonly SavedSelection[]): void {
    this.#sources.change({ selections });
    this.#out.say({ type: 'selections', selections: [...selections] });
  }

  dispose(): void {
    this.#out.close();
    this.#close();
  }

  readonly #handlers: { readonly [Type in MessageType]: (message: Of<Type>) => void } = {
    boot: () => {
      this.#out.boot();
      this.#begin();
    },
    show: (message) => this.#answers.show(message),
    describe: (message) => this.#answers.describe(message),
    cancel: (message) => this.#answers.cancel(message),
    neighbours: (message) => void this.#questions.neighbours(message),
    pictures: (message) => void this.#questions.pictures(message),
    openSample: (message) => void this.#questions.openSample(message),
    saveProjector: (message) => void this.#questions.saveProjector(message),
    select: (message) => this.#port.act(message),
    saveSelections: (message) => {
      this.#sources.change({ selections: message.selections });
      this.#port.act(message);
    },
    layout: (message) => {
      this.#sources.change({ layout: message.layout });
      this.#port.act(message);
    },
    save: (message) => this.#port.act(message),
    command: (message) => this.#port.act(message),
  };

  #obey<Type extends MessageType>(message: Of<Type>): void {
    const handler: (message: Of<Type>) => void = this.#handlers[message.type];
    handler(message);
  }

  /** Tells what is known, and opens the sources if they are not open. */
  #begin(): void {
    const { opened, isOpening } = this.#sources;
    this.#out.clear();
    this.#answers.forgetEpochs();
    if (!this.#isTrusted) this.#out.say({ type: 'untrusted' });
    else if (opened !== undefined) this.#tellOpened();
    else {
      this.#out.say({ type: 'opening', what: this.#port.what() });
      if (!isOpening) void this.#open();
    }
  }

  async #open(): Promise<void> {
    try {
      if ((await this.#sources.open()) !== undefined) this.#tellOpened();
    } catch (thrown) {
      const message = this.#out.sentence(l10n.t('Opening embeddings'), thrown);
      this.#out.say({ type: 'failed', message });
    }
  }

  #tellOpened(): void {
    const { opened } = this.#sources;
    if (opened === undefined) return;
    this.#out.say(openedMessage(opened));
    this.#selectAwaited();
  }

  #close(): void {
    this.#sources.close();
    this.#answers.reset();
    this.#out.clear();
  }

  #selectAwaited(): void {
    if (this.#awaited !== undefined) this.select(this.#awaited);
  }
}
