/** Beside the pictures: how the configuration departs from its preset, what is not shown, and warnings with remedies. */
import * as l10n from '@vscode/l10n';
import type { PreviewOpened } from '../../../src/protocol/preview';
import { element, icon, showIf } from '../../dom';
import type { ViewsPanel } from './panel';

/** Creates the list. */
export function createAdvice(): ViewsPanel {
  const list = element('ul');
  const heading = element('h2', { text: l10n.t('About this configuration') });
  const root = element(
    'aside',
    { class: 'advice', attributes: { 'aria-label': l10n.t('About this configuration') } },
    [heading, list],
  );
  let shown: PreviewOpened | null = null;
  return {
    element: root,
    update: ({ phase, opened }) => {
      const count = (opened?.notes.length ?? 0) + (opened?.warnings.length ?? 0);
      showIf(root, phase === 'opened' && count > 0);
      if (opened === null || opened === shown) return;
      shown = opened;
      const warnings = opened.warnings.map(({ cause, remedy }) => createItem('warning', cause, remedy));
      const notes = opened.notes.map((note) => createItem('info', note));
      list.replaceChildren(...warnings, ...notes);
    },
  };
}

function createItem(kind: 'warning' | 'info', text: string, remedy = ''): HTMLElement {
  const glyph = icon(kind);
  glyph.dataset['tone'] = kind === 'warning' ? 'warning' : 'information';
  const lines = [
    element('div', { text: kind === 'warning' ? l10n.t('Warning: {0}', text) : text }),
    element('div', { class: 'quiet', text: remedy }),
  ];
  return element('li', {}, [glyph, element('div', {}, lines)]);
}
