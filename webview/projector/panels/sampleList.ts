/**
 * A list of samples: picture, id, label and a figure of each. It is the map's other form: whoever cannot see or point
 * at the map reads, points and selects here.
 */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import { element, setText } from '../../dom';
import { labelOf } from '../state/cells';
import { idsOf } from '../state/derived';
import type { Place } from '../state/partners';
import type { Store } from '../state/store';
import { createThumbnail } from './thumbnail';

/** One line. */
export interface SampleLine {
  readonly place: Place;
  /** A figure at the end of the line, empty for none. */
  readonly figure: string;
}

/** A list that is filled anew when its samples change. */
export interface SampleList {
  readonly element: HTMLElement;
  fill(lines: readonly SampleLine[], total?: number): void;
}

const MOST_LINES = 100;

/** Creates the list, named for assistive technology. */
export function createSampleList(store: Store, name: string): SampleList {
  const list = element('ul', { class: 'sample-list', attributes: { 'aria-label': name } });
  const more = element('p', { class: 'quiet' });
  let shape = '';
  return {
    element: element('div', { class: 'sample-holder' }, [list, more]),
    fill: (lines, total = lines.length) => {
      const shown = lines.slice(0, MOST_LINES);
      const next = JSON.stringify([
        shown,
        store.epochs,
        store.columns.left.length,
        store.model.panes?.left.source.name,
      ]);
      if (next !== shape) list.replaceChildren(...shown.map((line) => lineOf(store, line)));
      shape = next;
      setText(more, total > shown.length ? l10n.t('and {0} more', formatCount(total - shown.length)) : '');
    },
  };
}

function lineOf(store: Store, { place, figure }: SampleLine): HTMLElement {
  const id = idsOf(store.model, place.pane)[place.row] ?? '';
  const label = labelOf(store.columns[place.pane] ?? [], place.row);
  const words = element('span', { class: 'sample-words' }, [
    element('span', { class: 'ellipsis', text: id }),
    element('span', { class: 'quiet ellipsis', text: label }),
  ]);
  const thumbnail = createThumbnail(store, place);
  const button = element('button', { attributes: { type: 'button' } }, [
    ...(thumbnail ? [thumbnail] : []),
    words,
    element('span', { class: 'number', text: figure }),
  ]);
  button.title = label === '' ? id : `${id}, ${label}`;
  button.addEventListener('click', () => store.look({ pinned: place, pointed: null }));
  button.addEventListener('pointerenter', () => store.look({ pointed: place }));
  button.addEventListener('pointerleave', () => store.look({ pointed: null }));
  button.addEventListener('focus', () => store.look({ pointed: place }));
  return element('li', {}, [button]);
}
