/** Which part of both axes a chart shows: everything there is, in round numbers, or the part that was zoomed to. */
import type { XAxis } from '../../../src/domain/series/query';
import type { Held, Span } from '../../../src/domain/series/windows';
import { spanOfX, spanOfY } from '../../../src/domain/series/windows';
import { axisStart, steppedEnd, steppedRange } from '../range';
import type { Ranges } from './frame';
import type { Scene } from './scene';

/** How a chart is looked at. */
export interface ChartView {
  readonly axis: XAxis;
  readonly logX: boolean;
  readonly logY: boolean;
  /** The zoomed part of the x axis; null is everything. */
  readonly range: Span | null;
  /** Whether some run goes on, so that the axis leaves room for more. */
  readonly isGrowing: boolean;
}

/** Share of values left out at each end where the range is clipped. */
const TAILS = 0.01;
/** A logarithmic axis reaches beyond its values by this factor. */
const LOG_MARGIN = 1.15;
/** Decades below the largest value that a logarithmic axis shows at most. */
const MOST_DECADES = 12;

/** The places of x on which the scene has anything; undefined if it has nothing. */
export function sceneSpan(scene: Scene): Span | undefined {
  return spanOfX([...scene.lines, ...scene.bands].map(({ window }) => window.x));
}

/** Both ranges. `full` is what `sceneSpan` said when everything was asked for. */
export function rangesOf(scene: Scene, view: ChartView, full: Span | undefined): Ranges {
  const x = view.range ?? wholeAxis(full ?? [0, 1], view);
  return { x: view.logX ? positive(x) : x, y: valueRange(scene, { ...view, range: x }) };
}

function wholeAxis([first, last]: Span, { axis, isGrowing, logX }: ChartView): Span {
  // A single place stands in the middle, where its dot is whole.
  if (first === last && !isGrowing) return [first - 1, last + 1];
  if (axis === 'wall' || logX) return [first, last > first ? last : first + 1];
  const start = axisStart(first, last);
  if (isGrowing) return [start, start + steppedEnd(last - start)];
  return [start, last > start ? last : start + 1];
}

function valueRange(scene: Scene, { logY, range }: ChartView): Span {
  const rule = { range, tails: scene.isClipped ? TAILS : 0, positiveOnly: logY };
  const own = spanOfY(heldOf(scene), rule);
  const references = scene.isClipped ? undefined : spanOfY(referencesOf(scene), { ...rule, range: null });
  const span = union(own, references) ?? (logY ? [0.1, 1] : [0, 1]);
  return logY ? logRange(span) : steppedRange(span);
}

function heldOf({ lines, bands }: Scene): Held {
  return {
    lines: new Map(lines.map((line) => [line.key, line])),
    bands: new Map(bands.map((band) => [band.key, band.window])),
  };
}

function referencesOf({ references, lines }: Scene): Held {
  const [line] = lines;
  const entries = line ? references.map(({ label, window }) => [label, { ...line, window }] as const) : [];
  return { lines: new Map(entries), bands: new Map() };
}

function union(a: Span | undefined, b: Span | undefined): Span | undefined {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

function logRange([low, high]: Span): Span {
  return [Math.max(low, high / 10 ** MOST_DECADES) / LOG_MARGIN, high * LOG_MARGIN];
}

/** Step 0 has no place on a logarithmic axis. */
function positive([from, to]: Span): Span {
  const end = to > 0 ? to : 1;
  return [from > 0 ? from : Math.min(1, end / 2), end];
}
