/** What stands where there is no map, or not the one that was asked for: reading, computing, refused, failed, no trust. */
import * as l10n from '@vscode/l10n';
import { formatPercent } from '../../../src/domain/display/format';
import { stageWords } from '../../../src/domain/maps/stage';
import { element, icon, setText, showIf } from '../../dom';
import type { Store } from '../state/store';
import { textButton } from './controls';

const SHOW_WAITING_AFTER_MS = 300;
const SILENCE_LIMIT_MS = 15_000;

const UNTRUSTED = l10n.t('This workspace is not trusted, so SupCon Lab loads nothing here.');
const SILENT = l10n.t('The extension has not answered for 15 s. Run "Developer: Reload Window".');
const EMPTY = l10n.t('There is no sample to show: the source is empty.');
const NO_EPOCHS = l10n.t('No epoch has been written yet. The map appears with the first one.');
const FEW = l10n.t('Fewer than three samples: a map of them says nothing about neighbours.');

/** Creates the line; `openedAt` in milliseconds since 1970. */
export function createStatus(store: Store, openedAt: number): HTMLElement {
  const text = element('span', { class: 'status-words' });
  const cancel = textButton(l10n.t('Cancel'), null, () => store.cancel());
  const trust = textButton(l10n.t('Manage workspace trust'), 'shield', () =>
    store.post({ type: 'command', command: 'manageTrust' }),
  );
  const other = textButton(l10n.t('Open other embeddings'), 'folder-opened', () =>
    store.post({ type: 'command', command: 'openOther' }),
  );
  const meter = element('div', { class: 'meter', attributes: { 'aria-hidden': 'true' } });
  const warning = icon('warning');
  const root = element('div', { class: 'map-status', attributes: { role: 'status' } }, [
    meter,
    warning,
    text,
    cancel,
    trust,
    other,
  ]);
  const draw = () => {
    const { phase, progress, refusal } = store.model;
    const words = wordsOf(store, Date.now() - openedAt);
    showIf(root, words !== '');
    setText(text, words);
    showIf(cancel, phase === 'opened' && progress);
    showIf(meter, phase === 'opened' && progress);
    meter.style.width = `${Math.round(100 * Math.max(0, Math.min(1, progress?.fraction ?? 0)))}%`;
    showIf(warning, phase === 'failed' || refusal);
    showIf(trust, phase === 'untrusted');
    showIf(other, phase === 'failed');
  };
  store.onChange(draw);
  for (const delay of [SHOW_WAITING_AFTER_MS, SILENCE_LIMIT_MS]) setTimeout(draw, delay);
  draw();
  return root;
}

function wordsOf({ model, view }: Store, waitedMs: number): string {
  if (model.phase === 'waiting') {
    if (waitedMs < SHOW_WAITING_AFTER_MS) return '';
    return waitedMs < SILENCE_LIMIT_MS ? l10n.t('Waiting for the extension') : SILENT;
  }
  if (model.phase === 'opening') return model.message;
  if (model.phase === 'failed') return model.message;
  if (model.phase === 'untrusted') return UNTRUSTED;
  if (model.refusal !== null) return model.refusal;
  if (model.progress) return `${stageWords(model.progress)}, ${formatPercent(model.progress.fraction)}`;
  const rows = model.panes?.left.source.ids.length ?? 0;
  if (view.playback.epochs.length === 0) return model.panes?.left.source.isLive ? NO_EPOCHS : EMPTY;
  if (rows === 0) return EMPTY;
  return rows < 3 ? FEW : '';
}
