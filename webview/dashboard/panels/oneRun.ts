/** The section about one of the runs: what its own files say beside the curves. */
import * as l10n from '@vscode/l10n';
import { element, setAttribute, setText } from '../../dom';
import type { RunFigures } from '../../../src/domain/run/runFigures';
import type { Store } from '../state/store';
import { CellSamples } from './cellSamples';
import type { ConfusionCell } from './confusion';
import { drawConfusion } from './confusion';
import { drawDensities, drawPath } from './densities';
import { drawReliability } from './reliability';
import type { ExtraSection } from './sections';
import { createPicker } from '../../picker';
import { specialCard } from './special';

/** Creates the section. */
export function createOneRun(store: Store): ExtraSection {
  const state = { run: '', epoch: Infinity, cell: undefined as ConfusionCell | undefined };
  const samples = new CellSamples(store);
  const parts = createParts(samples.element);
  let drawn: unknown[] = [];
  const redraw = () => {
    drawn = [];
    update();
  };
  const picker = createPicker(l10n.t('run'), (run) => {
    Object.assign(state, { run, cell: undefined });
    redraw();
  });
  parts.root.prepend(element('div', { class: 'special-pickers' }, [picker.element]));
  parts.slider.addEventListener('input', () => {
    state.epoch = Number(parts.slider.value);
    redraw();
  });
  const open = (cell: ConfusionCell) => {
    state.cell = cell;
    store.post({ type: 'showSamples', run: state.run, ...cell });
  };
  const update = (): boolean => {
    const { runs } = store.model;
    const chosen = runs.find(({ folder }) => folder === state.run) ?? runs[0];
    // Nobody but our trainer writes the files that this section shows.
    if (!chosen || runs.every(({ summary }) => summary.kind !== 'training')) return false;
    state.run = chosen.folder;
    picker.fill(
      runs.map(({ folder, summary }) => [folder, summary.name]),
      chosen.folder,
    );
    const figures = store.figuresOf(chosen.folder);
    if (!figures) return false;
    samples.update(state, figures.confusion?.classes ?? []);
    // Drawing anew takes the focus away: only for news.
    const next = [figures, chosen.folder];
    if (next.some((one, i) => one !== drawn[i])) draw(figures);
    drawn = next;
    return true;
  };
  const draw = (figures: RunFigures) => {
    const { epochs } = figures;
    const place = Math.min(epochs.length - 1, state.epoch);
    parts.reliability.replaceChildren(drawReliability(figures.reliability));
    parts.confusion.replaceChildren(drawConfusion(figures.confusion, open));
    parts.densities.replaceChildren(drawDensities(epochs[place]));
    parts.path.replaceChildren(drawPath(epochs, epochs[place]));
    parts.slider.max = String(Math.max(0, epochs.length - 1));
    parts.slider.value = String(Math.max(0, place));
    parts.slider.disabled = epochs.length < 2;
    const words = epochs[place] ? l10n.t('epoch {0}', epochs[place].epoch) : '';
    setAttribute(parts.slider, 'aria-valuetext', words);
    setText(parts.epoch, words);
  };
  return { key: 'One run', title: l10n.t('One run'), element: parts.root, update };
}

function createParts(samples: HTMLElement) {
  const slider = element('input', {
    attributes: { type: 'range', min: '0', step: '1', 'aria-label': l10n.t('Epoch of the densities') },
  });
  const parts = {
    slider,
    epoch: element('span', { class: 'quiet' }),
    reliability: element('div'),
    confusion: element('div', {
      class: 'table-holder',
      attributes: { tabindex: '0', role: 'region', 'aria-label': l10n.t('Confusion matrix, table') },
    }),
    densities: element('div'),
    path: element('div'),
  };
  const root = element('div', {}, [
    element('div', { class: 'special-grid' }, [
      specialCard(l10n.t('Cosine densities, validation'), [parts.densities, slider, parts.epoch]),
      specialCard(l10n.t('Uniformity against alignment, by epoch'), [parts.path]),
      specialCard(l10n.t('Reliability, test split'), [parts.reliability]),
      specialCard(l10n.t('Confusion matrix, test split'), [parts.confusion, samples]),
    ]),
  ]);
  return { root, ...parts };
}
