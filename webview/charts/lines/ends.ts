/** The texts at the ends of lines: each line's name and last value, and the names of reference lines on them. */
import { cutApart } from '../../../src/domain/display/shortNames';
import { nameCentre, spreadLabels } from '../labels';
import { themeColour, themeFont } from '../theme';
import type { Pen } from './pen';
import { FONT_PX } from './pen';
import type { Geometry, LineLook, Scene } from './scene';

const LINE_HEIGHT_PX = 13;
const GAP_PX = 5;
const MOST_NAME_CHARACTERS = 18;
const FEWEST_NAME_CHARACTERS = 5;
/** About what a character takes, and what a value with its unit does. */
const CHARACTER_PX = 6;
const VALUE_PX = 48;
/** In steps, so that the plot rarely changes its width. */
const WIDTH_STEP_PX = 8;
/** Share of a chart's width that labels may take. */
const MOST_SHARE = 0.38;

interface EndLabel extends LineLook {
  readonly text: string;
  readonly value: number;
}

/** Room to the right of the plot for the labels, in CSS pixels. */
export function endsWidth(context: CanvasRenderingContext2D | undefined, scene: Scene, sizePx: Size): number {
  if (!context) return WIDTH_STEP_PX;
  context.save();
  context.font = themeFont(FONT_PX);
  const widths = endLabels(scene, sizePx).map(({ text }) => context.measureText(text).width);
  context.restore();
  const wanted = Math.ceil((Math.max(0, ...widths) + 2 * GAP_PX) / WIDTH_STEP_PX) * WIDTH_STEP_PX;
  return Math.min(wanted, Math.floor(sizePx.width * MOST_SHARE));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Draws the texts over everything else. */
export function paintEnds(pen: Pen, scene: Scene, place: Geometry, size: Size): void {
  const labels = endLabels(scene, size);
  const half = LINE_HEIGHT_PX / 2;
  const band = { top: place.top + half / 2, bottom: place.top + place.height - half / 2 };
  const wanted = labels.map(({ value }) => clamp(place.y(value), place.top, place.top + place.height));
  const centres = spreadLabels(wanted, LINE_HEIGHT_PX, band);
  const halo = themeColour('--supcon-background');
  labels.forEach(({ text, colour }, index) => {
    const x = place.left + place.width + GAP_PX;
    pen.text(text, x, centres[index] ?? 0, { colour: themeColour(colour), align: 'left', halo });
  });
  paintReferenceNames(pen, scene, place, halo);
}

/** With more lines than there is room for, only those that are not faded are named. */
function endLabels(scene: Scene, { width, height }: Size): readonly EndLabel[] {
  const named = endValues(scene).filter(({ isFaded }) => !isFaded);
  const rows = Math.floor(height / LINE_HEIGHT_PX) - 1;
  if (named.length > rows) return [];
  const room = Math.floor((width * MOST_SHARE - 2 * GAP_PX - VALUE_PX) / CHARACTER_PX);
  const length = Math.min(MOST_NAME_CHARACTERS, Math.max(FEWEST_NAME_CHARACTERS, room));
  const names = cutApart(
    named.map(({ name }) => name),
    length,
  );
  return named.map((end, i) => ({
    ...end,
    text: `${names[i] ?? ''} ${scene.unit.format(end.value)}`.trim(),
  }));
}

/** The last finite value of each line and band that has one, bands first. */
function endValues({ bands, lines }: Scene): readonly (LineLook & { name: string; value: number })[] {
  const ofBands = bands.map(({ window, ...band }) => ({ ...band, values: window.mean }));
  const ofLines = lines.map(({ window, ...line }) => ({
    ...line,
    values: window.smoothed.length > 0 ? window.smoothed : window.last,
  }));
  return [...ofBands, ...ofLines].flatMap(({ values, ...end }) => {
    const value = lastFinite(values);
    return value === undefined ? [] : [{ ...end, value }];
  });
}

function paintReferenceNames(pen: Pen, { references, unit }: Scene, place: Geometry, halo: string): void {
  const colour = themeColour('--vscode-descriptionForeground');
  const band = { top: place.top, bottom: place.top + place.height };
  for (const { window, label, side } of references) {
    const value = lastFinite(window.smoothed.length > 0 ? window.smoothed : window.last);
    if (value === undefined) continue;
    const y = place.y(value);
    if (!(y >= place.top && y <= place.top + place.height)) continue;
    const text = `${label} ${unit.format(value)}`;
    const centre = nameCentre(y, side, { reach: LINE_HEIGHT_PX / 2 + 1, band });
    pen.text(text, place.left + place.width - 2, centre, { colour, align: 'right', halo });
  }
}

function lastFinite(values: Float64Array): number | undefined {
  for (let i = values.length - 1; i >= 0; i--) if (Number.isFinite(values[i])) return values[i];
  return undefined;
}

function clamp(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? high : Math.min(high, Math.max(low, value));
}
