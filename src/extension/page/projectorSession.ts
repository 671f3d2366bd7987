/**
 * The conversation with one projector. The page says boot and is told what was opened; it then says what it wants to see,
 * and maps are told to it as they come, one message at a time. A question voids the one before. A page that was hidden
 * boots again; what was computed meanwhile lies in the cache. Knows nothing of the editor.
 */
import * as l10n from '@vscode/l10n';
import type { RunLook } from '../../domain/display/runColours';
import { HumanError } from '../../domain/errors';
import type { Pane } from '../../domain/maps/request';
import type {
  PaneSource,
  ProjectorHostMessage,
  ProjectorLayout,
  ProjectorPageMessage,
  SavedSelection,
} from '../../protocol/pages/projector';
import { parseProjectorPageMessage } from '../../protocol/pages/projector';
import type { MapQuestion, OpenMaps, OpenedTables, SourceFacts } from '../../runs/maps/maps';
import type { Disposable } from '../disposable';
import type { SelectedSamples } from '../selectionBus';
import type { DescribedSides } from './samplesOnMap';
import { samplesOnMap } from './samplesOnMap';
import { Outbox } from './outbox';
import { ProjectorQuestions } from './projectorQuestions';
import { ProjectorQueue } from './projectorQueue';

/** What the extension knows of one side beside its source. */
export interface ProjectorSide {
  /** Undefined to call it as the source does. */
  readonly name?: string;
  readonly look: RunLook;
  readonly isLive: boolean;
}

/** Sources that were opened for a page. */
export interface OpenedProjector {
  readonly maps: OpenMaps;
  readonly left: ProjectorSide;
  readonly right: ProjectorSide | null;
  readonly selections: readonly SavedSelection[];
  readonly layout: ProjectorLayout;
}

type Of<Type extends ProjectorPageMessage['type']> = Extract<ProjectorPageMessage, { type: Type }>;
type MessageType = ProjectorPageMessage['type'];

/** What the page asks of the editor, not of maps. */
export type ProjectorAction = Of<'saveSelections' | 'layout' | 'save' | 'command' | 'select'>;

/** The page's end of the wire, and what the session needs of the editor. */
export interface ProjectorPort {
  /** Resolves to false if the page is hidden and the message lost. */
  post(message: ProjectorHostMessage): PromiseLike<boolean>;
  /** What is being opened, in words. */
  readonly what: () => string;
  /** Opens what the tab is about. Rejects with HumanError where there is nothing to show. */
  open(): Promise<OpenedProjector>;
  act(action: ProjectorAction): void;
  openFile(path: string): void;
  /** A folder for files; undefined if the user turns away. */
  pickFolder(): Promise<string | undefined>;
  /** Says something in passing. */
  tell(sentence: string): void;
  /** Told about what a page sent that is no message. */
  reject(message: unknown): void;
  /** Told about a defect. */
  fail(doing: string, thrown: unknown): void;
}

const NOTHING_DESCRIBED: DescribedSides = { left: [], right: [] };

/** A projector and what it was told. */
export class ProjectorSession implements Disposable {
  readonly #port: ProjectorPort;
  readonly #queue = new ProjectorQueue();
  readonly #outbox: Outbox<ProjectorHostMessage>;
  readonly #questions: ProjectorQuestions;
  #opened: OpenedProjector | undefined;
  #isOpening = false;
  /** An opening that was begun before another counts no more. */
  #turn = 0;
  #request = 0;
  #isTrusted = false;
  #isVisible = true;
  #hasBooted = false;
  readonly #toldEpochs = new Map<Pane, string>();
  #described: DescribedSides = NOTHING_DESCRIBED;
  /** Selected elsewhere, and not told yet: too little is known of the map, or the page is not there. */
  #awaited: SelectedSamples | undefined;

