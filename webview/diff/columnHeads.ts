/** The columns: which runs stand beside each other, the baseline first. It stays in view above all sections. */
import * as l10n from '@vscode/l10n';
import { letterOf, titlesOf } from '../../src/domain/diff/columns';
import type { DiffColumn } from '../../src/domain/diff/runDiff';
import type { Openable, PageMessage } from '../../src/protocol/pages/diff';
import { createCutText } from '../cutText';
import { element, icon, setAttribute } from '../dom';
import type { DiffContext } from './context';

/** One head a column, in the grid of the sections. */
export function createColumnHeads({ diff, post }: DiffContext): HTMLElement {
  const titles = titlesOf(diff.columns);
  const heads = diff.columns.map((column, place) =>
    headOf(column, { place, title: titles[place] ?? '', post }),
  );
  const corner = element('div', { class: 'corner', attributes: { 'aria-hidden': 'true' } });
  return element('div', { class: 'column-heads' }, [corner, ...heads]);
}

interface HeadOptions {
  readonly place: number;
  readonly title: string;
  readonly post: (message: PageMessage) => void;
}

function headOf(column: DiffColumn, { place, title, post }: HeadOptions): HTMLElement {
  const letter = element('span', { class: 'letter', text: letterOf(place) });
  const isRun = column.kind !== 'configuration';
  const name = nameButton(title, column.key);
  name.addEventListener('click', () =>
    post({ type: 'open', column: place, what: isRun ? 'dashboard' : 'configuration' }),
  );
  const stateIcon = icon(column.icon);
  setAttribute(stateIcon, 'data-colour', column.colour);
  const words = [
    place === 0 ? l10n.t('baseline') : '',
    column.state,
    column.seed === null ? '' : l10n.t('seed {0}', column.seed),
    column.replicates > 1 ? l10n.t('{0} seeds', column.replicates) : '',
  ].filter((word) => word !== '');
  const line = element('p', { class: 'quiet ellipsis', text: words.join(' · ') });
  const buttons = isRun ? runButtons(title, place, post) : [];
  if (place > 0) buttons.unshift(baselineButton(title, place, post));
  const titleRow = element('div', { class: 'head-row' }, [letter, stateIcon, name]);
  const second = element('div', { class: 'head-row' }, [
    line,
    element('span', { class: 'head-actions' }, buttons),
  ]);
  return element('div', { class: place === 0 ? 'column-head baseline' : 'column-head' }, [titleRow, second]);
}

/** The name, cut in the middle. */
function nameButton(title: string, key: string): HTMLElement {
  const name = createCutText();
  name.show(title);
  const attributes = { type: 'button', title: `${title}\n${key}`, 'aria-label': l10n.t('Open {0}', title) };
  return element('button', { class: 'link run-link', attributes }, name.spans);
}

const FILES: readonly (readonly [Openable, string, (title: string) => string])[] = [
  ['configuration', 'settings', (title) => l10n.t('Open the configuration of {0}', title)],
  ['log', 'output', (title) => l10n.t('Show the log of {0}', title)],
  ['folder', 'folder-opened', (title) => l10n.t('Reveal the folder of {0}', title)],
];

function runButtons(title: string, column: number, post: HeadOptions['post']): HTMLElement[] {
  return FILES.map(([what, glyph, labelOf]) => {
    const button = iconButton(glyph, labelOf(title));
    button.addEventListener('click', () => post({ type: 'open', column, what }));
    return button;
  });
}

function baselineButton(title: string, column: number, post: HeadOptions['post']): HTMLElement {
  const button = iconButton('arrow-left', l10n.t('Make {0} the baseline', title));
  button.addEventListener('click', () => post({ type: 'makeBaseline', column }));
  return button;
}

function iconButton(glyph: string, label: string): HTMLElement {
  const attributes = { type: 'button', title: label, 'aria-label': label };
  return element('button', { class: 'icon-button', attributes }, [icon(glyph)]);
}
