/**
 * A chart of any number of runs: frame, lines, crosshair and the keys and wheel that move through it. It says what
 * the reader does and shows what it is given; which part of the axis is visible is decided by whoever holds it, so
 * that all charts of a page zoom together. The plot is one tab stop.
 */
import * as l10n from '@vscode/l10n';
import type { XAxis } from '../../../src/domain/series/query';
import type { Span } from '../../../src/domain/series/windows';
import { nearestIndex } from '../../../src/domain/series/windows';
import { element, setAttribute, showIf } from '../../dom';
import { onThemeChange } from '../theme';
import { titleByAxis, xInWords } from './axes';
import { endsWidth, paintEnds } from './ends';
import type { Frame } from './frame';
import { createFrame } from './frame';
import { paintScene } from './paint';
import type { Pen } from './pen';
import { chartAsSvg, chartAsPng } from './pictures';
import type { ChartView } from './ranges';
import { rangesOf, sceneSpan } from './ranges';
import { placeInWords, rowsAt, showReadout, snap } from './readout';
import type { Geometry, Scene } from './scene';
import { emptyScene } from './scene';
import { listenToReader } from './navigation';

/** What a chart says. */
export interface LineChartEvents {
  /** Another part of the x axis is wanted; null is everything. */
  onZoom(range: Span | null): void;
  /** The reader points at a place of x, or at none. */
  onPoint(x: number | null): void;
}

/** A chart on a page. */
export interface LineChart {
  readonly element: HTMLElement;
  /** `isWhole` says that the scene holds everything there is, not only what is visible. */
  update(scene: Scene, view: ChartView, isWhole: boolean): void;
  setHeight(heightPx: number): void;
  /** Shows the crosshair of another chart. */
  showCursor(x: number | null): void;
  /** Width of the drawing in CSS pixels, 0 while it is not laid out. */
  readonly widthPx: number;
  svg(): string;
  png(): Promise<Uint8Array>;
  dispose(): void;
}

/** Creates a chart. */
export function createLineChart(title: string, unit: Scene['unit'], events: LineChartEvents): LineChart {
  const chart = new LineChartView(title, unit, events);
  return chart;
}

class LineChartView implements LineChart {
  readonly element: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #readout: HTMLElement;
  readonly #title: string;
  readonly #events: LineChartEvents;
  readonly #resizing: ResizeObserver;
  readonly #stopWatchingTheme: () => void;
  #frame: Frame | undefined;
  #frameKey = '';
  #scene: Scene;
  #view: ChartView = { axis: 'step', logX: false, logY: false, range: null, isGrowing: false };
  #full: Span | undefined;
  #heightPx = 200;
  #cursor: number | null = null;
  /** Where the pointer was when it chose the place; null for the keyboard. */
  #pointerTopPx: number | null = null;
  /** The part that was asked for and is not drawn yet: keys and wheel turn faster than frames. */
  #wanted: Span | undefined;

