/**
 * One chart of the dashboard with all that belongs to it: title, buttons, curves, footnote, table. A card asks for
 * its numbers as long as it is mounted. Raw losses of runs whose scales differ are not drawn over each other: the
 * card says why, and draws headroom instead at one click.
 */
import * as l10n from '@vscode/l10n';
import { tableAs } from '../../../src/domain/display/lineTable';
import {
  differingScales,
  isRawLoss,
  NORMALISED_LOSS,
  scaleSentence,
} from '../../../src/domain/run/lossScale';
import type { ChartQuery } from '../../../src/domain/series/query';
import type { Held } from '../../../src/domain/series/windows';
import { hold, NOTHING_HELD } from '../../../src/domain/series/windows';
import { isLive } from '../../../src/domain/display/runLook';
import type { FiguresTable } from '../../charts/figuresTable';
import { createFiguresTable } from '../../charts/figuresTable';
import { figuresOfScene, footnoteOf } from '../../charts/lines/figures';
import type { LineChart } from '../../charts/lines/lineChart';
import { createLineChart } from '../../charts/lines/lineChart';
import type { Scene } from '../../charts/lines/scene';
import { emptyScene } from '../../charts/lines/scene';
import { RATIO } from '../../charts/units';
import { element, setAttribute, setText, showIf } from '../../dom';
import { createMenuButton } from '../../menu';
import type { Cast, Content } from '../state/content';
import { contentOf, runsOf } from '../state/content';
import type { PlannedChart } from '../state/plan';
import type { Queries, Question } from '../../charts/queries';
import { sceneOf } from '../state/scene';
import type { Store } from '../state/store';
import type { FrameWork } from '../../charts/work';
import { cardMenu } from './cardMenu';

/** What every card needs of the page. */
export interface CardHost {
  readonly store: Store;
  readonly queries: Queries;
  readonly work: FrameWork;
  /** Who is drawn now. */
  cast(): Cast;
  /** Whether a card's table is open; the grid leaves room for it. */
  isTableOpen(key: string): boolean;
  toggleTable(key: string): void;
}

/** Milliseconds that a chart may stay blank before it says that it waits. */
const SHOW_WAITING_AFTER_MS = 300;
/** Buckets that a chart of many lines asks for in all: enough for its pixels, few enough for a frame. */
const MOST_BUCKETS = 24_000;
const FEWEST_PIXELS = 100;

/** A mounted card. */
export class Card {
  readonly element: HTMLElement;
  readonly #host: CardHost;
  readonly #chart: LineChart;
  readonly #question: Question;
  readonly #table: FiguresTable;
  readonly #parts: ReturnType<typeof createParts>;
  readonly #stopListening: () => void;
  readonly #mountedAt = performance.now();
  readonly #waiting: ReturnType<typeof setTimeout>;
  #planned: PlannedChart;
  #held: Held = NOTHING_HELD;
  #scene: Scene;
  #isInView = true;
  /** Whether it was told of more than it drew, while it was out of view. */
  #isBehind = false;
  #isNormalised = false;
  #isWhole = false;
  #askedRange: ChartQuery['range'] | undefined;

