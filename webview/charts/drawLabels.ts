/**
 * Text on the canvas: the last value at the end of each line, the names of the reference lines on them, and
 * a mark where a value was not finite. Sizes are CSS pixels, turned to canvas pixels by the pixel ratio.
 */
import type uPlot from 'uplot';
import type { Aligned } from './align';
import type { ChartSpec } from './spec';
import { DASH_PX } from './spec';
import { nameCentre, spreadLabels } from './labels';
import { themeColour, themeFont } from './theme';

const FONT_PX = 11;
const LINE_HEIGHT_PX = 13;
const GAP_PX = 5;
const HALO_PX = 3;
const WIDTH_STEP_PX = 8;
const MARK_PX = 3;

interface EndLabel {
  readonly text: string;
  readonly colour: string;
  readonly y: number;
}

/** Room to the right of the plot for the labels at line ends, in CSS pixels and in steps, so it rarely moves. */
export function labelWidth(plot: uPlot, spec: ChartSpec, aligned: Aligned): number {
  const context = plot.ctx as CanvasRenderingContext2D | undefined;
  if (!context) return WIDTH_STEP_PX;
  context.save();
  context.font = themeFont(FONT_PX);
  const widths = endTexts(spec, aligned).map(({ text }) => context.measureText(text).width);
  context.restore();
  return Math.ceil((Math.max(0, ...widths) + 2 * GAP_PX) / WIDTH_STEP_PX) * WIDTH_STEP_PX;
}

/** Draws labels and marks over the lines. */
export function drawLabels(plot: uPlot, spec: ChartSpec, aligned: Aligned): void {
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = themeFont(FONT_PX * ratio);
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = HALO_PX * ratio;
  drawNonFiniteMarks(plot, aligned, ratio);
  drawReferenceNames(plot, spec, aligned);
  drawLineEnds(plot, spec, aligned);
  ctx.restore();
}

function endTexts(spec: ChartSpec, aligned: Aligned) {
  return spec.series.flatMap((series, index) => {
    const value = lastNumber(aligned.ys[index] ?? []);
    if (value === undefined) return [];
    const name = series.label === '' ? '' : `${series.label} `;
    return [{ text: name + spec.unit.format(value), colour: series.colour, value }];
  });
}

function drawLineEnds(plot: uPlot, spec: ChartSpec, aligned: Aligned): void {
  const labels: EndLabel[] = endTexts(spec, aligned).map(({ text, colour, value }) => ({
    text,
    colour,
    y: plot.valToPos(value, 'y', true),
  }));
  const { left, width, top, height } = plot.bbox;
  const last = aligned.x[aligned.x.length - 1] ?? 0;
  // Beside reference lines the value stands in the margin, where their names are not.
  const end = spec.references.length > 0 ? left + width : plot.valToPos(last, 'x', true);
  const x = end + GAP_PX * devicePixelRatio;
  const half = (LINE_HEIGHT_PX / 2) * devicePixelRatio;
  const band = { top: top + half / 2, bottom: top + height - half / 2 };
  const centres = spreadLabels(
    labels.map(({ y }) => y),
    LINE_HEIGHT_PX * devicePixelRatio,
    band,
  );
  plot.ctx.textAlign = 'left';
  plot.ctx.strokeStyle = themeColour('--supcon-background');
  labels.forEach(({ text, colour }, index) => {
    plot.ctx.fillStyle = themeColour(colour);
    plot.ctx.strokeText(text, x, centres[index] ?? 0);
    plot.ctx.fillText(text, x, centres[index] ?? 0);
  });
}

function drawReferenceNames(plot: uPlot, spec: ChartSpec, aligned: Aligned): void {
  const { ctx, bbox } = plot;
  const reach = (LINE_HEIGHT_PX / 2 + 1) * devicePixelRatio;
  const band = { top: bbox.top, bottom: bbox.top + bbox.height };
  spec.references.forEach((reference, index) => {
    const value = lastNumber(aligned.ys[spec.series.length + index] ?? []);
    if (value === undefined) return;
    const y = nameCentre(plot.valToPos(value, 'y', true), reference.side, { reach, band });
    ctx.textAlign = 'right';
    drawDashes(plot, aligned, plot.valToPos(value, 'y', true));
    ctx.strokeStyle = themeColour('--supcon-background');
    ctx.fillStyle = themeColour('--vscode-descriptionForeground');
    const text = `${reference.label} ${spec.unit.format(value)}`;
    ctx.strokeText(text, bbox.left + bbox.width, y);
    ctx.fillText(text, bbox.left + bbox.width, y);
  });
}

/** Carries a reference line on from the last step to the edge, where its name stands. */
function drawDashes(plot: uPlot, aligned: Aligned, y: number): void {
  const { ctx, bbox } = plot;
  const last = aligned.x[aligned.x.length - 1] ?? 0;
  ctx.save();
  ctx.strokeStyle = themeColour('--vscode-descriptionForeground');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(DASH_PX.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(plot.valToPos(last, 'x', true), y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** A small cross at the top edge for each step whose value is NaN or infinite. */
function drawNonFiniteMarks(plot: uPlot, aligned: Aligned, ratio: number): void {
  const { ctx, bbox } = plot;
  const size = MARK_PX * ratio;
  const y = bbox.top + size;
  ctx.save();
  ctx.strokeStyle = themeColour('--vscode-charts-red');
  ctx.lineWidth = 1.5 * ratio;
  ctx.beginPath();
  for (const step of aligned.nonFiniteSteps) {
    const x = plot.valToPos(step, 'x', true);
    ctx.moveTo(x - size, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.moveTo(x + size, y - size);
    ctx.lineTo(x - size, y + size);
  }
  ctx.stroke();
  ctx.restore();
}

function lastNumber(values: readonly (number | null | undefined)[]): number | undefined {
  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index];
    if (typeof value === 'number') return value;
  }
  return undefined;
}