  constructor(port: ProjectorPort) {
    this.#port = port;
    this.#outbox = new Outbox({
      next: () => (this.#hasBooted && this.#isVisible ? this.#queue.next() : undefined),
      post: (message) => port.post(message),
      // A page that misses messages is hidden, and boots when it is shown again.
      onLost: () => this.#queue.clear(),
    });
    this.#questions = new ProjectorQuestions({
      ...{ port, maps: () => this.#opened?.maps, say: (message) => this.#say(message) },
      attempt: (doing, act) => this.#try(doing, act),
    });
  }

  /** In an untrusted workspace nothing is read and the page says so. */
  setTrusted(isTrusted: boolean): void {
    if (isTrusted === this.#isTrusted) return;
    this.#isTrusted = isTrusted;
    if (this.#hasBooted) this.#begin();
  }

  /** Call when the page is shown or hidden; nothing is posted to a hidden page. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (isVisible) {
      void this.#outbox.pump();
      return;
    }
    this.#hasBooted = false;
    this.#queue.clear();
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
    if (this.#hasBooted) this.#begin();
  }

  /** Looks for further epochs, or again for a source that had nothing to show. */
  async refresh(live: { readonly left: boolean; readonly right: boolean }): Promise<void> {
    const opened = this.#opened;
    if (!this.#isTrusted || !this.#hasBooted) return;
    if (opened === undefined) {
      if (!this.#isOpening) this.#begin();
      return;
    }
    await this.#try(l10n.t('Looking for embeddings'), async () => {
      const tables = await opened.maps.refresh();
      if (this.#opened === opened) this.#tellEpochs(tables, live);
    });
  }

  /** Samples that were selected elsewhere. */
  select(samples: SelectedSamples): void {
    const opened = this.#opened?.maps.opened;
    const found = opened && samplesOnMap(samples, opened, this.#described);
    const isTold = found !== undefined && this.#hasBooted && this.#isVisible;
    this.#awaited = isTold ? undefined : samples;
    if (!isTold) return;
    this.#say({ type: 'selected', ids: [...found.ids] });
    if (found.note !== '') this.#port.tell(found.note);
  }

  /** Selections that were saved elsewhere. */
  setSelections(selections: readonly SavedSelection[]): void {
    if (this.#opened !== undefined) this.#opened = { ...this.#opened, selections };
    this.#say({ type: 'selections', selections: [...selections] });
  }

  dispose(): void {
    this.#hasBooted = false;
    this.#close();
  }

  readonly #handlers: { readonly [Type in MessageType]: (message: Of<Type>) => void } = {
    boot: () => {
      this.#hasBooted = true;
      this.#begin();
    },
    show: (message) => this.#show(message),
    describe: ({ request, epochs }) => {
      if (request === this.#request) this.#opened?.maps.describe(epochs);
    },
    cancel: ({ request }) => {
      if (request === this.#request) this.#opened?.maps.cancel();
    },
    neighbours: (message) => void this.#questions.neighbours(message),
    pictures: (message) => void this.#questions.pictures(message),
    openSample: (message) => void this.#questions.openSample(message),
    saveProjector: (message) => void this.#questions.saveProjector(message),
    select: (message) => this.#port.act(message),
    saveSelections: (message) => {
      if (this.#opened !== undefined) this.#opened = { ...this.#opened, selections: message.selections };
      this.#port.act(message);
    },
    layout: (message) => {
      if (this.#opened !== undefined) this.#opened = { ...this.#opened, layout: message.layout };
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
    this.#queue.clear();
    this.#toldEpochs.clear();
    if (!this.#isTrusted) {
      this.#say({ type: 'untrusted' });
    } else if (this.#opened !== undefined) {
      this.#say(openedMessage(this.#opened));
      this.#selectAwaited();
    } else {
      this.#say({ type: 'opening', what: this.#port.what() });
      if (!this.#isOpening) void this.#open();
    }
  }

  async #open(): Promise<void> {
    const turn = ++this.#turn;
    this.#isOpening = true;
    try {
      const opened = await this.#port.open();
      if (turn !== this.#turn) {
        opened.maps.dispose();
        return;
      }
      this.#opened = opened;
      this.#say(openedMessage(opened));
      this.#selectAwaited();
    } catch (thrown) {
      if (turn === this.#turn)
        this.#say({ type: 'failed', message: this.#sentence(l10n.t('Opening embeddings'), thrown) });
    } finally {
      if (turn === this.#turn) this.#isOpening = false;
    }
  }

  #close(): void {
    this.#turn++;
    this.#isOpening = false;
    this.#opened?.maps.dispose();
    this.#opened = undefined;
    this.#described = NOTHING_DESCRIBED;
    this.#queue.clear();
  }

  #show({ request, map, epochs, isChain }: Of<'show'>): void {
    const opened = this.#opened;
    if (opened === undefined) return;
    this.#request = request;
    void this.#compute(opened, { map, epochs, isChain }, request);
  }

  async #compute({ maps }: OpenedProjector, question: MapQuestion, request: number): Promise<void> {
    const isCurrent = () => request === this.#request && this.#opened?.maps === maps;
    try {
      await maps.show(question, (news) => {
        if (!isCurrent()) return;
        this.#say({ ...news, request });
        if (news.type !== 'columns') return;
        this.#described = { ...this.#described, [news.pane]: news.columns };
        this.#selectAwaited();
      });
    } catch (thrown) {
      const message = this.#sentence(l10n.t('Computing a map'), thrown);
      if (isCurrent()) this.#say({ type: 'refused', request, message });
    }
  }

  /** What fails is told beside what is shown, which stays. */
  async #try(doing: string, act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (thrown) {
      const message = this.#sentence(doing, thrown);
      if (this.#opened !== undefined) this.#say({ type: 'refused', request: this.#request, message });
      return false;
    }
  }

  /** Of the answers that the page was told last; undefined before it was told any. */
  #selectAwaited(): void {
    if (this.#awaited !== undefined) this.select(this.#awaited);
  }

  #tellEpochs(
    { left, right }: OpenedTables,
    live: { readonly left: boolean; readonly right: boolean },
  ): void {
    this.#tellIfNew({ type: 'epochs', pane: 'left', tables: left, isLive: live.left });
    if (right !== null) this.#tellIfNew({ type: 'epochs', pane: 'right', tables: right, isLive: live.right });
  }

  #tellIfNew(message: Extract<ProjectorHostMessage, { type: 'epochs' }>): void {
    const text = JSON.stringify(message);
    if (this.#toldEpochs.get(message.pane) === text) return;
    this.#toldEpochs.set(message.pane, text);
    this.#say(message);
  }

  #sentence(doing: string, thrown: unknown): string {
    if (thrown instanceof HumanError) return thrown.message;
    this.#port.fail(doing, thrown);
    return l10n.t('{0} failed because of a defect in SupCon Lab; the log says more.', doing);
  }

  #say(message: ProjectorHostMessage): void {
    this.#queue.add(message);
    void this.#outbox.pump();
  }
}

function openedMessage({ maps, left, right, selections, layout }: OpenedProjector): ProjectorHostMessage {
  const { opened } = maps;
  return {
    type: 'opened',
    left: paneOf(opened.left, left),
    right: opened.right === null || right === null ? null : paneOf(opened.right, right),
    partners: opened.partners,
    // What is proposed names no axes: a user chooses them.
    request: { ...opened.request, axes: [] },
    selections: [...selections],
    layout,
  };
}

function paneOf(facts: SourceFacts, { name, look, isLive }: ProjectorSide): PaneSource {
  return { ...facts, name: name ?? facts.name, look, isLive };
}
