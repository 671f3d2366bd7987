/**
 * Keys, wheel and double click on a chart. Arrow keys move the crosshair by a bucket, with Shift by ten; Home and End
 * go to the ends; plus and minus zoom; with Alt the arrows move the visible part; 0 and Escape show everything.
 * The wheel zooms with Ctrl and moves with Shift, so that the page still scrolls without.
 */
import type { Span } from '../../../src/domain/series/windows';

/** What navigation needs of a chart, and what it asks of it. */
export interface Navigable {
  /** The visible part of the x axis, and all of it. */
  span(): Span;
  whole(): Span;
  isLog(): boolean;
  place(): number | null;
  xAt(clientX: number): number;
  neighbour(from: number | null, by: number): number | null;
  onPlace(x: number): void;
  onZoom(range: Span | null): void;
}

const STRIDE = 10;
const ZOOM_STEP = 0.7;
const WHEEL_ZOOM = 0.0015;
const PAN_SHARE = 0.2;
/** The visible part may not become smaller than this share of the whole: numbers run out of digits. */
const SMALLEST_SHARE = 1e-9;

/** Listens on the stage of a chart. */
export function listenToReader(stage: HTMLElement, chart: Navigable): void {
  stage.addEventListener('keydown', (event) => {
    if (isOther(event)) return;
    const act = actionOf(event, chart);
    if (!act) return;
    event.preventDefault();
    act();
  });
  stage.addEventListener('wheel', (event) => turnWheel(event, chart), { passive: false });
  stage.addEventListener('dblclick', () => chart.onZoom(null));
}

/** The range after zooming by a factor around a place; null when everything is visible again. */
export function zoomed([from, to]: Span, whole: Span, { centre, factor, isLog }: Zoom): Span | null {
  if (isLog) {
    const logs = (span: Span): Span => [Math.log(span[0]), Math.log(span[1])];
    const result = zoomed(logs([from, to]), logs(whole), { centre: Math.log(centre), factor, isLog: false });
    return result && [Math.exp(result[0]), Math.exp(result[1])];
  }
  const length = whole[1] - whole[0];
  if ((to - from) * factor < length * SMALLEST_SHARE) return [from, to];
  const next: Span = [centre - (centre - from) * factor, centre + (to - centre) * factor];
  const kept: Span = [Math.max(whole[0], next[0]), Math.min(whole[1], next[1])];
  return kept[0] <= whole[0] && kept[1] >= whole[1] ? null : kept;
}

/** How to zoom: below 1 comes nearer. */
export interface Zoom {
  readonly centre: number;
  readonly factor: number;
  readonly isLog: boolean;
}

/** The range moved by a share of its length, inside the whole. */
export function panned([from, to]: Span, whole: Span, share: number): Span {
  const wanted = (to - from) * share;
  const shift = Math.min(whole[1] - to, Math.max(whole[0] - from, wanted));
  return [from + shift, to + shift];
}

/** Keys with Ctrl or Meta belong to the editor. */
function isOther(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey;
}

function actionOf(event: KeyboardEvent, chart: Navigable): (() => void) | undefined {
  const stride = event.shiftKey ? STRIDE : 1;
  const move = (from: number | null, by: number) => () => {
    const x = chart.neighbour(from, by);
    if (x !== null) chart.onPlace(x);
  };
  const zoom = (factor: number) => () => zoomBy(chart, chart.place() ?? middle(chart.span()), factor);
  const pan = (share: number) => () => chart.onZoom(panned(chart.span(), chart.whole(), share));
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: event.altKey ? pan(-PAN_SHARE) : move(chart.place(), -stride),
    ArrowRight: event.altKey ? pan(PAN_SHARE) : move(chart.place(), stride),
    PageDown: move(chart.place(), -STRIDE),
    PageUp: move(chart.place(), STRIDE),
    Home: move(-Infinity, 0),
    End: move(Infinity, 0),
    '+': zoom(ZOOM_STEP),
    '=': zoom(ZOOM_STEP),
    '-': zoom(1 / ZOOM_STEP),
    '0': () => chart.onZoom(null),
    Escape: () => chart.onZoom(null),
  };
  return actions[event.key];
}

function turnWheel(event: WheelEvent, chart: Navigable): void {
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    zoomBy(chart, chart.xAt(event.clientX), Math.exp(event.deltaY * WHEEL_ZOOM));
  } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    event.preventDefault();
    const turned = event.deltaX === 0 ? event.deltaY : event.deltaX;
    chart.onZoom(panned(chart.span(), chart.whole(), turned * WHEEL_ZOOM));
  }
}

function zoomBy(chart: Navigable, centre: number, factor: number): void {
  chart.onZoom(zoomed(chart.span(), chart.whole(), { centre, factor, isLog: chart.isLog() }));
}

function middle([from, to]: Span): number {
  return (from + to) / 2;
}
