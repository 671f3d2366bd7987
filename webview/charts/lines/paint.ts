/**
 * Draws lines and bands. Between the minimum and the maximum of each bucket lies a fill, so that no spike is lost
 * where buckets hold many points; with very many lines the line itself goes through both instead.
 */
import type { LineWindow } from '../../../src/domain/series/query';
import { indexRange } from '../../../src/domain/series/windows';
import { DASH_PX } from '../spec';
import { themeColour } from '../theme';
import type { MarkShape, Pen, Stroke } from './pen';
import type { Geometry, Scene, SceneBand, SceneLine } from './scene';

const LINE_PX = 1.5;
/**
 * With more lines than this they are drawn one device pixel wide and solid, twenty times faster in software than
 * wider ones (measured: 18 ms against 390 ms for 100 lines of 720 points): dashes could not be told apart anyway,
 * and the run that is pointed at stands out by all of its look.
 */
const CROWD = 12;
const FILL_ALPHA = 0.22;
const RAW_ALPHA = 0.35;
const FADED = 0.18;
/** Smallest distance between marks, so that they stay single. */
const MARK_GAP_PX = 7;
/** A spread below this is as wide as the line. */
const VISIBLE_SPREAD_PX = 1;
const REFERENCE_COLOUR = '--vscode-descriptionForeground';

/** Draws everything inside the frame, back to front. */
export function paintScene(pen: Pen, scene: Scene, place: Geometry): void {
  const isCrowded = scene.lines.length > CROWD;
  pen.clipped(place, () => {
    for (const reference of scene.references) paintReference(pen, reference.window, place);
    for (const band of scene.bands) paintBand(pen, band, place);
    for (const line of scene.lines) if (!isCrowded) paintSpread(pen, line, place);
    const isPointed = scene.lines.some(({ isFaded }) => isFaded);
    // What is pointed at lies above the faded others.
    for (const line of [...scene.lines].sort((a, b) => Number(b.isFaded) - Number(a.isFaded))) {
      const isThin = isCrowded && (line.isFaded || !isPointed);
      paintLine(pen, line, place, { isCrowded: isThin, isSmoothed: scene.isSmoothed });
    }
  });
  for (const line of scene.lines) paintNonFinite(pen, line.window, place);
  if (scene.isClipped) for (const line of scene.lines) paintOutliers(pen, line, place);
}

interface Manner {
  readonly isCrowded: boolean;
  readonly isSmoothed: boolean;
}

function paintLine(pen: Pen, line: SceneLine, place: Geometry, { isCrowded, isSmoothed }: Manner): void {
  const { window } = line;
  const isRawBehind = isSmoothed && window.smoothed.length > 0;
  const points =
    isCrowded && !isRawBehind ? throughExtremes(window, place) : along(window, window.last, place);
  const stroke = isCrowded ? hairline(line) : strokeOf(line, LINE_PX);
  if (!(isRawBehind && isCrowded)) {
    const raw = { ...stroke, widthPx: 1, alpha: stroke.alpha * RAW_ALPHA, dash: [] };
    pen.polyline(points, isRawBehind ? raw : stroke);
  }
  if (isRawBehind) pen.polyline(along(window, window.smoothed, place), stroke);
  if (!isCrowded) paintLonePoints(pen, points, stroke);
}

function paintSpread(pen: Pen, line: SceneLine, place: Geometry): void {
  const { window } = line;
  if (window.perBucket === 1) return;
  const alpha = FILL_ALPHA * (line.isFaded ? FADED : 1);
  pen.area(
    along(window, window.max, place),
    along(window, window.min, place),
    themeColour(line.colour),
    alpha,
  );
}

function paintBand(pen: Pen, band: SceneBand, place: Geometry): void {
  const { window } = band;
  const alpha = FILL_ALPHA * (band.isFaded ? FADED : 1);
  pen.area(
    along(window, window.high, place),
    along(window, window.low, place),
    themeColour(band.colour),
    alpha,
  );
  const mean = along(window, window.mean, place);
  pen.polyline(mean, strokeOf(band, LINE_PX));
  paintLonePoints(pen, mean, strokeOf(band, LINE_PX));
}

