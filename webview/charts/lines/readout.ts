/** What stands at one place of x: the small table beside the crosshair, and the same in one sentence. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import { nearestIndex } from '../../../src/domain/series/windows';
import { element } from '../../dom';
import { createSwatch } from '../swatch';
import type { Scene } from './scene';

/** Lines in the table; with more, those nearest to the pointer. */
const MOST_ROWS = 12;

/** One line at a place. */
export interface ReadoutRow {
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly value: number;
  readonly text: string;
}

/** Every line and band at a place, in the order of the scene. */
export function rowsAt(scene: Scene, x: number): readonly ReadoutRow[] {
  const { unit } = scene;
  const bands = scene.bands.flatMap((band) => {
    const { window } = band;
    const at = nearestIndex(window.x, x);
    if (at < 0) return [];
    const value = window.mean[at] ?? NaN;
    const [mean, low, high] = [value, window.low[at] ?? NaN, window.high[at] ?? NaN].map((one) =>
      unit.format(one),
    );
    const runs = formatCount(window.runs[at] ?? 0);
    const text = l10n.t('{0}, {1} to {2}, n {3}', mean ?? '', low ?? '', high ?? '', runs);
    return [{ ...band, value, text }];
  });
  const lines = scene.lines.flatMap((line) => {
    const { window } = line;
    const at = nearestIndex(window.x, x);
    if (at < 0) return [];
    const value = window.last[at] ?? NaN;
    const smoothed = window.smoothed[at];
    const raw = Number.isNaN(value) ? l10n.t('not finite') : unit.format(value);
    const text = smoothed === undefined ? raw : l10n.t('{0}, raw {1}', unit.format(smoothed), raw);
    return [{ ...line, value, text }];
  });
  return [...bands, ...lines];
}

/** The place of x nearest to a wish at which some line has a bucket. */
export function snap(scene: Scene, x: number): number {
  let best = x;
  let distance = Infinity;
  for (const { window } of [...scene.lines, ...scene.bands]) {
    const at = window.x[nearestIndex(window.x, x)];
    if (at === undefined || Math.abs(at - x) >= distance) continue;
    best = at;
    distance = Math.abs(at - x);
  }
  return best;
}

/** One sentence for assistive technology, with as many lines as can be listened to. */
export function placeInWords(scene: Scene, place: string, x: number): string {
  const rows = rowsAt(scene, x);
  const said = rows.slice(0, MOST_ROWS).map(({ name, text }) => `${name} ${text}`.trim());
  const more = rows.length > MOST_ROWS ? [moreLines(rows.length - MOST_ROWS)] : [];
  return [place, ...said, ...more].join(', ');
}

function moreLines(count: number): string {
  return count === 1 ? l10n.t('and 1 more line') : l10n.t('and {0} more lines', count);
}

/** The table in its holder, which lies over the plot and so moves nothing. */
export function showReadout(
  holder: HTMLElement,
  place: string,
  rows: readonly ReadoutRow[],
  near: number,
): void {
  const shown = nearest(rows, near);
  const body = shown.map(({ name, text, colour, dash }) =>
    element('tr', {}, [
      element('td', {}, [createSwatch(colour, dash)]),
      element('td', { class: 'ellipsis', text: name }),
      element('td', { class: 'number', text }),
    ]),
  );
  const hidden = rows.length - shown.length;
  holder.replaceChildren(
    element('div', {
      class: 'quiet',
      text: hidden > 0 ? l10n.t('{0}, nearest {1} of {2}', place, shown.length, rows.length) : place,
    }),
    element('table', {}, [element('tbody', {}, body)]),
  );
}

/** The rows whose values are nearest to `near`, still in their order. */
function nearest(rows: readonly ReadoutRow[], near: number): readonly ReadoutRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  const distance = ({ value }: ReadoutRow) => (Number.isFinite(value) ? Math.abs(value - near) : Infinity);
  const kept = new Set([...rows].sort((a, b) => distance(a) - distance(b)).slice(0, MOST_ROWS));
  return rows.filter((row) => kept.has(row));
}
