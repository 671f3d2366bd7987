/**
 * The state of the page in one place: what the host has told, how the reader has arranged the page, and what is looked
 * at right now. Panels listen; changes of one frame are told once. What the host has to be asked follows from the
 * state, after each change.
 */
import type { Pane } from '../../../src/domain/maps/request';
import type { Column } from '../../../src/domain/maps/columns';
import type {
  ProjectorHostMessage,
  ProjectorLayout,
  ProjectorPageMessage,
  ProjectorTab,
  SavedSelection,
} from '../../../src/protocol/pages/projector';
import { DEFAULT_PROJECTOR_LAYOUT } from '../../../src/protocol/pages/projector';
import { oncePerFrame } from '../../dom';
import type { PictureStore } from '../render/pictureStore';
import { Derived, idsOf } from './derived';
import { createLater } from './later';
import type { Legend } from './legend';
import type { ProjectorModel, Sides, WireRequest } from './model';
import { INITIAL_PROJECTOR, foldProjector } from './model';
import { Neighbourhood, questionAbout } from './neighbourhood';
import type { NeighbourList } from './neighbours';
import type { Place } from './partners';
import { partnerOf } from './partners';
import { NO_PICTURES, pictureStores } from './pictures';
import { paused } from './playback';
import { keptView, TabMemory, withKeptMap } from './remembered';
import { Requests } from './requests';
import type { Selection, SelectionMode } from './selection';
import { selectIds, selectRows, selectedIds } from './selection';
import type { ProjectorView } from './view';
import { initialView, shownEpochs, withEpochsOf } from './view';

/** Milliseconds after the last change before the host is told of the arrangement, and of the selection. */
const TELL_AFTER_MS = 300;

/** The page's state. */
export class Store {
  readonly derived = new Derived();
  readonly #requests: Requests;
  readonly neighbourhood: Neighbourhood;
  #pictures = NO_PICTURES;
  #model: ProjectorModel = INITIAL_PROJECTOR;
  readonly #tab: TabMemory;
  #view: ProjectorView = initialView(INITIAL_PROJECTOR);
  #layout: ProjectorLayout = DEFAULT_PROJECTOR_LAYOUT;
  readonly #listeners = new Set<() => void>();
  readonly #later = createLater(TELL_AFTER_MS);
  readonly #tell = oncePerFrame(() => {
    for (const listener of [...this.#listeners]) listener();
  });

  /** `tab` is what was kept of the tab before, `keep` keeps it. */
  constructor(
    readonly post: (message: ProjectorPageMessage) => void,
    { tab, keep }: { readonly tab: ProjectorTab | undefined; readonly keep: (tab: ProjectorTab) => void },
  ) {
    this.#tab = new TabMemory(tab, keep);
    this.#requests = new Requests(post);
    this.neighbourhood = new Neighbourhood(post);
  }

  get model(): ProjectorModel {
    return this.#model;
  }

  get view(): ProjectorView {
    return this.#view;
  }

  get layout(): ProjectorLayout {
    return this.#layout;
  }