  constructor(title: string, unit: Scene['unit'], events: LineChartEvents) {
    this.#title = title;
    this.#events = events;
    this.#scene = emptyScene(unit);
    this.#stage = element('div', {
      class: 'chart-stage',
      attributes: { role: 'slider', tabindex: '0', 'aria-valuenow': '0' },
    });
    this.#readout = element('div', { class: 'chart-readout', attributes: { 'aria-hidden': 'true' } });
    this.#readout.hidden = true;
    this.element = element('div', { class: 'chart-body' }, [this.#stage, this.#readout]);
    this.#resizing = new ResizeObserver(() => this.#resize());
    this.#resizing.observe(this.#stage);
    this.#stopWatchingTheme = onThemeChange(() => this.#frame?.repaint());
    listenToReader(this.#stage, {
      span: () => this.#wanted ?? this.#ranges().x,
      whole: () => this.#wholeSpan(),
      isLog: () => this.#view.logX,
      place: () => this.#cursor,
      xAt: (clientX) => this.#xAt(clientX),
      neighbour: (from, by) => this.#neighbour(from, by),
      onPlace: (x) => this.#pointByKey(x),
      onZoom: (range) => this.#zoom(range),
    });
  }

  get widthPx(): number {
    return this.#stage.clientWidth;
  }

  update(scene: Scene, view: ChartView, isWhole: boolean): void {
    this.#scene = scene;
    this.#view = view;
    this.#wanted = undefined;
    if (isWhole) this.#full = sceneSpan(scene);
    this.#draw();
    this.#announce();
    if (!this.#readout.hidden) this.#showReadout();
  }

  setHeight(heightPx: number): void {
    if (heightPx === this.#heightPx) return;
    this.#heightPx = heightPx;
    this.#resize();
  }

  showCursor(x: number | null): void {
    this.#cursor = x;
    this.#frame?.showCursor(x);
    this.#announce();
    if (x === null) this.#readout.hidden = true;
  }

  svg(): string {
    return this.#frame ? chartAsSvg(this.#picture(this.#frame)) : '';
  }

  async png(): Promise<Uint8Array> {
    return this.#frame ? chartAsPng(this.#picture(this.#frame)) : new Uint8Array();
  }

  dispose(): void {
    this.#resizing.disconnect();
    this.#stopWatchingTheme();
    this.#frame?.dispose();
  }

  #picture(frame: Frame) {
    const size = { widthPx: this.widthPx, heightPx: this.#heightPx };
    return { frame, size, title: this.#title, paint: (pen: Pen, place: Geometry) => this.#paint(pen, place) };
  }

  #draw(): void {
    const { axis, logX, logY } = this.#view;
    const key = [axis, logX, logY].join();
    if (key !== this.#frameKey) this.#dropFrame();
    if (this.widthPx === 0) return;
    this.#frameKey = key;
    if (this.#frame) this.#frame.setRanges(this.#ranges());
    else this.#frame = this.#createFrame(axis);
    this.#frame.showCursor(this.#cursor);
  }

  #createFrame(axis: XAxis): Frame {
    const { logX, logY } = this.#view;
    return createFrame({
      target: this.#stage,
      widthPx: this.widthPx,
      heightPx: this.#heightPx,
      axis,
      logX,
      logY,
      unit: this.#scene.unit,
      ranges: this.#ranges(),
      endsWidth: (context) =>
        endsWidth(context, this.#scene, { width: this.widthPx, height: this.#heightPx }),
      paint: (pen, place) => this.#paint(pen, place),
      onBrush: (range) => this.#zoom(range),
      onPoint: (at) => this.#pointByPointer(at),
    });
  }

  #zoom(range: Span | null): void {
    this.#wanted = range ?? this.#wholeSpan();
    this.#events.onZoom(range);
  }

  #dropFrame(): void {
    this.#frame?.dispose();
    this.#frame = undefined;
  }

  #paint(pen: Pen, place: Geometry): void {
    paintScene(pen, this.#scene, place);
    paintEnds(pen, this.#scene, place, { width: this.widthPx, height: this.#heightPx });
  }

  #resize(): void {
    if (this.#frame && this.widthPx > 0) this.#frame.setSize(this.widthPx, this.#heightPx);
    else this.#draw();
  }

  #ranges() {
    return rangesOf(this.#scene, this.#view, this.#full ?? sceneSpan(this.#scene));
  }

  #wholeSpan(): Span {
    return rangesOf(this.#scene, { ...this.#view, range: null }, this.#full ?? sceneSpan(this.#scene)).x;
  }

  /** The place of x under a point of the window. */
  #xAt(clientX: number): number {
    const frame = this.#frame;
    if (!frame) return NaN;
    const { left, width } = frame.geometry();
    const share = (clientX - this.#stage.getBoundingClientRect().left - left) / width;
    const [from, to] = this.#ranges().x;
    return this.#view.logX ? from * (to / from) ** share : from + share * (to - from);
  }

  /** The place some buckets further along the longest line. */
  #neighbour(from: number | null, by: number): number | null {
    const axes = [...this.#scene.lines, ...this.#scene.bands].map(({ window }) => window.x);
    const longest = axes.reduce((best, x) => (x.length > best.length ? x : best), new Float64Array());
    if (longest.length === 0) return null;
    const at = from === null ? longest.length - 1 : nearestIndex(longest, from);
    return longest[Math.min(longest.length - 1, Math.max(0, at + by))] ?? null;
  }

  #pointByPointer(at: { readonly x: number; readonly topPx: number } | null): void {
    this.#cursor = at === null ? null : snap(this.#scene, at.x);
    this.#pointerTopPx = at?.topPx ?? null;
    this.#showReadout();
    this.#events.onPoint(this.#cursor);
  }

  #pointByKey(x: number): void {
    this.#cursor = x;
    this.#pointerTopPx = null;
    this.#frame?.showCursor(x);
    this.#showReadout();
    this.#announce();
    this.#events.onPoint(x);
  }

  #showReadout(): void {
    const [x, topPx] = [this.#cursor, this.#pointerTopPx];
    const rows = x === null ? [] : rowsAt(this.#scene, x);
    showIf(this.#readout, rows.length > 0);
    if (x === null || !this.#frame || rows.length === 0) return;
    const place = this.#frame.geometry();
    const [low, high] = this.#ranges().y;
    const near = topPx === null ? NaN : high - (topPx / place.height) * (high - low);
    showReadout(this.#readout, xInWords(this.#view.axis, x), rows, near);
    const isRight = place.x(x) > place.left + place.width / 2;
    this.#readout.dataset['side'] = isRight ? 'left' : 'right';
  }

  #announce(): void {
    const [from, to] = this.#wholeSpan();
    const last = sceneSpan(this.#scene)?.[1];
    const at = this.#cursor ?? last ?? from;
    setAttribute(this.#stage, 'aria-label', titleByAxis(this.#title, this.#view.axis));
    setAttribute(this.#stage, 'aria-valuemin', String(from));
    setAttribute(this.#stage, 'aria-valuemax', String(this.#full?.[1] ?? last ?? to));
    setAttribute(this.#stage, 'aria-valuenow', String(at));
    const words =
      last === undefined
        ? l10n.t('no values yet')
        : placeInWords(this.#scene, xInWords(this.#view.axis, at), at);
    setAttribute(this.#stage, 'aria-valuetext', words);
  }
}
