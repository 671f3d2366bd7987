/** The page as a whole: its head, then one section under the other in a frame that scrolls sideways as one. */
import * as l10n from '@vscode/l10n';
import type { RunDiff } from '../../src/domain/diff/runDiff';
import { ROW_SECTIONS } from '../../src/domain/diff/runDiff';
import type { HostMessage, PageMessage } from '../../src/protocol/pages/diff';
import { element, setText, showIf } from '../dom';
import { createProgressRing } from '../toolkit';
import { codeSection } from './code';
import type { DiffContext } from './context';
import type { CurvesSection } from './curves/section';
import { createCurvesSection } from './curves/section';
import { createHead } from './head';
import { classSection, metricSection } from './metrics';
import { Pictures } from './pictures';
import { createColumnHeads } from './columnHeads';
import { rowSection } from './rows';
import { samplesSection } from './samples';

export interface DiffPageOptions {
  readonly all: boolean;
  readonly post: (message: PageMessage) => void;
  /** Called when the user asks for all rows, or for fewer. */
  readonly onShown: (all: boolean) => void;
}

export interface DiffPage {
  readonly element: HTMLElement;
  readonly all: boolean;
  /** Says what is awaited. */
  wait(): void;
  show(message: HostMessage): void;
}

/** Creates the page, empty. */
export function createDiffPage({ all: before, post, onShown }: DiffPageOptions): DiffPage {
  let all = before;
  let diff: RunDiff | undefined;
  let told = '';
  const curves = createCurvesSection(post);
  const pictures = new Pictures((column) => post({ type: 'pictures', column }));
  const body = createBody(curves);
  const draw = () => {
    if (diff === undefined) return;
    head.offerMaps(diff.columns.slice(0, 2).every(({ kind }) => kind !== 'configuration'));
    body.fill({ diff, all, post, pictures });
  };
  const setAll = (shown: boolean) => {
    all = shown;
    onShown(all);
    draw();
  };
  const head = createHead({ all, post, setAll });
  const take = (news: RunDiff): boolean => {
    const text = JSON.stringify(news);
    if (text === told) return false;
    [told, diff] = [text, news];
    return true;
  };
  const show = (message: HostMessage) => {
    switch (message.type) {
      case 'problem':
        told = '';
        body.say(message.sentence);
        return;
      case 'diff':
        // Drawing anew takes the focus away: only for news.
        if (take(message.diff)) draw();
        return;
      case 'pictures':
        pictures.take(message);
        return;
      case 'curves':
      case 'answers':
        curves.take(message);
    }
  };
  const root = element('div', { class: 'diff' }, [head.element, body.element]);
  return {
    element: root,
    get all() {
      return all;
    },
    wait: () => body.wait(),
    show,
  };
}

function createBody(curves: CurvesSection) {
  const notice = element('p', { class: 'notice', attributes: { role: 'status' } });
  const waiting = element('div', { class: 'waiting' }, [
    createProgressRing(),
    element('span', { text: WAITING }),
  ]);
  const frame = element('div', { class: 'diff-frame', attributes: FRAME_ATTRIBUTES });
  const root = element('div', { class: 'diff-body' }, [waiting, notice, frame]);
  const only = (shown: HTMLElement) => {
    for (const part of [waiting, notice, frame]) showIf(part, part === shown);
  };
  for (const part of [waiting, notice, frame]) showIf(part, false);
  return {
    element: root,
    wait: () => only(waiting),
    say: (sentence: string) => {
      setText(notice, sentence);
      only(notice);
    },
    fill: (context: DiffContext) => {
      frame.style.setProperty('--columns', String(context.diff.columns.length));
      curves.setColumns(context.diff.columns);
      frame.replaceChildren(createColumnHeads(context), ...sectionsOf(context, curves));
      only(frame);
    },
  };
}

const WAITING = l10n.t('Reading the runs: figures, code and predictions.');
const FRAME_ATTRIBUTES = { role: 'region', 'aria-label': l10n.t('Comparison'), tabindex: '0' };

function sectionsOf(context: DiffContext, curves: CurvesSection): HTMLElement[] {
  const isOfRuns = context.diff.columns.some(({ kind }) => kind !== 'configuration');
  if (!isOfRuns) return [rowSection('configuration', context)];
  return [
    ...ROW_SECTIONS.map((name) => rowSection(name, context)),
    codeSection(context),
    metricSection(context),
    curves.element,
    classSection(context),
    samplesSection(context),
  ];
}