  constructor(planned: PlannedChart, host: CardHost) {
    this.#planned = planned;
    this.#host = host;
    this.#scene = emptyScene(planned.unit);
    const { store } = host;
    this.#chart = createLineChart(planned.title, planned.unit, {
      onZoom: (range) => store.zoom(range),
      onPoint: (x) => store.point(x, this),
    });
    this.#table = createFiguresTable(planned.title);
    this.#parts = createParts(planned, this.#chart.element, this.#table.element);
    this.element = this.#parts.root;
    this.#parts.buttons.append(...this.#createButtons());
    this.#parts.normalise.addEventListener('click', () => this.#normalise());
    this.#question = host.queries.open((answer, isFirst) => {
      this.#held = hold(isFirst ? NOTHING_HELD : this.#held, answer);
      this.#isWhole = this.#askedRange === null;
      this.#isBehind = !this.#isInView;
      if (this.#isInView) host.work.add(this);
    });
    this.#stopListening = store.onPoint((x, from) => {
      if (from !== this) this.#chart.showCursor(x);
    });
    this.#waiting = setTimeout(() => host.work.add(this), SHOW_WAITING_AFTER_MS);
  }

  /** Whether the keyboard is in it: then it stays mounted. */
  get hasFocus(): boolean {
    return this.element.contains(document.activeElement);
  }

  isUrgent(): boolean {
    return this.element.matches(':hover') || this.hasFocus;
  }

  /** The tags may have changed, when the page learnt of more runs. */
  plan(planned: PlannedChart): void {
    this.#planned = planned;
    this.#host.work.add(this);
  }

  /** What the reader does not see is not drawn at each new step, but when it is scrolled into view. */
  setInView(isInView: boolean): void {
    this.#isInView = isInView;
    if (isInView && this.#isBehind) this.#host.work.add(this);
  }

  setPlotHeight(heightPx: number): void {
    this.#chart.setHeight(heightPx);
  }

  /** Asks for what is to be drawn, and draws what is known. */
  run(): void {
    const { store } = this.#host;
    this.#isBehind = false;
    const content = contentOf({ tags: this.#tags() }, this.#host.cast());
    const differing = this.#isNormalised ? [] : this.#differingScales(content);
    const isBlocked = differing.length > 0;
    if (!isBlocked) this.#ask(content);
    this.#scene = sceneOf({
      content,
      references: this.#isNormalised ? [] : this.#planned.references,
      unit: this.#isNormalised ? RATIO : this.#planned.unit,
      held: this.#held,
      layout: store.layout,
      pointedRun: store.pointedRun,
    });
    this.#show(content, differing);
    if (!isBlocked) this.#draw();
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#host.work.drop(this);
    this.#question.close();
    this.#stopListening();
    this.#chart.dispose();
  }

  #tags(): PlannedChart['tags'] {
    return this.#isNormalised ? [{ tag: NORMALISED_LOSS, label: '' }] : this.#planned.tags;
  }

  #differingScales(content: Content): string[] {
    const isRaw = this.#planned.tags.some(({ tag }) => isRawLoss(tag));
    const drawn = runsOf(content);
    if (!isRaw || drawn.size < 2) return [];
    const runs = this.#host.store.model.runs.filter(({ folder }) => drawn.has(folder));
    return differingScales(runs.map(({ parameters }) => parameters));
  }

  #ask({ lines, bands, referenceRun }: Content): void {
    const { store } = this.#host;
    const { axis, smoothing, band } = store.layout;
    const widthPx = this.#chart.widthPx;
    if (widthPx === 0) {
      requestAnimationFrame(() => this.#host.work.add(this));
      return;
    }
    const references = this.#isNormalised || referenceRun === undefined ? [] : this.#planned.references;
    const share = MOST_BUCKETS / 2 / Math.max(1, lines.length);
    this.#askedRange = store.range;
    this.#question.ask({
      lines: [
        ...lines.map(({ run, tag }) => ({ run, tag })),
        ...references.map(({ tag }) => ({ run: referenceRun ?? '', tag })),
      ],
      groups: bands.map(({ group }) => group),
      axis,
      range: store.range,
      pixels: Math.round(Math.min(widthPx, Math.max(FEWEST_PIXELS, share))),
      smoothing,
      band,
    });
  }

  #draw(): void {
    const { axis, logX, logY } = this.#host.store.layout;
    const isGrowing = this.#host.store.model.runs.some(({ summary }) => isLive(summary));
    const view = { axis, logX, logY, range: this.#host.store.range, isGrowing };
    this.#chart.update(this.#scene, view, this.#isWhole && view.range === null);
  }

  #show({ lines, bands }: Content, differing: readonly string[]): void {
    const { store } = this.#host;
    const parts = this.#parts;
    const isBlocked = differing.length > 0;
    const hasValues = this.#scene.lines.length + this.#scene.bands.length > 0;
    const isTableOpen = this.#host.isTableOpen(this.#planned.key);
    setText(
      parts.title,
      this.#isNormalised
        ? l10n.t('Headroom, for {0}', this.#planned.title.toLowerCase())
        : this.#planned.title,
    );
    showIf(this.#chart.element, !isBlocked);
    showIf(parts.blocked, isBlocked);
    setText(parts.reason, scaleSentence(differing));
    showIf(
      parts.status,
      !isBlocked && !hasValues && performance.now() - this.#mountedAt >= SHOW_WAITING_AFTER_MS,
    );
    setText(
      parts.status,
      lines.length + bands.length === 0
        ? l10n.t('No visible run has this tag')
        : l10n.t('Reading the values'),
    );
    setText(parts.footnote, isBlocked ? '' : footnoteOf(this.#scene, store.layout.logY));
    showIf(this.#table.element, isTableOpen && !isBlocked);
    setAttribute(parts.table, 'aria-pressed', String(isTableOpen));
    const isEnlarged = store.layout.enlarged.includes(this.#planned.key);
    setAttribute(parts.enlarge, 'aria-pressed', String(isEnlarged));
    if (isTableOpen) this.#table.fill(figuresOfScene(this.#scene, this.#planned.title), this.#scene.unit);
  }

  #normalise(): void {
    this.#isNormalised = true;
    this.#held = NOTHING_HELD;
    this.#host.work.add(this);
    this.#chart.element.querySelector<HTMLElement>('[role=slider]')?.focus();
  }

  #createButtons(): readonly HTMLElement[] {
    const { store } = this.#host;
    const { key, title } = this.#planned;
    this.#parts.table.addEventListener('click', () => this.#host.toggleTable(key));
    this.#parts.enlarge.addEventListener('click', () => store.toggle('enlarged', key));
    const menu = createMenuButton(l10n.t('{0}, more', title), 'ellipsis', () =>
      cardMenu({
        title,
        axis: store.layout.axis,
        isPinned: store.layout.pinned.includes(key),
        scene: this.#scene,
        chart: this.#chart,
        post: store.post,
        pin: () => store.toggle('pinned', key),
        copy: (format) =>
          store.post({ type: 'copy', text: tableAs(format, figuresOfScene(this.#scene, title)) }),
      }),
    );
    return [this.#parts.table, this.#parts.enlarge, menu];
  }
}

function createParts({ title }: PlannedChart, chart: HTMLElement, tableElement: HTMLElement) {
  const heading = element('h3', { class: 'ellipsis', text: title });
  heading.title = title;
  const buttons = element('div', { class: 'card-buttons' });
  const toggle = (label: string, iconName: string) => {
    const attributes = { type: 'button', 'aria-pressed': 'false', 'aria-label': label };
    const button = element('button', { class: `icon-button codicon codicon-${iconName}`, attributes });
    button.title = label;
    return button;
  };
  const reason = element('p');
  const normalise = element('button', {
    class: 'text-button',
    text: l10n.t('Show headroom instead'),
    attributes: { type: 'button' },
  });
  const blocked = element('div', { class: 'card-blocked' }, [reason, normalise]);
  const status = element('p', { class: 'chart-empty', attributes: { role: 'status' } });
  status.hidden = true;
  const body = element('div', { class: 'card-body' }, [chart, status, blocked]);
  const footnote = element('p', { class: 'card-footnote quiet ellipsis' });
  const caption = element('figcaption', {}, [heading, buttons]);
  return {
    root: element('figure', { class: 'card', attributes: { 'aria-label': title } }, [
      caption,
      body,
      footnote,
      tableElement,
    ]),
    title: heading,
    buttons,
    table: toggle(l10n.t('{0} as a table', title), 'table'),
    enlarge: toggle(l10n.t('{0} large', title), 'screen-full'),
    reason,
    normalise,
    blocked,
    status,
    footnote,
  };
}
