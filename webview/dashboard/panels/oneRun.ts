/** The section about one of the runs: what its own files say beside the curves. */
import { formatPercent } from '../../../src/domain/display/format';
import { element, setAttribute, setText } from '../../dom';
import type { RunFigures } from '../../../src/domain/run/runFigures';
import type { Store } from '../state/store';
import type { ConfusionCell } from './confusion';
import { drawConfusion } from './confusion';
import { drawDensities, drawPath } from './densities';
import { drawReliability } from './reliability';
import type { ExtraSection } from './sections';
import { createPicker } from '../../picker';
import { specialCard } from './special';

/** Samples listed of a cell: more are in the run's predictions. */
const MOST_SAMPLES = 50;

/** Creates the section. */
export function createOneRun(store: Store): ExtraSection {
  const state = { run: '', epoch: Infinity, cell: undefined as ConfusionCell | undefined };
  const parts = createParts();
  let drawn: unknown[] = [];
  const redraw = () => {
    drawn = [];
    update();
  };
  const picker = createPicker('run', (run) => {
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
    redraw();
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
    const samples = store.model.samples;
    if (!figures || [figures, samples, chosen.folder].every((one, i) => one === drawn[i]))
      return figures !== undefined;
    drawn = [figures, samples, chosen.folder];
    draw(figures);
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
    const words = epochs[place] ? `epoch ${epochs[place].epoch}` : '';
    setAttribute(parts.slider, 'aria-valuetext', words);
    setText(parts.epoch, words);
    parts.samples.replaceChildren(...samplesOf(store, figures, state));
  };
  return { title: 'One run', element: parts.root, update };
}

function createParts() {
  const slider = element('input', {
    attributes: { type: 'range', min: '0', step: '1', 'aria-label': 'Epoch of the densities' },
  });
  const parts = {
    slider,
    epoch: element('span', { class: 'quiet' }),
    reliability: element('div'),
    confusion: element('div', {
      class: 'table-holder',
      attributes: { tabindex: '0', role: 'region', 'aria-label': 'Confusion matrix, table' },
    }),
    samples: element('div', { class: 'samples', attributes: { role: 'status' } }),
    densities: element('div'),
    path: element('div'),
  };
  const root = element('div', {}, [
    element('div', { class: 'special-grid' }, [
      specialCard('Cosine densities, validation', [parts.densities, slider, parts.epoch]),
      specialCard('Uniformity against alignment, by epoch', [parts.path]),
      specialCard('Reliability, test split', [parts.reliability]),
      specialCard('Confusion matrix, test split', [parts.confusion, parts.samples]),
    ]),
  ]);
  return { root, ...parts };
}

function samplesOf(
  store: Store,
  { confusion }: RunFigures,
  { run, cell }: { readonly run: string; readonly cell: ConfusionCell | undefined },
): readonly Node[] {
  const { samples: told } = store.model;
  if (!cell || told?.run !== run || told.trueClass !== cell.trueClass || told.answer !== cell.answer)
    return [];
  const names = confusion?.classes ?? [];
  const head = `${names[cell.trueClass] ?? ''} answered ${names[cell.answer] ?? ''}`;
  if (told.samples === null)
    return [
      element('p', {
        class: 'quiet',
        text: `${head}: not recorded which samples, because the run has no predictions file.`,
      }),
    ];
  const shown = told.samples.slice(0, MOST_SAMPLES);
  const more = told.samples.length - shown.length;
  return [
    element('p', {
      text: `${head}: ${told.samples.length} samples${more > 0 ? `, the ${shown.length} most confident here` : ''}`,
    }),
    element(
      'ol',
      {},
      shown.map(({ place, confidence }) =>
        element('li', { text: `test/${place}, ${formatPercent(confidence)}` }),
      ),
    ),
  ];
}
