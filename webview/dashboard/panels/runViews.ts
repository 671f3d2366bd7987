/**
 * The augmented views of one run: samples of its training set, each with its views in an epoch, over which a slider moves. It
 * is the preview page's own model and panels, fed over the dashboard's wire. Nothing is drawn, nor is there a process that
 * could, before somebody opens it; and closing it, or folding its section, ends that process.
 */
import * as l10n from '@vscode/l10n';
import type { PageMessage } from '../../../src/protocol/pages/dashboard';
import type { ViewsHostMessage, ViewsPageMessage } from '../../../src/protocol/pages/views';
import { element, oncePerFrame } from '../../dom';
import { createPicker } from '../../picker';
import { createControls } from '../../views/panels/controls';
import { createGrid } from '../../views/panels/grid';
import type { ViewsActions, ViewsPanel } from '../../views/panels/panel';
import { createStatus } from '../../views/panels/status';
import { askNext, foldViews, INITIAL_VIEWS, want } from '../../views/state/model';
import type { ViewsModel } from '../../views/state/model';
import type { RunEntry } from '../state/model';
import type { Store } from '../state/store';
import type { ExtraSection } from './sections';

/** The section, and what the page tells it. */
export interface RunViewsSection extends ExtraSection {
  /** What the host says of the views of a run. */
  receive(run: string, message: ViewsHostMessage): void;
  /** The host has forgotten what it drew. */
  restart(): void;
}

const KEY = 'Augmented views';
const SAMPLES = 6;
const TICK_MS = 1000;

/** Creates the section. */
export function createRunViews(store: Store): RunViewsSection {
  const views = new RunViews(store);
  return {
    key: KEY,
    title: l10n.t('Augmented views'),
    element: views.element,
    update: () => views.update(),
    receive: (run, message) => views.receive(run, message),
    restart: () => views.restart(),
  };
}

class RunViews {
  readonly element: HTMLElement;
  readonly #store: Store;
  readonly #details: HTMLDetailsElement;
  readonly #picker = createPicker(l10n.t('run'), (run) => this.#choose(run));
  readonly #actions: ViewsActions;
  /** Built when it is opened first. */
  #parts: readonly ViewsPanel[] = [];
  readonly #draw = oncePerFrame(() => {
    for (const part of this.#parts) part.update(this.#model, Date.now());
  });
  #model: ViewsModel = INITIAL_VIEWS;
  #run = '';
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(store: Store) {
    this.#store = store;
    this.#actions = {
      want: (changes) => this.#change(want(this.#model, changes)),
      run: (command) => this.#tell({ type: 'command', command }),
    };
    this.#details = element('details', { class: 'run-views' }, [
      element('summary', { text: l10n.t('Samples of the training set and their views') }),
    ]);
    this.#details.addEventListener('toggle', () => (this.#details.open ? this.#open() : this.#close()));
    this.element = element('div', {}, [
      element('div', { class: 'special-pickers' }, [this.#picker.element]),
      this.#details,
    ]);
    store.onChange(() => {
      if (store.layout.closedSections.includes(KEY)) this.#details.open = false;
    });
  }

  /** Only our own trainer draws views, so there is nothing to show of other runs. */
  update(): boolean {
    const runs = this.#store.model.runs.filter(({ summary }) => summary.kind === 'training');
    const chosen = runs.find(({ folder }) => folder === this.#run) ?? runs[0];
    if (chosen === undefined) {
      this.#details.open = false;
      return false;
    }
    this.#picker.fill(
      runs.map(({ folder, summary }) => [folder, summary.name]),
      chosen.folder,
    );
    if (chosen.folder !== this.#run) this.#choose(chosen.folder);
    return true;
  }

  receive(run: string, message: ViewsHostMessage): void {
    if (this.#details.open && run === this.#run) this.#change(foldViews(this.#model, message));
  }

  restart(): void {
    if (this.#details.open) this.#boot();
  }

  #choose(run: string): void {
    this.#run = run;
    if (this.#details.open) this.#open();
  }

  #build(): void {
    if (this.#parts.length > 0) return;
    this.#parts = [createStatus(this.#actions, Date.now()), createControls(this.#actions), createGrid()];
    this.#details.append(...this.#parts.map((part) => part.element));
  }

  #open(): void {
    this.#build();
    const run = this.#store.model.runs.find(({ folder }) => folder === this.#run);
    this.#model = want(INITIAL_VIEWS, { samples: SAMPLES, epoch: run ? epochOf(run) : 0 });
    clearInterval(this.#ticking);
    this.#ticking = setInterval(this.#draw, TICK_MS);
    this.#boot();
    this.#draw();
  }

  #close(): void {
    clearInterval(this.#ticking);
    this.#store.post({ type: 'closeViews' });
  }

  #boot(): void {
    this.#model = { ...this.#model, asked: null };
    this.#tell({ type: 'boot' });
  }

  #change(next: ViewsModel): void {
    const { model, request } = askNext(next);
    this.#model = model;
    if (request !== undefined) this.#tell({ type: 'draw', ...request });
    this.#draw();
  }

  #tell(message: ViewsPageMessage): void {
    this.#store.post({ type: 'views', run: this.#run, message } satisfies PageMessage);
  }
}

/** The epoch that a run is in, from 0. */
function epochOf({ summary: { progress } }: RunEntry): number {
  return Math.max(0, (progress?.epoch ?? 1) - 1);
}
