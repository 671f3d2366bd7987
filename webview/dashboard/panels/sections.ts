/** The body of the page: foldable sections, each with its grid of charts, and the figures that are no curve. */
import { formatCount } from '../../../src/domain/display/format';
import { element, setAttribute, setText, showIf } from '../../dom';
import type { Cast } from '../state/content';
import { castOf } from '../state/content';
import type { PlannedSection } from '../state/plan';
import { planSections } from '../state/plan';
import type { Queries } from '../../charts/queries';
import type { Store } from '../state/store';
import { FrameWork } from '../../charts/work';
import type { CardHost } from './card';
import { Grid } from './grid';

/** A part of the page that is no chart of the numbers but stands among the sections. */
export interface ExtraSection {
  /** What the arrangement remembers it by. */
  readonly key: string;
  readonly title: string;
  readonly element: HTMLElement;
  /** Brings it up to date; false if it has nothing to show. Called only while the section is open. */
  update(): boolean;
}

/** Creates the body. */
export function createSections(store: Store, queries: Queries, extras: readonly ExtraSection[]): HTMLElement {
  return new Sections(store, queries, extras).element;
}

class Sections {
  readonly element = element('div', { class: 'sections' });
  readonly #store: Store;
  readonly #host: CardHost;
  readonly #extras: readonly ExtraSection[];
  readonly #sections = new Map<string, SectionView>();
  readonly #openTables = new Set<string>();
  #cast: Cast = { runs: [], groups: [] };
  #planned: readonly PlannedSection[] = [];
  #planKey = '';
  #arranged: readonly unknown[] = [];

  constructor(store: Store, queries: Queries, extras: readonly ExtraSection[]) {
    this.#store = store;
    this.#extras = extras;
    this.#host = {
      store,
      queries,
      work: new FrameWork(),
      cast: () => this.#cast,
      isTableOpen: (key) => this.#openTables.has(key),
      toggleTable: (key) => this.#toggleTable(key),
    };
    store.onChange(() => this.#update());
    this.element.addEventListener('scroll', () => this.#showVisible(), { passive: true });
    new ResizeObserver(() => this.#arrange()).observe(this.element);
  }

  #toggleTable(key: string): void {
    if (!this.#openTables.delete(key)) this.#openTables.add(key);
    this.#arrange();
  }

  /** Zooming changes neither who is drawn nor where: then the cards alone draw anew. */
  #update(): void {
    const { model, layout, tagSearch } = this.#store;
    const next = [model.runs, model.groups, model.figures, model.samples, model.pictures, layout, tagSearch];
    if (next.some((one, i) => one !== this.#arranged[i])) {
      this.#arranged = next;
      this.#cast = castOf(model, layout);
      this.#replan();
      this.#arrange();
    }
    for (const { grid } of this.#sections.values()) grid?.redraw();
    this.#host.work.drawNow();
  }

  /** Which charts there are follows from tags, search and pins: nothing that changes with each step. */
  #replan(): void {
    const { model, layout, tagSearch } = this.#store;
    const tags = new Set(model.runs.flatMap(({ tags: own }) => [...own.keys()]));
    const key = JSON.stringify([
      tags.size,
      model.runs.map(({ folder, tags: own }) => [folder, own.size]),
      tagSearch,
      layout.pinned,
    ]);
    if (key === this.#planKey) return;
    this.#planKey = key;
    const isSingle = model.runs.length === 1;
    this.#planned = planSections(tags, { search: tagSearch, isSingle, pinned: layout.pinned });
  }

  #arrange(): void {
    const closed = new Set(this.#store.layout.closedSections);
    const wanted = [
      ...this.#planned.map((section) => ({ ...section, extra: undefined })),
      ...this.#extras.map((extra) => ({ key: extra.key, title: extra.title, charts: [], extra })),
    ];
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, view] of this.#sections) if (!keys.has(key)) this.#remove(key, view);
    wanted.forEach(({ key, title, charts, extra }, place) => {
      const view = this.#sections.get(key) ?? this.#create(key, title, extra);
      const isOpen = !closed.has(key);
      view.show(isOpen, charts.length);
      if (isOpen) view.grid?.arrange(charts, view.body.clientWidth, this.element.clientHeight);
      if (extra) showIf(view.element, this.#store.tagSearch === '' && (!isOpen || extra.update()));
      if (this.element.children[place] !== view.element)
        this.element.insertBefore(view.element, this.element.children[place] ?? null);
    });
    this.#showVisible();
  }

  #create(key: string, title: string, extra: ExtraSection | undefined): SectionView {
    const grid = extra ? undefined : new Grid(this.#host);
    const view = createSection(title, grid, extra?.element ?? grid?.element, () =>
      this.#store.toggle('closedSections', key),
    );
    this.#sections.set(key, view);
    return view;
  }

  #remove(key: string, view: SectionView): void {
    view.grid?.dispose();
    view.element.remove();
    this.#sections.delete(key);
  }

  #showVisible(): void {
    const view = this.element.getBoundingClientRect();
    for (const { grid, body } of this.#sections.values()) {
      if (!grid || body.hidden) continue;
      const { top } = body.getBoundingClientRect();
      grid.show({ from: view.top - top, to: view.bottom - top });
    }
  }
}

interface SectionView {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  readonly grid: Grid | undefined;
  show(isOpen: boolean, count: number): void;
}

let bodies = 0;

function createSection(
  title: string,
  grid: Grid | undefined,
  content: HTMLElement | undefined,
  toggle: () => void,
): SectionView {
  const id = `section-${bodies++}`;
  const count = element('span', { class: 'quiet' });
  const chevron = element('span', {
    class: 'codicon codicon-chevron-down',
    attributes: { 'aria-hidden': 'true' },
  });
  const button = element(
    'button',
    { class: 'section-toggle', attributes: { type: 'button', 'aria-controls': id, 'aria-expanded': 'true' } },
    [chevron, element('span', { text: title }), count],
  );
  button.addEventListener('click', toggle);
  const body = element('div', { attributes: { id } }, content ? [content] : []);
  const root = element('section', { attributes: { 'aria-label': title } }, [
    element('h2', {}, [button]),
    body,
  ]);
  return {
    element: root,
    body,
    grid,
    show: (isOpen, charts) => {
      if (!isOpen && !body.hidden) grid?.show({ from: -Infinity, to: -Infinity });
      showIf(body, isOpen);
      setAttribute(button, 'aria-expanded', String(isOpen));
      chevron.className = `codicon codicon-chevron-${isOpen ? 'down' : 'right'}`;
      setText(count, charts > 0 ? formatCount(charts) : '');
    },
  };
}
