/** What the section of the curves says in words: what is awaited, what is not drawn, and why. */
import * as l10n from '@vscode/l10n';
import type { CurveMessage } from '../../../src/protocol/pages/diff';
import { element } from '../../dom';
import type { CurveRunLook } from './scene';

/** A paragraph each; none where everything is drawn. */
export function noticesOf(
  told: Extract<CurveMessage, { type: 'curves' }> | undefined,
  runs: readonly CurveRunLook[],
): HTMLElement[] {
  if (told === undefined) return paragraphs([l10n.t('Reading the curves.')]);
  const { choice, isRead } = told;
  const without = runs.filter(({ folder }) => choice.without.includes(folder)).map(({ letter }) => letter);
  if (!isRead) return paragraphs([choice.note, l10n.t('Reading the curves.')]);
  const isEmpty = choice.tags.length === 0 && without.length < runs.length;
  return paragraphs([
    choice.note,
    without.length > 0 ? l10n.t('No curves are recorded for {0}.', without.join(', ')) : '',
    isEmpty ? l10n.t('These runs record no common tag, so there is nothing to lay over each other.') : '',
  ]);
}

function paragraphs(texts: readonly string[]): HTMLElement[] {
  return texts.filter((text) => text !== '').map((text) => element('p', { class: 'quiet', text }));
}
