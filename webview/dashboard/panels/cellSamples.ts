/**
 * The test samples behind a cell of the confusion matrix, each with its picture once the host has read it out of the run's
 * data set, and the way to them on a map.
 */
import * as l10n from '@vscode/l10n';
import { formatCount, formatPercent } from '../../../src/domain/display/format';
import type { CellSample } from '../../../src/domain/run/runFigures';
import { element, icon, setText, showIf } from '../../dom';
import { pictureAt } from '../../pixels';
import type { Model } from '../state/model';
import type { Store } from '../state/store';
import type { ConfusionCell } from './confusion';

/** Samples listed of a cell: more are in the run's predictions. */
const MOST_SAMPLES = 50;

type Told = NonNullable<Model['samples']>;

/** Which cell of which run is open; no cell at first. */
export interface OpenCell {
  readonly run: string;
  readonly cell: ConfusionCell | undefined;
}

/** The samples of the open cell. */
export class CellSamples {
  readonly element = element('div', { class: 'cell-samples' });
  readonly #store: Store;
  #told: Told | undefined;
  #pictures: Model['pictures'] = null;
  #note = element('p', { class: 'quiet' });
  readonly #places = new Map<number, HTMLElement>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Draws what was told of the cell; `classes` are the names of the matrix. */
  update(open: OpenCell, classes: readonly string[]): void {
    const { samples, pictures } = this.#store.model;
    const told = samples !== null && isOf(samples, open) ? samples : undefined;
    if (told !== this.#told) this.#draw(told, classes);
    this.#told = told;
    if (pictures !== this.#pictures && pictures?.run === open.run) this.#fill(pictures);
    this.#pictures = pictures;
  }

  #draw(told: Told | undefined, classes: readonly string[]): void {
    this.#places.clear();
    if (told === undefined) {
      this.element.replaceChildren();
      return;
    }
    const cell: CellNames = [classes[told.trueClass] ?? '', classes[told.answer] ?? ''];
    if (told.samples === null) this.element.replaceChildren(saying(notRecordedText(cell)));
    else this.#list(told, cell, told.samples);
  }

  #list({ run, trueClass, answer }: Told, cell: CellNames, samples: readonly CellSample[]): void {
    const shown = samples.slice(0, MOST_SAMPLES);
    const select = element('button', { class: 'text-button', attributes: { type: 'button' } }, [
      icon('location'),
      element('span', { text: l10n.t('Select on the map') }),
    ]);
    select.addEventListener('click', () => this.#store.post({ type: 'selectOnMap', run, trueClass, answer }));
    this.#note = element('p', { class: 'quiet' });
    showIf(this.#note, false);
    const line = element('div', { class: 'cell-head' }, [
      saying(countText(cell, samples.length, shown.length)),
      ...(shown.length === 0 ? [] : [select]),
    ]);
    const items = shown.map((sample) => this.#itemOf(sample));
    this.element.replaceChildren(line, this.#note, element('ol', { attributes: { tabindex: '0' } }, items));
    if (shown.length > 0)
      this.#store.post({ type: 'pictures', run, places: shown.map(({ place }) => place) });
  }

  #itemOf({ place, confidence }: CellSample): HTMLElement {
    const picture = element('span', { class: 'cell-picture' });
    showIf(picture, false);
    this.#places.set(place, picture);
    const words = element('span', { text: `test/${place}` });
    return element('li', {}, [
      picture,
      words,
      element('span', { class: 'quiet', text: formatPercent(confidence) }),
    ]);
  }

  /** Pictures of an earlier cell may come late: those of no place here are left out. */
  #fill(pictures: NonNullable<Model['pictures']>): void {
    setText(this.#note, pictures.problem);
    showIf(this.#note, pictures.problem !== '');
    if (pictures.problem !== '') return;
    pictures.places.forEach((place, at) => {
      const target = this.#places.get(place);
      if (target === undefined || target.childElementCount > 0) return;
      target.append(pictureAt(pictures, at, pictures.places.length));
      showIf(target, true);
    });
  }
}

/** The names of the two classes of a cell. */
type CellNames = readonly [trueClass: string, answer: string];

function notRecordedText(cell: CellNames): string {
  return l10n.t(
    '{0} answered {1}: not recorded which samples, because the run has no predictions file.',
    ...cell,
  );
}

function isOf(told: Told, { run, cell }: OpenCell): boolean {
  return told.run === run && told.trueClass === cell?.trueClass && told.answer === cell.answer;
}

function saying(text: string): HTMLElement {
  return element('p', { text, attributes: { role: 'status' } });
}

function countText(cell: CellNames, all: number, shown: number): string {
  if (all === 1) return l10n.t('{0} answered {1}: 1 sample', ...cell);
  const counted = formatCount(all);
  return all > shown
    ? l10n.t('{0} answered {1}: {2} samples, the {3} most confident here', ...cell, counted, shown)
    : l10n.t('{0} answered {1}: {2} samples', ...cell, counted);
}
