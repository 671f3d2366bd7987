/**
 * The frame around a drawing: uPlot keeps scales, axes, crosshair and the rectangle that is dragged; what lies inside
 * is painted by us, because a hundred runs have no common steps and the library wants columns that do.
 */
import uPlot from 'uplot';
import type { XAxis } from '../../../src/domain/series/query';
import type { Span } from '../../../src/domain/series/windows';
import { faintColour, themeColour, themeFont } from '../theme';
import type { Unit } from '../units';
import type { Ticks } from './axes';
import { xGaps, xTick } from './axes';
import { canvasPen } from './canvasPen';
import type { Pen } from './pen';
import { FONT_PX } from './pen';
import type { Geometry } from './scene';

/** What both axes show. */
export interface Ranges {
  readonly x: Span;
  readonly y: Span;
}

/** What a frame is made from. Changing any of it needs another frame. */
export interface FrameOptions {
  readonly target: HTMLElement;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly axis: XAxis;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly unit: Unit;
  readonly ranges: Ranges;
  /** Room to the right of the plot. */
  endsWidth(context: CanvasRenderingContext2D | undefined): number;
  paint(pen: Pen, place: Geometry): void;
  /** The reader dragged over a part of the x axis. */
  onBrush(range: Span): void;
  /** The pointer moved over the plot, in values of x and CSS pixels of y; null when it left. */
  onPoint(at: { readonly x: number; readonly topPx: number } | null): void;
}

/** A live frame. */
export interface Frame {
  readonly element: HTMLElement;
  setRanges(ranges: Ranges): void;
  setSize(widthPx: number, heightPx: number): void;
  /** Moves the crosshair; `onPoint` is not told. */
  showCursor(x: number | null): void;
  repaint(): void;
  /** The ticks as they stand. */
  ticks(): { readonly x: Ticks; readonly y: Ticks };
  geometry(): Geometry;
  readonly canvas: HTMLCanvasElement;
  dispose(): void;
}

const Y_AXIS_PX = 46;
const X_AXIS_PX = 22;
const TOP_PADDING_PX = 8;
const GRID_PERCENT = 14;
const NO_TICKS: Ticks = { places: [], texts: [] };

/** Puts a frame into the target. */
export function createFrame(options: FrameOptions): Frame {
  const state: State = { ranges: options.ranges, endsPx: 0, x: NO_TICKS, y: NO_TICKS, told: undefined };
  const library = new uPlot(libraryOptions(options, state), dataOf(options.ranges), options.target);
  return {
    element: library.root,
    canvas: library.ctx.canvas,
    setRanges: (ranges) => {
      state.ranges = ranges;
      library.setData(dataOf(ranges));
      // The library makes room anew only where a range has changed; a further line may have a longer name.
      if (options.endsWidth(library.ctx) !== state.endsPx) library.redraw(false, true);
    },
    setSize: (width, height) => library.setSize({ width, height }),
    showCursor: (x) => {
      const left = x === null ? -10 : library.valToPos(x, 'x');
      const isOutside = left < 0 || left > library.over.clientWidth;
      library.setCursor({ left: isOutside ? -10 : left, top: isOutside ? -10 : 0 }, false);
    },
    repaint: () => library.redraw(false, true),
    ticks: () => ({ x: state.x, y: state.y }),
    geometry: () => geometryOf(library, state.ranges, options),
    dispose: () => library.destroy(),
  };
}

interface State {
  ranges: Ranges;
  /** Room that the labels at the ends of lines were given, in CSS pixels. */
  endsPx: number;
  x: Ticks;
  y: Ticks;
  /** The movement of the pointer that was told last. */
  told: MouseEvent | undefined;
}

/** The library wants points to have an x axis at all. */
function dataOf({ x }: Ranges): uPlot.AlignedData {
  return [
    [x[0], x[1]],
    [null, null],
  ];
}

