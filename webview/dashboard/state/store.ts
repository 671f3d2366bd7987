/**
 * The state of the page in one place: the model that the host told, the arrangement that the reader chose, and what
 * is looked at right now (zoom, crosshair, search). Panels listen; changes of one frame are told once.
 */
import type { RunFigures } from '../../../src/domain/run/runFigures';
import type { Span } from '../../../src/domain/series/windows';
import type { Layout, PageMessage } from '../../../src/protocol/pages/dashboard';
import { oncePerFrame } from '../../dom';
import type { Model } from './model';
import { DEFAULT_LAYOUT, INITIAL_MODEL } from './model';

/** Milliseconds after the last change of the arrangement before the host is told. */
const SAVE_AFTER_MS = 400;

type Listener = () => void;

/** The page's state. */
export class Store {
  readonly post: (message: PageMessage) => void;
  #model: Model = INITIAL_MODEL;
  #layout: Layout = DEFAULT_LAYOUT;
  #range: Span | null = null;
  #tagSearch = '';
  #pointedRun: string | null = null;
  readonly #listeners = new Set<Listener>();
  readonly #cursorListeners = new Set<(x: number | null, from: unknown) => void>();
  readonly #tell = oncePerFrame(() => {
    for (const listener of [...this.#listeners]) listener();
  });
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(post: (message: PageMessage) => void) {
    this.post = post;
  }

  get model(): Model {
    return this.#model;
  }

  get layout(): Layout {
    return this.#layout;
  }

  /** The zoomed part of the x axis of all charts; null is everything. */
  get range(): Span | null {
    return this.#range;
  }

  /** What tags are searched for, in lower case. */
  get tagSearch(): string {
    return this.#tagSearch;
  }

  /** The run that the reader points at in the rail: others fade. */
  get pointedRun(): string | null {
    return this.#pointedRun;
  }

  /** What a run's own files say; asks the host at the first call. */
  figuresOf(run: string): RunFigures | undefined {
    const known = this.#model.figures.get(run);
    if (!known) this.#askFigures(run);
    return known;
  }

  setModel(model: Model): void {
    const isNews = differs(this.#model, model);
    this.#model = model;
    if (isNews) this.#tell();
  }

  /** The arrangement as the host remembers it. */
  restoreLayout(layout: Layout): void {
    this.#layout = layout;
    this.#asked.clear();
    this.#tell();
  }

  /** Arranges the page anew; another axis shows everything. */
  arrange(change: Partial<Layout>): void {
    if (change.axis !== undefined && change.axis !== this.#layout.axis) this.#range = null;
    this.#layout = { ...this.#layout, ...change };
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.post({ type: 'layout', layout: this.#layout }), SAVE_AFTER_MS);
    this.#tell();
  }

  /** Adds an entry to one of the arrangement's lists, or takes it away. */
  toggle(list: ListName, entry: string): void {
    const present = this.#layout[list];
    const next = present.includes(entry) ? present.filter((one) => one !== entry) : [...present, entry];
    this.arrange({ [list]: next });
  }

  zoom(range: Span | null): void {
    this.#range = range;
    this.#tell();
  }

  searchTags(text: string): void {
    this.#tagSearch = text.trim().toLowerCase();
    this.#tell();
  }

  pointAtRun(folder: string | null): void {
    if (folder === this.#pointedRun) return;
    this.#pointedRun = folder;
    this.#tell();
  }

  /** Moves the crosshair of all charts but the one that says so. */
  point(x: number | null, from: unknown): void {
    for (const listener of this.#cursorListeners) listener(x, from);
  }

  /** Calls back once a frame after changes, until the returned function is called. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back for each move of the crosshair. */
  onPoint(listener: (x: number | null, from: unknown) => void): () => void {
    this.#cursorListeners.add(listener);
    return () => this.#cursorListeners.delete(listener);
  }

  readonly #asked = new Set<string>();

  #askFigures(run: string): void {
    if (this.#asked.has(run)) return;
    this.#asked.add(run);
    this.post({ type: 'figures', run });
  }
}

/** Whether there is anything new to draw: answers to charts change the count of messages alone. */
function differs(before: Model, after: Model): boolean {
  const keys = Object.keys(after) as (keyof Model)[];
  return keys.some((key) => key !== 'sequence' && before[key] !== after[key]);
}

/** The lists of the arrangement. */
export type ListName = 'closedSections' | 'pinned' | 'enlarged' | 'hidden' | 'unfolded';