function paintReference(pen: Pen, window: LineWindow, place: Geometry): void {
  const points = along(window, window.smoothed.length > 0 ? window.smoothed : window.last, place);
  const last = points.at(-1);
  // Carried on to the edge, where its name stands.
  if (last !== undefined) points.push(place.left + place.width, last);
  pen.polyline(points, { colour: themeColour(REFERENCE_COLOUR), widthPx: 1, dash: DASH_PX, alpha: 1 });
}

function strokeOf(line: Pick<SceneLine, 'colour' | 'dash' | 'isFaded'>, widthPx: number): Stroke {
  return { colour: themeColour(line.colour), widthPx, dash: line.dash, alpha: line.isFaded ? FADED : 1 };
}

function hairline(line: Pick<SceneLine, 'colour' | 'dash' | 'isFaded'>): Stroke {
  return { ...strokeOf(line, 1 / devicePixelRatio), dash: [] };
}

/** The points of a column inside the visible range, with one on either side; NaN where there is none. */
function along({ x }: { readonly x: Float64Array }, column: Float64Array, place: Geometry): number[] {
  const [from, to] = indexRange(x, place.xRange);
  const points: number[] = [];
  for (let i = from; i < to; i++) points.push(place.x(x[i] ?? NaN), place.y(column[i] ?? NaN));
  return points;
}

/** The line through minimum, maximum and last value of each bucket. */
function throughExtremes(window: LineWindow, place: Geometry): number[] {
  const [from, to] = indexRange(window.x, place.xRange);
  const points: number[] = [];
  for (let i = from; i < to; i++) {
    const x = place.x(window.x[i] ?? NaN);
    const low = place.y(window.min[i] ?? NaN);
    const high = place.y(window.max[i] ?? NaN);
    if (low - high > VISIBLE_SPREAD_PX) points.push(x, low, x, high);
    points.push(x, place.y(window.last[i] ?? NaN));
  }
  return points;
}

/** A point between gaps has no line: it gets a dot. */
function paintLonePoints(pen: Pen, points: readonly number[], { colour, alpha }: Stroke): void {
  const isThere = (i: number) => !Number.isNaN(points[i + 1] ?? NaN);
  if (alpha < 1) return;
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (isThere(i) && !isThere(i - 2) && !isThere(i + 2))
      pen.mark('dot', points[i] ?? 0, points[i + 1] ?? 0, colour);
  }
}

/** A cross at the top edge where some value was NaN or infinite. */
function paintNonFinite(pen: Pen, window: LineWindow, place: Geometry): void {
  const colour = themeColour('--vscode-charts-red');
  paintMarks(pen, window, place, (i) =>
    (window.nonFinite[i] ?? 0) > 0 ? { shape: 'cross', colour } : undefined,
  );
}

/** A triangle at the edge beyond which a bucket reaches. */
function paintOutliers(pen: Pen, line: SceneLine, place: Geometry): void {
  const { window } = line;
  const colour = themeColour(line.colour);
  const bottom = place.top + place.height;
  paintMarks(pen, window, place, (i) => {
    if (place.y(window.max[i] ?? NaN) < place.top) return { shape: 'up', colour };
    if (place.y(window.min[i] ?? NaN) > bottom) return { shape: 'down', colour };
    return undefined;
  });
}

type Mark = { readonly shape: MarkShape; readonly colour: string };

function paintMarks(
  pen: Pen,
  window: LineWindow,
  place: Geometry,
  markAt: (i: number) => Mark | undefined,
): void {
  const [from, to] = indexRange(window.x, place.xRange);
  let last = -Infinity;
  for (let i = from; i < to; i++) {
    const mark = markAt(i);
    const x = place.x(window.x[i] ?? NaN);
    const isInside = x >= place.left && x <= place.left + place.width;
    if (!mark || !isInside || x - last < MARK_GAP_PX) continue;
    const inset = 5;
    pen.mark(
      mark.shape,
      x,
      mark.shape === 'down' ? place.top + place.height - inset : place.top + inset,
      mark.colour,
    );
    last = x;
  }
}