  /** The epochs that columns, figures and lists are of. */
  get epochs(): Sides<number> {
    return shownEpochs(this.#model, this.#view);
  }

  get columns(): Sides<readonly Column[]> {
    return this.derived.columns(this.#model, this.#view);
  }

  get legend(): Legend {
    return this.derived.legend(this.#model, this.#view, this.#layout.colourBy);
  }

  /** Takes in a message of the host. */
  receive(message: ProjectorHostMessage): void {
    if (message.type === 'neighbours') this.neighbourhood.add(message);
    else if (message.type === 'pictures') this.#pictures[message.pane]?.add(message.page, message.pixels);
    else if (message.type === 'selected') this.#setSelection(this.selectionOfIds(message.ids), true);
    else this.#setModel(foldProjector(this.#model, message), message);
    this.#settle();
  }

  /** Changes what is looked at. */
  look(change: Partial<ProjectorView>): void {
    this.#view = { ...this.#view, ...change };
    this.#settle();
  }

  /** Arranges the page anew; the host keeps it. */
  arrange(change: Partial<ProjectorLayout>): void {
    const isOtherColour = change.colourBy !== undefined && change.colourBy !== this.#layout.colourBy;
    if (isOtherColour) this.#view = { ...this.#view, hidden: new Set(), pointedGroup: null };
    this.#layout = { ...this.#layout, ...change };
    this.#later('layout', () => this.post({ type: 'layout', layout: this.#layout }));
    this.#settle();
  }

  /** Asks for another map. Another table may have other epochs: the nearest one is kept. */
  ask(change: Partial<WireRequest>): void {
    const map = { ...this.#model.map, ...change };
    this.#model = this.#requests.ask({ ...this.#model, map }, this.#view);
    if (change.table !== undefined) this.neighbourhood.clear();
    this.#view = withEpochsOf(this.#model, this.#view);
    this.#settle();
  }

  /** Stops what is being computed; the next change of epoch or method asks anew. */
  cancel(): void {
    this.post({ type: 'cancel', request: this.#model.request });
    this.#requests.cancelled();
    this.#view = { ...this.#view, playback: paused(this.#view.playback) };
    this.#model = { ...this.#model, progress: null, isComputing: false };
    this.#tell();
  }

  /** Begins something that may be refused: what was refused before is said no longer. */
  begin(): void {
    this.#model = { ...this.#model, refusal: null };
    this.#tell();
  }

  /** Selects rows of one pane. */
  select(pane: Pane, rows: Iterable<number>, mode: SelectionMode): void {
    const { selection } = this.#view;
    this.setSelection(selectRows(selection, { pane, rows, mode }, this.#model.partners));
  }

  setSelection(selection: Selection): void {
    this.#setSelection(selection, false);
  }

  /** The selection of samples with these ids. */
  selectionOfIds(ids: readonly string[]): Selection {
    const panes = { left: idsOf(this.#model, 'left'), right: idsOf(this.#model, 'right') };
    return selectIds(ids, panes, this.#model.partners);
  }

  /** Ids of what is selected. */
  selectedIds(): string[] {
    const panes = { left: idsOf(this.#model, 'left'), right: idsOf(this.#model, 'right') };
    return selectedIds(this.#view.selection, panes, this.#model.partners);
  }

  /** Keeps selections under their names. */
  saveSelections(selections: readonly SavedSelection[]): void {
    this.#model = { ...this.#model, selections };
    this.post({ type: 'saveSelections', selections: [...selections] });
    this.#tell();
  }

  /** The neighbours of a sample at the epoch shown; asks the host at the first call. */
  neighboursOf(place: Place, k = this.#view.neighbours.k): NeighbourList | undefined {
    return this.neighbourhood.get({ ...questionAbout(this.#model, this.#view, place), k });
  }

  /** The neighbours of a sample if they are here; nothing is asked. */
  knownNeighboursOf(place: Place): NeighbourList | undefined {
    return this.neighbourhood.find(questionAbout(this.#model, this.#view, place));
  }

  /** The pictures of a pane, which ask the host for what is looked at; null for a source without. */
  picturesOf(pane: Pane): PictureStore | null {
    return this.#pictures[pane];
  }

  /** The same sample in the other pane. */
  partnerOf(place: Place): Place | null {
    return partnerOf(this.#model.partners, place);
  }

  /** Calls back once a frame after changes. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #setModel(model: ProjectorModel, message: ProjectorHostMessage): void {
    this.#model = model;
    if (message.type === 'opened') {
      this.neighbourhood.clear();
      this.#pictures = pictureStores(model, this.post);
      this.#layout = message.layout;
      const kept = withKeptMap(model, this.#tab.tab);
      this.#view = keptView(kept, this.#tab.tab);
      this.#model = this.#requests.ask(kept, this.#view);
    }
    if (message.type === 'epochs') this.#view = withEpochsOf(this.#model, this.#view);
  }

  #settle(): void {
    this.#model = this.#requests.follow(this.#model, this.#view);
    this.#later('keep', () => this.#tab.follow(this.#model, this.#view, this.selectedIds()));
    this.#tell();
  }

  /** What came from the host is not told back to it. */
  #setSelection(selection: Selection, isFromHost: boolean): void {
    this.#view = { ...this.#view, selection };
    if (!isFromHost) this.#later('select', () => this.post({ type: 'select', ids: this.selectedIds() }));
    this.#later('keep', () => this.#tab.follow(this.#model, this.#view, this.selectedIds()));
    this.#tell();
  }
}
