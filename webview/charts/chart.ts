/**
 * One chart of the page: title, plot, crosshair readout and a table of the same numbers. The plot is one
 * tab stop; arrow keys move through its points, and what stands at a point is announced.
 */
import * as l10n from '@vscode/l10n';
import { element, setAttribute, showIf } from '../dom';
import type { Column } from '../../src/domain/series/column';
import { firstStep, lastStep, valuesOf } from '../../src/domain/series/column';
import type { Aligned } from './align';
import { align } from './align';
import { createPlot, type Plot, type PlotData } from './plot';
import type { Extent } from './range';
import { axisStart, finiteExtent, steppedEnd, steppedRange } from './range';
import { createReadout, pointInWords } from './readout';
import { sparse, trailingMean } from './smooth';
import type { ChartSpec } from './spec';
import { tagsOf } from './spec';
import { createChartTable } from './table';
import { onThemeChange } from './theme';

/** A chart on the page. */
export interface Chart {
  readonly element: HTMLElement;
  /** Draws what is new. `growth` says whether the step axis leaves room for more. */
  update(series: ReadonlyMap<string, Column>, growth: Growth): void;
  dispose(): void;
}

/** A growing run's axis ends at a round step, a finished run's at its last. */
export type Growth = 'growing' | 'finished';

const KEY_STRIDE = 10;

/** Creates a chart; `heightPx` is the height of the plot, `heading` stands in place of the plain title. */
export function createChart(spec: ChartSpec, heightPx: number, heading?: HTMLElement): Chart {
  const parts = createParts(spec, heading ?? element('h3', { text: spec.title }));
  const state = { columns: [] as (Column | undefined)[], growth: 'growing' as Growth, data: emptyData() };
  let plot: Plot | undefined;
  const readout = createReadout(spec, parts.readout);
  const showPoint = (index: number | null) => {
    readout.show(state.data.aligned, index);
    announce(parts.stage, spec, state.data.aligned, index);
  };
  const draw = () => {
    const widthPx = parts.stage.clientWidth;
    if (state.data.aligned.x.length === 0) {
      plot?.dispose();
      plot = undefined;
    }
    if (widthPx === 0 || state.data.aligned.x.length === 0) return;
    if (plot) plot.setData(state.data);
    else
      plot = createPlot({
        spec,
        target: parts.stage,
        widthPx,
        heightPx,
        data: state.data,
        onPoint: showPoint,
      });
  };
  const resizing = new ResizeObserver(() => {
    if (plot) plot.setSize(parts.stage.clientWidth, heightPx);
    else draw();
  });
  resizing.observe(parts.stage);
  const stopWatchingTheme = onThemeChange(() => plot?.redraw());
  listenForKeys(parts.stage, () => ({ plot, length: state.data.aligned.x.length }));
  const table = createChartTable(spec, parts.tableHolder);
  parts.toggle.addEventListener('click', () => toggleTable(parts, () => table.update(state.data.aligned)));
  return {
    element: parts.figure,
    update: (series, growth) => {
      const columns = tagsOf(spec).map((tag) => series.get(tag));
      if (!changed(state, columns, growth)) return;
      Object.assign(state, { columns, growth, data: plotData(spec, columns, growth) });
      showEmptiness(parts, spec, state.data.aligned);
      draw();
      if (!parts.tableHolder.hidden) table.update(state.data.aligned);
      announce(parts.stage, spec, state.data.aligned, plot?.index ?? null);
    },
    dispose: () => {
      resizing.disconnect();
      stopWatchingTheme();
      plot?.dispose();
    },
  };
}

/** What the chart holds: the numbers as recorded beside those that are drawn. */
interface ChartData extends PlotData {
  readonly aligned: Aligned;
}

interface Parts {
  readonly figure: HTMLElement;
  readonly stage: HTMLElement;
  readonly readout: HTMLElement;
  readonly empty: HTMLElement;
  readonly toggle: HTMLButtonElement;
  readonly tableHolder: HTMLElement;
}

