/** Box plots as SVG text (Tukey, 1977): box from quartile to quartile, whiskers to the farthest value within 1.5. */
import { quantile } from '../statistics/quantile';

export interface Box {
  readonly label: string;
  readonly values: readonly number[];
}

export interface BoxPlotOptions {
  /** What the axis shows, for example `accuracy, %`. */
  readonly axis: string;
  readonly format: (value: number) => string;
}

const WIDTH = 560;
const ROW_HEIGHT = 44;
const LEFT = 150;
const RIGHT = 24;
const TOP = 12;
const AXIS_HEIGHT = 44;
const TICKS = 5;
const ROUND_STEPS = [1, 2, 5, 10];
const WHISKER = 1.5;

/** A horizontal box a row, every value as a dot, one axis below; colours are those of the reader's text. */
export function boxPlot(boxes: readonly Box[], options: BoxPlotOptions): string {
  const all = boxes.flatMap(({ values }) => [...values]);
  const scale = scaleOf(Math.min(...all), Math.max(...all));
  const height = TOP + boxes.length * ROW_HEIGHT + AXIS_HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="currentColor" stroke="none">`,
    ...boxes.map((box, row) => drawBox(box, TOP + (row + 0.5) * ROW_HEIGHT, scale)),
    drawAxis(scale, TOP + boxes.length * ROW_HEIGHT, options),
    '</svg>',
    '',
  ].join('\n');
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly at: (value: number) => number;
}

/** A twentieth of room at both ends; a single value sits in the middle. */
function scaleOf(least: number, most: number): Scale {
  const room = (most - least) / 20 || Math.abs(most) / 20 || 1;
  const low = least - room;
  const high = most + room;
  return { low, high, at: (value) => LEFT + ((value - low) / (high - low)) * (WIDTH - LEFT - RIGHT) };
}

function drawBox({ label, values }: Box, y: number, { at }: Scale): string {
  const [first, median, third] = [0.25, 0.5, 0.75].map((p) => quantile(values, p));
  const reach = WHISKER * (third - first);
  const inside = values.filter((value) => value >= first - reach && value <= third + reach);
  const [low, high] = [Math.min(...inside), Math.max(...inside)];
  const x = (value: number) => at(value).toFixed(1);
  return [
    `<text x="${LEFT - 12}" y="${y + 4}" text-anchor="end">${escapeText(label)}</text>`,
    `<path d="M${x(low)} ${y}H${x(first)}M${x(third)} ${y}H${x(high)}" stroke="currentColor" fill="none"/>`,
    `<rect x="${x(first)}" y="${y - 10}" width="${(at(third) - at(first)).toFixed(1)}" height="20" stroke="currentColor" fill="none"/>`,
    `<path d="M${x(median)} ${y - 10}V${y + 10}" stroke="currentColor" stroke-width="2"/>`,
    ...values.map((value) => `<circle cx="${x(value)}" cy="${y}" r="2.5" fill-opacity="0.5"/>`),
  ].join('\n');
}

function drawAxis({ low, high, at }: Scale, y: number, { axis, format }: BoxPlotOptions): string {
  return [
    `<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="currentColor"/>`,
    ...roundTicks(low, high).map(
      (value) =>
        `<path d="M${at(value).toFixed(1)} ${y}v4" stroke="currentColor"/>` +
        `<text x="${at(value).toFixed(1)}" y="${y + 18}" text-anchor="middle">${escapeText(format(value))}</text>`,
    ),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${y + 36}" text-anchor="middle">${escapeText(axis)}</text>`,
  ].join('\n');
}

/** Values at multiples of 1, 2 or 5 times a power of ten, about as many as there is room for. */
function roundTicks(low: number, high: number): number[] {
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ROUND_STEPS.map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
