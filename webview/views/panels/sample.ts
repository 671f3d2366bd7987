/** One sample: the image as it is, its views, and how alike they are. It is drawn anew in place, so nothing moves. */
import * as l10n from '@vscode/l10n';
import type { DrawnViews } from '../../../src/protocol/pages/views';
import { element, setAttribute, setText, showIf } from '../../dom';
import { cosineText } from '../state/words';
import { createPicture } from './picture';

export type DrawnRow = DrawnViews['rows'][number];

export interface SizeInPixels {
  readonly height: number;
  readonly width: number;
}

export interface SampleCard {
  readonly element: HTMLElement;
  update(row: DrawnRow): void;
}

/** A card for pictures of a size and a number of views. */
export function createSampleCard(size: SizeInPixels, views: number): SampleCard {
  const className = element('b');
  const id = element('span', { class: 'quiet' });
  const original = createPicture(size, l10n.t('image'));
  const drawn = Array.from({ length: views }, (_, view) => createPicture(size, `${view + 1}`));
  const cosines = createCosines(views);
  const pictures = [original, ...drawn].map((picture) => picture.element);
  const root = element('li', { class: 'sample' }, [
    element('div', { class: 'row' }, [className, id]),
    element('div', { class: 'pictures' }, pictures),
    cosines.element,
  ]);
  return {
    element: root,
    update: (row) => {
      setText(className, row.className);
      className.title = row.className;
      setText(id, row.id);
      original.draw(row.image, l10n.t('{0}, {1}, as it is', row.className, row.id));
      drawn.forEach((picture, view) => {
        const pixels = row.views[view];
        if (pixels) picture.draw(pixels, l10n.t('view {0} of {1}', view + 1, row.id));
      });
      cosines.update(row.cosines);
    },
  };
}

interface Cosines {
  readonly element: HTMLElement;
  update(matrix: DrawnRow['cosines']): void;
}

/** Of two views one number with a bar, of more the lower triangle of the matrix. */
function createCosines(views: number): Cosines {
  return views === 2 ? createPairBar() : createMatrix(views);
}

function createPairBar(): Cosines {
  const fill = element('div', { class: 'cosine-fill' });
  const text = element('span', { class: 'number' });
  const bar = element('div', { class: 'cosine-bar', attributes: { 'aria-hidden': 'true' } }, [fill]);
  const name = element('span', { class: 'quiet', text: l10n.t('cosine') });
  const root = element('div', { class: 'cosine' }, [name, bar, text]);
  return {
    element: root,
    update: (matrix) => {
      const cosine = matrix?.[0]?.[1];
      showIf(root, cosine !== undefined);
      if (cosine === undefined) return;
      setText(text, cosineText(cosine));
      // Zero is in the middle: the bar goes to the left for views that point away from each other.
      fill.style.left = `${50 + 50 * Math.min(0, cosine)}%`;
      fill.style.width = `${50 * Math.min(1, Math.abs(cosine))}%`;
    },
  };
}

function createMatrix(views: number): Cosines {
  const cells = Array.from({ length: views }, (_, row) => Array.from({ length: row }, () => element('td')));
  const heading = (view: number, scope: string) =>
    element('th', { text: String(view + 1), attributes: { scope } });
  const head = element('tr', {}, [
    element('td'),
    ...cells.slice(0, -1).map((_, view) => heading(view, 'col')),
  ]);
  const rows = cells.slice(1).map((row, i) => element('tr', {}, [heading(i + 1, 'row'), ...row]));
  const caption = element('caption', { class: 'quiet', text: l10n.t('cosine') });
  const table = element('table', { class: 'cosines' }, [
    caption,
    element('thead', {}, [head]),
    element('tbody', {}, rows),
  ]);
  // Where there is little room it is scrolled, by keyboard too.
  const attributes = {
    tabindex: '0',
    role: 'group',
    'aria-label': l10n.t('Cosine similarity of each pair of views'),
  };
  const root = element('div', { class: 'cosines-frame', attributes }, [table]);
  return {
    element: root,
    update: (matrix) => {
      showIf(root, matrix !== null && views > 1);
      cells.forEach((row, i) => row.forEach((cell, j) => fillCell(cell, matrix?.[i]?.[j])));
    },
  };
}

/** The tint is redundant: the number says the same. */
function fillCell(cell: HTMLElement, cosine: number | undefined): void {
  setText(cell, cosine === undefined ? '' : cosineText(cosine));
  const share = Math.round(30 * Math.max(0, cosine ?? 0));
  cell.style.background = `color-mix(in srgb, var(--vscode-charts-blue) ${share}%, transparent)`;
  setAttribute(cell, 'title', cosine === undefined ? null : String(cosine));
}