function libraryOptions(options: FrameOptions, state: State): uPlot.Options {
  return {
    width: options.widthPx,
    height: options.heightPx,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false, dist: 4 } },
    padding: [TOP_PADDING_PX, (plot) => (state.endsPx = options.endsWidth(plot.ctx)), 0, 0],
    scales: {
      x: { ...distribution(options.logX), time: options.axis === 'wall', range: () => [...state.ranges.x] },
      y: { ...distribution(options.logY), range: () => [...state.ranges.y] },
    },
    axes: [xAxis(options, state), yAxis(options, state)],
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: {
      draw: [
        (plot) =>
          options.paint(canvasPen(plot.ctx, devicePixelRatio), geometryOf(plot, state.ranges, options)),
      ],
      setCursor: [(plot) => tellPoint(plot, options, state)],
      setSelect: [(plot) => tellBrush(plot, options)],
    },
  };
}

/** The library names distributions by an enum that its types declare but its code lacks. */
function distribution(isLogarithmic: boolean): uPlot.Scale {
  const code: unknown = { distr: isLogarithmic ? 3 : 1 };
  return code as uPlot.Scale;
}

/**
 * The library also says that the crosshair is set after each drawing. Told on, that would take a place which the keyboard
 * or another chart has chosen since back to where this chart had it, so only movements of the pointer count, each once.
 */
function tellPoint(plot: uPlot, options: FrameOptions, state: State): void {
  const { event, left = -1, top = -1 } = plot.cursor;
  if (!event || event === state.told) return;
  state.told = event;
  options.onPoint(left < 0 ? null : { x: plot.posToVal(left, 'x'), topPx: top });
}

function tellBrush(plot: uPlot, options: FrameOptions): void {
  const { left, width } = plot.select;
  if (width < 2) return;
  const range: Span = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  options.onBrush(range);
}

function geometryOf(plot: uPlot, { x, y }: Ranges, { logX, logY }: FrameOptions): Geometry {
  const ratio = devicePixelRatio;
  const box = {
    left: plot.bbox.left / ratio,
    top: plot.bbox.top / ratio,
    width: plot.bbox.width / ratio,
    height: plot.bbox.height / ratio,
  };
  return {
    ...box,
    xRange: x,
    x: mapping(x, [box.left, box.left + box.width], logX),
    y: mapping(y, [box.top + box.height, box.top], logY),
  };
}

/** The library's own mapping looks up its scale at each call, which is too slow for a hundred runs. */
function mapping([from, to]: Span, [start, end]: Span, isLog: boolean): (value: number) => number {
  if (!isLog) {
    const slope = (end - start) / (to - from);
    return (value) => start + (value - from) * slope;
  }
  const slope = (end - start) / Math.log(to / from);
  return (value) => (value > 0 ? start + Math.log(value / from) * slope : NaN);
}

function xAxis({ axis, logX }: FrameOptions, state: State): uPlot.Axis {
  const gaps = logX ? undefined : xGaps(axis);
  return {
    ...axisLook(),
    size: X_AXIS_PX,
    space: axis === 'wall' || axis === 'relative' ? 72 : 56,
    ...(gaps ? { incrs: gaps } : {}),
    values: (...[, places, , , gap]) => {
      const texts = textsOf(places, (place) => xTick(axis, place, logX ? place : gap));
      state.x = { places, texts };
      return texts;
    },
  };
}

function yAxis({ unit, logY }: FrameOptions, state: State): uPlot.Axis {
  return {
    ...axisLook(),
    size: Y_AXIS_PX,
    space: 28,
    values: (...[, places, , , gap]) => {
      const texts = textsOf(places, (place) => (logY ? unit.format(place) : unit.tick(place, gap)));
      state.y = { places, texts };
      return texts;
    },
  };
}

/** On logarithmic axes the library blanks places between powers of ten by null. */
function textsOf(places: readonly (number | null)[], textOf: (place: number) => string): string[] {
  return places.map((place) => (place === null ? '' : textOf(place)));
}

function axisLook(): uPlot.Axis {
  return {
    stroke: () => themeColour('--vscode-descriptionForeground'),
    font: themeFont(FONT_PX),
    gap: 4,
    grid: { stroke: () => faintColour('--vscode-foreground', GRID_PERCENT), width: 1 },
    ticks: { show: false },
  };
}
