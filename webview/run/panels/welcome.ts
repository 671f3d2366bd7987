/** What stands on the page while there is no run: waiting, nothing yet, or an untrusted workspace. */
import * as l10n from '@vscode/l10n';
import { element, setText, showIf } from '../../dom';
import { createProgressRing } from '../../toolkit';
import type { Panel } from './panel';

/** Waiting is shown after this long, and given up as an error after the limit. */
const SHOW_WAITING_AFTER_MS = 300;
const WAITING_LIMIT_MS = 15_000;

const NO_RUN = l10n.t(
  'No run yet. Start one on the generated shapes, on your own images in IDX files, or on CIFAR-10; it trains on this machine and shows here live.',
);
const UNTRUSTED = l10n.t('This workspace is not trusted, so SupCon Lab starts and loads nothing here.');
const WAITING = l10n.t('Waiting for the extension to read the runs folder');
const SILENT = l10n.t(
  'The extension has not answered for 15 s. Run "Developer: Reload Window"; runs go on meanwhile.',
);

/** Creates the panel; `openedAt` in milliseconds since 1970. */
export function createWelcome(openedAt: number): Panel {
  const ring = createProgressRing();
  const text = element('p');
  const root = element('section', { class: 'panel welcome', attributes: { role: 'status' } }, [ring, text]);
  return {
    element: root,
    update: ({ sequence, run, trusted }, now) => {
      const waitedMs = now - openedAt;
      const isWaiting = sequence === null;
      showIf(root, isWaiting ? waitedMs >= SHOW_WAITING_AFTER_MS : run === null || !trusted);
      showIf(ring, isWaiting && waitedMs < WAITING_LIMIT_MS);
      if (isWaiting) setText(text, waitedMs < WAITING_LIMIT_MS ? WAITING : SILENT);
      else setText(text, trusted ? NO_RUN : UNTRUSTED);
    },
  };
}
