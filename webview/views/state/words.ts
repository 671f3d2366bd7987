/** The texts of the preview page. */
import * as l10n from '@vscode/l10n';
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
  return l10n.t('epoch {0} of {1}', formatCount(epoch + 1), formatCount(epochs));
}

/** For example `1-12 of 3,600`; of large images fewer may have been drawn than were asked for. */
export function placesText({ drawn, opened }: ViewsModel): string {
  if (drawn === null || opened === null || drawn.rows.length === 0) return '';
  const last = drawn.first + drawn.rows.length;
  return l10n.t({
    message: '{0}–{1} of {2}',
    args: [formatCount(drawn.first + 1), formatCount(last), formatCount(opened.count)],
    comment: ['places of the first and the last sample on the page, and the number of all samples'],
  });
}

/** What the encoder makes of all views on the page, or why it cannot; empty without an encoder. */
export function comparisonText(comparison: Comparison | null): string {
  if (comparison === null) return '';
  if ('problem' in comparison) return comparison.problem;
  const parts = meansParts(comparison.means);
  const step = formatCount(comparison.step);
  return parts.length === 0
    ? l10n.t('Cosine similarity to the encoder at step {0}.', step)
    : l10n.t('Cosine similarity to the encoder at step {0}, on average: {1}.', step, parts.join(', '));
}

function meansParts({ sameImage, sameClass, otherClass }: MeanCosines): string[] {
  return [
    ...(sameImage === null ? [] : [l10n.t('{0} within an image', cosineText(sameImage))]),
    ...(sameClass === null ? [] : [l10n.t('{0} within a class', cosineText(sameClass))]),
    ...(otherClass === null ? [] : [l10n.t('{0} between classes', cosineText(otherClass))]),
  ];
}
