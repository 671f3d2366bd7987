/** The texts of the preview page. */
import { formatCount } from '../../../src/domain/display/format';
import type { Comparison, MeanCosines } from '../../../src/protocol/preview';
import type { ViewsModel } from './model';

const DIGITS = 2;

/** A cosine similarity, with the sign that is easily taken for a hyphen. */
export function cosineText(cosine: number): string {
  return Number.isFinite(cosine) ? cosine.toFixed(DIGITS).replace('-', '\u2212') : '-';
}

/** For example `epoch 3 of 100`; people count from 1. */
export function epochText(epoch: number, epochs: number): string {
  return `epoch ${formatCount(epoch + 1)} of ${formatCount(epochs)}`;
}

/** For example `1-12 of 3,600`; of large images fewer may have been drawn than were asked for. */
export function placesText({ drawn, opened }: ViewsModel): string {
  if (drawn === null || opened === null || drawn.rows.length === 0) return '';
  const last = drawn.first + drawn.rows.length;
  return `${formatCount(drawn.first + 1)}\u2013${formatCount(last)} of ${formatCount(opened.count)}`;
}

/** What the encoder makes of all views on the page, or why it cannot; empty without an encoder. */
export function comparisonText(comparison: Comparison | null): string {
  if (comparison === null) return '';
  if ('problem' in comparison) return comparison.problem;
  const parts = meansParts(comparison.means);
  const step = `Cosine similarity to the encoder at step ${formatCount(comparison.step)}`;
  return parts.length === 0 ? `${step}.` : `${step}, on average: ${parts.join(', ')}.`;
}

function meansParts({ sameImage, sameClass, otherClass }: MeanCosines): string[] {
  const part = (mean: number | null, what: string) => (mean === null ? [] : [`${cosineText(mean)} ${what}`]);
  return [
    ...part(sameImage, 'within an image'),
    ...part(sameClass, 'within a class'),
    ...part(otherClass, 'between classes'),
  ];
}
