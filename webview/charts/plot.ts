/**
 * The wrapper around uPlot: one canvas, its axes, lines and labels at the ends of lines. Every colour is a
 * function, read at each drawing, so a change of theme needs no more than a redraw.
 */
import uPlot from 'uplot';
import { formatCount, formatNumber } from '../../src/domain/display/format';
import type { Aligned } from './align';
import type { Extent } from './range';
import type { ChartSpec } from './spec';
import { DASH_PX } from './spec';
import { drawLabels, labelWidth } from './drawLabels';
import { faintColour, themeColour, themeFont } from './theme';

/** What the plot draws now. */
export interface PlotData {
  readonly drawn: Aligned;
  readonly xRange: Extent;
  readonly yRange: Extent;
}

/** A live plot. */
export interface Plot {
  setData(data: PlotData): void;
  setSize(widthPx: number, heightPx: number): void;
  /** Moves the crosshair to a point by index. */
  pointAt(index: number): void;
  /** The index under the crosshair, or null. */
  readonly index: number | null;
  redraw(): void;
  dispose(): void;
}

/** What a plot is made from. */
export interface PlotOptions {
  readonly spec: ChartSpec;
  readonly target: HTMLElement;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: PlotData;
  /** Called when the crosshair moves to another point, with null when it leaves. */
  onPoint(index: number | null): void;
}

const LINE_WIDTH_PX = 1.5;
const FONT_PX = 11;
const GRID_PERCENT = 14;
const Y_AXIS_PX = 44;
const X_AXIS_PX = 22;
const TOP_PADDING_PX = 8;
const REFERENCE_COLOUR = '--vscode-descriptionForeground';

/** Draws a chart into the target. */
export function createPlot(options: PlotOptions): Plot {
  let data = options.data;
  const library = new uPlot(
    libraryOptions(options, () => data),
    asLibraryData(data),
    options.target,
  );
  return {
    setData: (next) => {
      data = next;
      library.setData(asLibraryData(next));
    },
    setSize: (width, height) => library.setSize({ width, height }),
    pointAt: (index) => movePointer(library, index),
    get index() {
      return library.cursor.idx ?? null;
    },
    redraw: () => library.redraw(false, false),
    dispose: () => library.destroy(),
  };
}

function asLibraryData({ drawn }: PlotData): uPlot.AlignedData {
  return [drawn.x, ...drawn.ys];
}

function libraryOptions(options: PlotOptions, current: () => PlotData): uPlot.Options {
  const { spec } = options;
  return {
    width: options.widthPx,
    height: options.heightPx,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 6 } },
    padding: [TOP_PADDING_PX, (plot) => labelWidth(plot, spec, current().drawn), 0, 0],
    scales: {
      x: { time: false, range: () => [...current().xRange] },
      y: { range: () => [...current().yRange] },
    },
    axes: [stepAxis(), valueAxis(spec)],
    series: [{}, ...lines(spec)],
    hooks: {
      draw: [(plot) => drawLabels(plot, spec, current().drawn)],
      setCursor: [(plot) => options.onPoint(plot.cursor.idx ?? null)],
    },
  };
}

function lines(spec: ChartSpec): uPlot.Series[] {
  const shown = spec.series.map(({ colour }) => ({
    stroke: () => themeColour(colour),
    width: LINE_WIDTH_PX,
    points: { show: isolated, size: 4, stroke: () => themeColour(colour), fill: () => themeColour(colour) },
  }));
  const references = spec.references.map(() => ({
    stroke: () => themeColour(REFERENCE_COLOUR),
    width: 1,
    dash: [...DASH_PX],
    points: { show: false },
  }));
  return [...shown, ...references];
}

/** Dots are drawn only while there are too few points for a line to be seen. */
function isolated(plot: uPlot, seriesIndex: number): boolean {
  const values = plot.data[seriesIndex] ?? [];
  let seen = 0;
  for (const value of values) if (typeof value === 'number' && ++seen > 12) return false;
  return true;
}

function stepAxis(): uPlot.Axis {
  return {
    ...axisLook(),
    size: X_AXIS_PX,
    space: 56,
    incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6],
    values: (_, splits) => splits.map((step) => (step >= 1e6 ? formatNumber(step) : formatCount(step))),
  };
}

function valueAxis(spec: ChartSpec): uPlot.Axis {
  return {
    ...axisLook(),
    size: Y_AXIS_PX,
    space: 28,
    values: (...[, splits, , , gap]) => splits.map((value) => spec.unit.tick(value, gap)),
  };
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

function movePointer(library: uPlot, index: number): void {
  const x = library.data[0][index];
  if (x === undefined) return;
  library.setCursor({ left: library.valToPos(x, 'x'), top: library.over.clientHeight / 2 });
}
