/** What is drawn: epoch by a slider, samples by pages, and the run whose encoder compares the views. */
import * as l10n from '@vscode/l10n';
import { element, setAttribute, setText, showIf } from '../../dom';
import { SAMPLE_CHOICES } from '../state/model';
import type { ViewsModel } from '../state/model';
import { epochText, placesText } from '../state/words';
import { createIconButton } from './buttons';
import type { ViewsActions, ViewsPanel } from './panel';

/** Creates the row of controls. */
export function createControls(actions: ViewsActions): ViewsPanel {
  const parts = [createEpochSlider(actions), createPager(actions), createRunChoice(actions)];
  const root = element(
    'div',
    { class: 'view-controls', attributes: { role: 'group', 'aria-label': l10n.t('What is drawn') } },
    parts.map((part) => part.element),
  );
  return {
    element: root,
    update: (model, now) => {
      showIf(root, model.opened !== null && model.phase === 'opened');
      for (const part of parts) part.update(model, now);
    },
  };
}

function createEpochSlider({ want }: ViewsActions): ViewsPanel {
  const slider = element('input', {
    attributes: { type: 'range', min: '0', step: '1', 'aria-label': l10n.t('Epoch') },
  });
  const text = element('output');
  slider.addEventListener('input', () => want({ epoch: slider.valueAsNumber }));
  return {
    element: element('label', { class: 'epoch' }, [slider, text]),
    update: ({ opened, wanted }) => {
      if (opened === null) return;
      setAttribute(slider, 'max', String(opened.epochs - 1));
      setAttribute(slider, 'disabled', opened.epochs > 1 ? null : '');
      const words = epochText(wanted.epoch, opened.epochs);
      if (slider.valueAsNumber !== wanted.epoch) slider.value = String(wanted.epoch);
      setAttribute(slider, 'aria-valuetext', words);
      setText(text, words);
    },
  };
}

function createPager({ want }: ViewsActions): ViewsPanel {
  let model: ViewsModel | undefined;
  const turn = (pages: number) => {
    if (model === undefined) return;
    want({ first: Math.max(0, model.wanted.first + pages * step(model)) });
  };
  const before = createIconButton(l10n.t('Previous samples'), 'chevron-left', () => turn(-1));
  const after = createIconButton(l10n.t('Next samples'), 'chevron-right', () => turn(1));
  const text = element('span', { class: 'number' });
  const choice = element('select', { attributes: { 'aria-label': l10n.t('Samples at once') } });
  choice.append(...SAMPLE_CHOICES.map((count) => new Option(l10n.t('{0} samples', count), String(count))));
  choice.addEventListener('change', () => want({ samples: Number(choice.value), first: 0 }));
  return {
    element: element('div', { class: 'pager' }, [before, text, after, choice]),
    update: (next) => {
      model = next;
      const { opened, wanted } = next;
      if (choice.value !== String(wanted.samples)) choice.value = String(wanted.samples);
      setText(text, placesText(next));
      setAttribute(before, 'disabled', wanted.first > 0 ? null : '');
      const isLast = opened === null || wanted.first + step(next) >= opened.count;
      setAttribute(after, 'disabled', isLast ? '' : null);
    },
  };
}

/** Of large images fewer samples are drawn than were asked for: the next page begins where the drawing ends. */
function step({ drawn, wanted, answered }: ViewsModel): number {
  const isCut = drawn !== null && answered?.samples === wanted.samples && drawn.samples > 0;
  return isCut ? Math.min(wanted.samples, drawn.samples) : wanted.samples;
}

function createRunChoice({ want }: ViewsActions): ViewsPanel {
  const choice = element('select', { attributes: { 'aria-label': l10n.t('Compare by the encoder of') } });
  choice.addEventListener('change', () => want({ run: choice.value }));
  let offered = '';
  return {
    element: choice,
    update: ({ opened, wanted }) => {
      const runs = opened?.runs ?? [];
      const none =
        runs.length === 0 ? l10n.t('No run of this model to compare by') : l10n.t('Compare by no encoder');
      const options = [
        { id: '', name: none },
        ...runs.map(({ id, name }) => ({ id, name: l10n.t('Encoder of {0}', name) })),
      ];
      const key = JSON.stringify(options);
      if (key !== offered) choice.replaceChildren(...options.map(({ id, name }) => new Option(name, id)));
      offered = key;
      setAttribute(choice, 'disabled', runs.length === 0 ? '' : null);
      if (choice.value !== wanted.run) choice.value = wanted.run;
    },
  };
}
