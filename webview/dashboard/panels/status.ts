/** One line above the charts that says why there is nothing, or not everything: waiting, reading, no run, no trust. */
import * as l10n from '@vscode/l10n';
import { formatBytes, formatCount } from '../../../src/domain/display/format';
import { element, setAttribute, setText, showIf } from '../../dom';
import type { Store } from '../state/store';

const SHOW_WAITING_AFTER_MS = 300;
const WAITING_LIMIT_MS = 15_000;

const WAITING = l10n.t('Waiting for the extension to read the runs');
const SILENT = l10n.t(
  'The extension has not answered for 15 s. Run "Developer: Reload Window"; runs go on meanwhile.',
);
const UNTRUSTED = l10n.t('This workspace is not trusted, so SupCon Lab starts and loads nothing here.');
const NO_RUN = l10n.t('No run is in view. Add one to see its curves.');
const NO_VALUES = l10n.t('No run in view has recorded a value yet. Curves appear with the first step.');
const NOTHING_FOUND = l10n.t('No chart matches the search.');

/** Creates the line; `openedAt` in milliseconds since 1970. */
export function createStatus(store: Store, openedAt: number): HTMLElement {
  const text = element('span');
  const trust = element('button', {
    class: 'text-button',
    text: l10n.t('Manage workspace trust'),
    attributes: { type: 'button' },
  });
  trust.addEventListener('click', () => store.post({ type: 'manageTrust' }));
  const add = element('button', {
    class: 'text-button',
    text: l10n.t('Add run'),
    attributes: { type: 'button' },
  });
  add.addEventListener('click', () => store.post({ type: 'addRuns' }));
  const root = element('div', { class: 'page-status', attributes: { role: 'status' } }, [text, trust, add]);
  const draw = () => {
    const sentence = sentenceOf(store, Date.now() - openedAt);
    showIf(root, sentence !== '');
    setText(text, sentence);
    showIf(trust, sentence === UNTRUSTED);
    showIf(add, sentence === NO_RUN);
    setAttribute(root, 'aria-busy', String(store.model.progress !== null));
  };
  store.onChange(draw);
  for (const delay of [SHOW_WAITING_AFTER_MS, WAITING_LIMIT_MS]) setTimeout(draw, delay);
  draw();
  return root;
}

function sentenceOf({ model, tagSearch }: Store, waitedMs: number): string {
  if (model.sequence === null) {
    if (waitedMs < SHOW_WAITING_AFTER_MS) return '';
    return waitedMs < WAITING_LIMIT_MS ? WAITING : SILENT;
  }
  if (!model.trusted) return UNTRUSTED;
  if (model.runs.length === 0) return NO_RUN;
  const { progress } = model;
  if (progress) {
    return l10n.t(
      'Reading {0} of {1} runs, {2} of {3}',
      formatCount(progress.runsRead),
      formatCount(progress.runs),
      formatBytes(progress.bytesRead),
      formatBytes(progress.bytes),
    );
  }
  const tags = model.runs.flatMap((run) => [...run.tags.keys()]);
  if (tags.length === 0) return NO_VALUES;
  const isFound = tags.some((tag) => tag.toLowerCase().includes(tagSearch));
  return tagSearch === '' || isFound ? '' : NOTHING_FOUND;
}