function createParts(spec: ChartSpec, heading: HTMLElement): Parts {
  const asTable = l10n.t('{0} as a table', spec.title);
  const toggle = element('button', {
    class: 'icon-button codicon codicon-table',
    attributes: { type: 'button', 'aria-pressed': 'false', 'aria-label': asTable },
  });
  toggle.title = asTable;
  const stage = element('div', {
    class: 'chart-stage',
    attributes: {
      role: 'slider',
      tabindex: '0',
      'aria-label': l10n.t('{0}, by step', spec.title),
      'aria-valuenow': '0',
    },
  });
  const readout = element('div', { class: 'chart-readout', attributes: { 'aria-hidden': 'true' } });
  const empty = element('p', { class: 'chart-empty', text: l10n.t('No values yet') });
  const tableHolder = element('div', { class: 'chart-table' });
  tableHolder.hidden = true;
  const caption = element('figcaption', {}, [heading, toggle]);
  const body = element('div', { class: 'chart-body' }, [stage, readout, empty]);
  const figure = element('figure', { class: 'chart' }, [caption, body, tableHolder]);
  figure.hidden = spec.whileEmpty === 'hidden';
  return { figure, stage, readout, empty, toggle, tableHolder };
}

function emptyData(): ChartData {
  const aligned = align([]);
  return { aligned, drawn: aligned, xRange: [0, 10], yRange: [0, 1] };
}

function changed(
  state: { columns: readonly (Column | undefined)[]; growth: Growth },
  columns: readonly (Column | undefined)[],
  growth: Growth,
): boolean {
  return growth !== state.growth || columns.some((column, index) => column !== state.columns[index]);
}

function plotData(spec: ChartSpec, columns: readonly (Column | undefined)[], growth: Growth): ChartData {
  const aligned = align(columns);
  const extent = finiteExtent(columns.flatMap((column) => (column ? [valuesOf(column)] : [])));
  return {
    aligned,
    drawn: calm(aligned, spec),
    xRange: stepRange(columns, growth),
    yRange: steppedRange(extent ?? [0, 1]),
  };
}

/** Lines as they are, reference lines without their jitter. */
function calm(aligned: Aligned, spec: ChartSpec): Aligned {
  const ys = aligned.ys.map((values, index) =>
    index < spec.series.length ? values : sparse(trailingMean(values)),
  );
  return { ...aligned, ys };
}

function stepRange(columns: readonly (Column | undefined)[], growth: Growth): Extent {
  const last = Math.max(1, ...columns.map((column) => lastStep(column) ?? 0));
  const first = Math.min(last, ...columns.map((column) => firstStep(column) ?? last));
  const start = axisStart(first, last);
  return [start, growth === 'growing' ? start + steppedEnd(last - start) : Math.max(start + 1, last)];
}

function showEmptiness(parts: Parts, spec: ChartSpec, aligned: Aligned): void {
  const isEmpty = aligned.x.length === 0;
  showIf(parts.empty, isEmpty);
  showIf(parts.figure, !isEmpty || spec.whileEmpty === 'shown');
}

function toggleTable(parts: Parts, fill: () => void): void {
  const showTable = parts.tableHolder.hidden;
  showIf(parts.tableHolder, showTable);
  setAttribute(parts.toggle, 'aria-pressed', String(showTable));
  if (showTable) fill();
}

function announce(stage: HTMLElement, spec: ChartSpec, aligned: Aligned, index: number | null): void {
  const at = index ?? aligned.x.length - 1;
  setAttribute(stage, 'aria-valuemin', '0');
  setAttribute(stage, 'aria-valuemax', String(aligned.x[aligned.x.length - 1] ?? 0));
  setAttribute(stage, 'aria-valuenow', String(aligned.x[at] ?? 0));
  setAttribute(stage, 'aria-valuetext', pointInWords(spec, aligned, at) || l10n.t('no values yet'));
}

/** Arrow keys move by a point, with Shift or Page keys by ten; Home and End go to the ends. */
function listenForKeys(stage: HTMLElement, current: () => { plot: Plot | undefined; length: number }): void {
  stage.addEventListener('keydown', (event) => {
    const { plot, length } = current();
    if (!plot || length === 0) return;
    const stride = event.shiftKey ? KEY_STRIDE : 1;
    const index = plot.index ?? length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: index - stride,
      ArrowRight: index + stride,
      PageDown: index - KEY_STRIDE,
      PageUp: index + KEY_STRIDE,
      Home: 0,
      End: length - 1,
    };
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    plot.pointAt(Math.min(length - 1, Math.max(0, target)));
  });
}
