/** The head of the page: which run, in what state, how far, how long yet, on what. */
import * as l10n from '@vscode/l10n';
import { lookOf } from '../../../src/domain/display/runLook';
import type { RunSummary } from '../../../src/domain/run/state';
import { createCutText } from '../../cutText';
import { element, icon, setAttribute, setIcon, setText, showIf } from '../../dom';
import { engineInWords, noticeOf, progressInWords, timeInWords } from '../state/words';
import type { Panel } from './panel';

const NOTICE_ICONS = { information: 'info', warning: 'warning', error: 'error' } as const;

/** Creates the head. */
export function createHeader(): Panel {
  const parts = createParts();
  return {
    element: parts.root,
    update: (model, now) => {
      const { run } = model;
      showIf(parts.root, run);
      if (!run) return;
      showName(parts, run);
      showProgress(parts, run, now);
      setText(parts.engine, engineInWords(model));
      setAttribute(parts.engine, 'title', run.engine?.reason ?? null);
      showNotice(parts, run, now);
    },
  };
}

type Parts = ReturnType<typeof createParts>;

function createParts() {
  const stateIcon = icon('question');
  const nameText = createCutText();
  const name = element('h1', { class: 'run-name' }, nameText.spans);
  const state = element('span', { class: 'run-state' });
  const progress = element('span');
  const time = element('span', { class: 'number' });
  const fill = element('div', { class: 'progress-fill' });
  const bar = element('div', { class: 'progress-bar', attributes: PROGRESS_ATTRIBUTES }, [fill]);
  const share = element('span', { class: 'number' });
  const barRow = element('div', { class: 'row bar-row' }, [bar, share]);
  const engine = element('p', { class: 'engine-line quiet' });
  const noticeIcon = icon('info');
  const noticeText = element('span');
  const notice = element('p', { class: 'notice' }, [noticeIcon, noticeText]);
  const progressRow = element('div', { class: 'row' }, [progress, time]);
  const titleRow = element('div', { class: 'row title-row' }, [stateIcon, name, state]);
  const root = element('header', { class: 'run-header' }, [titleRow, progressRow, barRow, engine, notice]);
  return {
    root,
    stateIcon,
    name,
    nameText,
    state,
    progress,
    time,
    fill,
    bar,
    share,
    barRow,
    engine,
    notice,
    noticeIcon,
    noticeText,
    progressRow,
  };
}

const PROGRESS_ATTRIBUTES = {
  role: 'progressbar',
  'aria-label': l10n.t('Progress of the run'),
  'aria-valuemin': '0',
  'aria-valuemax': '100',
};

function showName(parts: Parts, run: RunSummary): void {
  parts.nameText.show(run.name);
  setAttribute(parts.name, 'title', run.name);
  setAttribute(parts.name, 'aria-label', run.name);
  const look = lookOf(run);
  setIcon(parts.stateIcon, look.icon);
  setAttribute(parts.stateIcon, 'data-colour', look.colour);
  setText(parts.state, lookOf(run).word);
  setAttribute(parts.root, 'data-state', run.state);
}

function showProgress(parts: Parts, run: RunSummary, now: number): void {
  const time = timeInWords(run, now);
  const percent = Math.floor((run.progress?.fraction ?? 0) * 100);
  setText(parts.progress, progressInWords(run));
  setText(parts.time, time);
  setAttribute(parts.bar, 'aria-valuenow', String(percent));
  parts.fill.style.width = `${percent}%`;
  showIf(parts.progressRow, run.progress !== null || time !== '');
  setText(parts.share, `${percent} %`);
  showIf(parts.barRow, run.progress);
}

function showNotice(parts: Parts, run: RunSummary, now: number): void {
  const notice = noticeOf(run, now);
  showIf(parts.notice, notice);
  if (!notice) return;
  setText(parts.noticeText, notice.text);
  setIcon(parts.noticeIcon, NOTICE_ICONS[notice.tone]);
  setAttribute(parts.notice, 'data-tone', notice.tone);
}
