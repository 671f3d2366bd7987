/**
 * What is known of a sample: beside it after the pointer has rested on it for a moment, and until it is let go once it
 * is pinned. Neighbours are those of the vectors, not of the map.
 */
import * as l10n from '@vscode/l10n';
import type { Step } from '../../../src/domain/maps/view/camera';
import { COLUMN_NAME } from '../../../src/domain/maps/columns';
import { element, showIf } from '../../dom';
import { cellText, columnNamed, labelOf } from '../state/cells';
import { labelOfColumn } from '../state/columnWords';
import { idsOf } from '../state/derived';
import type { Place } from '../state/partners';
import type { Store } from '../state/store';
import { iconButton, textButton } from './controls';
import { nearnessWords } from './neighbours';
import { createThumbnail } from './thumbnail';

const DWELL_MS = 125;
const GAP_PX = 16;
/** Neighbours on the card. */
const FEW = 4;
/** Columns in the order of the card; others are in the lists. */
const FIRST_COLUMNS: readonly string[] = [
  COLUMN_NAME.prediction,
  COLUMN_NAME.correct,
  COLUMN_NAME.confidence,
];
const MOST_COLUMNS = 8;

/** Where the maps are, for placing the card. */
export interface CardPlace {
  readonly holder: HTMLElement;
  pixelsOf(place: Place): Step | null;
}

/** Creates the card. */
export function createCard(store: Store, at: CardPlace): HTMLElement {
  const root = element('aside', { class: 'card-of-sample', attributes: { 'aria-label': l10n.t('Sample') } });
  root.hidden = true;
  let dwelling: ReturnType<typeof setTimeout> | undefined;
  let dwelt: Place | null = null;
  let shape = '';
  const draw = () => {
    const place = store.view.pinned ?? (isSame(dwelt, store.view.pointed) ? dwelt : null);
    const pixels = place && at.pixelsOf(place);
    showIf(root, pixels);
    if (!place || !pixels) return;
    const next = shapeOf(store, place);
    if (next !== shape) root.replaceChildren(...partsOf(store, place));
    shape = next;
    root.classList.toggle('is-pinned', store.view.pinned !== null);
    placeBeside(root, pixels, at.holder);
  };
  store.onChange(() => {
    const { pointed } = store.view;
    if (!isSame(dwelt, pointed)) {
      clearTimeout(dwelling);
      dwelt = null;
      dwelling = setTimeout(() => {
        dwelt = pointed;
        draw();
      }, DWELL_MS);
    }
    draw();
  });
  return root;
}

function isSame(a: Place | null, b: Place | null): boolean {
  return a === b || (a !== null && b !== null && a.pane === b.pane && a.row === b.row);
}

/** The card is built anew when this differs. */
function shapeOf(store: Store, place: Place): string {
  const { metric } = store.view.neighbours;
  const neighbours = store.neighboursOf(place, FEW);
  return JSON.stringify([
    place,
    store.epochs,
    metric,
    store.view.pinned !== null,
    columnsKey(store),
    neighbours?.rows.length ?? -1,
  ]);
}

function columnsKey({ columns }: Store): number {
  return columns.left.length + (columns.right?.length ?? 0);
}

function partsOf(store: Store, place: Place): Node[] {
  const columns = store.columns[place.pane] ?? [];
  const id = idsOf(store.model, place.pane)[place.row] ?? '';
  const thumbnail = createThumbnail(store, place);
  const title = element('div', { class: 'card-title' }, [
    element('strong', { class: 'card-id', text: id }),
    element('span', { class: 'quiet', text: labelOf(columns, place.row) }),
  ]);
  const head = element('div', { class: 'card-head' }, [...(thumbnail ? [thumbnail] : []), title]);
  const first = FIRST_COLUMNS.flatMap((name) => columnNamed(columns, name) ?? []);
  // The class stands in the title.
  const rest = columns.filter((column) => !first.includes(column) && column.name !== COLUMN_NAME.class);
  const facts = [...first, ...rest]
    .slice(0, MOST_COLUMNS)
    .map((column) =>
      element('div', { class: 'fact' }, [
        element('dt', { class: 'quiet', text: labelOfColumn(column) }),
        element('dd', { class: 'ellipsis', text: cellText(column, place.row) }),
      ]),
    );
  return [
    head,
    element('dl', { class: 'facts' }, facts),
    neighboursOf(store, place),
    actionsOf(store, place),
  ];
}

function neighboursOf(store: Store, place: Place): HTMLElement {
  const { metric } = store.view.neighbours;
  const list = store.neighboursOf(place, FEW);
  const columns = store.columns[place.pane] ?? [];
  const lines = [...(list?.rows ?? [])].map((row, i) => {
    const neighbour = { pane: place.pane, row };
    const thumbnail = createThumbnail(store, neighbour);
    const name = labelOf(columns, row) || (idsOf(store.model, place.pane)[row] ?? '');
    return element('li', {}, [
      ...(thumbnail ? [thumbnail] : []),
      element('span', { class: 'ellipsis', text: name }),
      element('span', { class: 'number quiet', text: nearnessWords(list?.values[i] ?? NaN, metric) }),
    ]);
  });
  const words = element('p', {
    class: 'quiet',
    text: list ? l10n.t('nearest in full dimension') : l10n.t('looking for neighbours'),
  });
  return element('div', { class: 'card-neighbours' }, [words, element('ul', {}, lines)]);
}

function actionsOf(store: Store, place: Place): HTMLElement {
  if (store.view.pinned === null) return element('p', { class: 'quiet', text: l10n.t('Click to pin') });
  const open = textButton(l10n.t('Open file'), 'go-to-file', () =>
    store.post({ type: 'openSample', ...place }),
  );
  const close = iconButton(l10n.t('Let go'), 'close', () => store.look({ pinned: null }));
  const canOpen = store.model.panes?.[place.pane]?.source.canOpen ?? false;
  return element('div', { class: 'actions' }, [...(canOpen ? [open] : []), close]);
}

/** To the right of the sample, or to its left where there is no room. */
function placeBeside(root: HTMLElement, { x, y }: Step, holder: HTMLElement): void {
  const [width, height] = [root.offsetWidth, root.offsetHeight];
  const isRight = x + GAP_PX + width <= holder.clientWidth;
  const left = isRight ? x + GAP_PX : Math.max(0, x - GAP_PX - width);
  root.style.left = `${left}px`;
  root.style.top = `${Math.max(0, Math.min(holder.clientHeight - height, y - height / 2))}px`;
}
