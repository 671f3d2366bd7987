/** What stands on the page while there is nothing to draw: waiting, an error with its way out, an untrusted workspace. */
import * as l10n from '@vscode/l10n';
import { element, setText, showIf } from '../../dom';
import { createButton, createProgressRing } from '../../toolkit';
import type { ViewsModel } from '../state/model';
import type { ViewsActions, ViewsPanel } from './panel';

/** Waiting is shown after this long; after the limit the page says that nobody answers. */
const SHOW_WAITING_AFTER_MS = 300;
const SILENCE_LIMIT_MS = 15_000;

const UNTRUSTED = l10n.t('This workspace is not trusted, so SupCon Lab loads nothing here.');
const SILENT = l10n.t('The extension has not answered for 15 s. Run "Developer: Reload Window".');

/** Creates the panel; `openedAt` in milliseconds since 1970. */
export function createStatus({ run }: ViewsActions, openedAt: number): ViewsPanel {
  const ring = createProgressRing();
  const text = element('p');
  const button = (label: string, glyph: string, command: Parameters<typeof run>[0]) => {
    const created = createButton(label, glyph, command === 'openFile' ? 'secondary' : 'primary');
    created.addEventListener('click', () => run(command));
    return created;
  };
  const reload = button(l10n.t('Read again'), 'refresh', 'reload');
  const open = button(l10n.t('Open configuration'), 'go-to-file', 'openFile');
  const trust = button(l10n.t('Manage workspace trust'), 'shield', 'manageTrust');
  const actions = element('div', { class: 'actions' }, [reload, open, trust]);
  const root = element('section', { class: 'view-status', attributes: { role: 'status' } }, [
    ring,
    text,
    actions,
  ]);
  let since = openedAt;
  let before: ViewsModel['phase'] = 'waiting';
  return {
    element: root,
    update: (model, now) => {
      const { phase } = model;
      if (phase !== before) since = now;
      before = phase;
      const isWaiting = phase === 'waiting' || phase === 'opening';
      showIf(root, phase !== 'opened' && !(isWaiting && now - since < SHOW_WAITING_AFTER_MS));
      showIf(ring, isWaiting && !isSilent(phase, now - since));
      showIf(reload, phase === 'failed');
      showIf(open, phase === 'failed');
      showIf(trust, phase === 'untrusted');
      setText(text, words(model, now - since));
    },
  };
}

/** Reading a large data set may take minutes; only a host that never answers is given up. */
function isSilent(phase: ViewsModel['phase'], waitedMs: number): boolean {
  return phase === 'waiting' && waitedMs >= SILENCE_LIMIT_MS;
}

function words({ phase, file, message }: ViewsModel, waitedMs: number): string {
  if (phase === 'failed') return message;
  if (phase === 'untrusted') return UNTRUSTED;
  if (phase === 'opening') return l10n.t('Reading {0} and its data', file.replace(/^.*[/\\]/, ''));
  return isSilent(phase, waitedMs) ? SILENT : l10n.t('Waiting for the extension');
}
