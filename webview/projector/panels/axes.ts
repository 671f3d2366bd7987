/** The axes of the method `axes`: from the mean of one class or selection to that of another, one for each dimension. */
import * as l10n from '@vscode/l10n';
import { element, showIf } from '../../dom';
import { createPicker } from '../../picker';
import type { WireRequest } from '../state/model';
import type { Store } from '../state/store';
import { columnNamed } from '../state/cells';
import { COLUMN_NAME } from '../../../src/domain/maps/columns';

type Axis = WireRequest['axes'][number];
type End = Axis['from'];

const AXIS_NAMES = ['x', 'y', 'z'] as const;
const ENDS = ['from', 'to'] as const;
const SELECTED = 'selected';

/** Axes to begin with: between the first classes in turn; none where there are no classes. */
export function firstAxes(store: Store): Axis[] {
  const classes = classesOf(store);
  if (classes.length < 2) return [];
  const name = (place: number) => ({ class: classes[place % classes.length] ?? '' });
  return Array.from({ length: store.model.map.dimensions }, (_, axis) => ({
    from: name(axis),
    to: name(axis + 1),
  }));
}

/** Creates the row of choices, which is there for that method alone. */
export function createAxes(store: Store): HTMLElement {
  const pickers = AXIS_NAMES.flatMap((name, axis) =>
    ENDS.map((end) => {
      const choose = (value: string) => store.ask({ axes: withEnd(store, { axis, end, value }) });
      return { axis, end, picker: createPicker(endWords(name, end), choose) };
    }),
  );
  const none = element('span', {
    class: 'quiet',
    text: l10n.t('There are no classes: save two selections, and choose between them.'),
  });
  const root = element(
    'div',
    { class: 'bar axes-bar', attributes: { 'aria-label': l10n.t('Axes'), role: 'group' } },
    [...pickers.map(({ picker }) => picker.element), none],
  );
  store.onChange(() => {
    const { map, phase } = store.model;
    showIf(root, phase === 'opened' && map.method === 'axes');
    if (map.method !== 'axes') return;
    const values = choicesOf(store);
    showIf(none, values.length < 2);
    for (const { axis, end, picker } of pickers) {
      showIf(picker.element, axis < map.dimensions && values.length > 1);
      picker.fill(values, textOf(store, map.axes[axis]?.[end]));
    }
  });
  return root;
}

/** Name of the choice of one end of one axis. */
function endWords(axis: string, end: 'from' | 'to'): string {
  return end === 'from' ? l10n.t('{0} from', axis) : l10n.t('{0} to', axis);
}

function withEnd(
  store: Store,
  { axis, end, value }: { readonly axis: number; readonly end: 'from' | 'to'; readonly value: string },
): Axis[] {
  const first: End = { class: classesOf(store)[0] ?? '' };
  return Array.from({ length: store.model.map.dimensions }, (_, place) => {
    const before = store.model.map.axes[place] ?? { from: first, to: first };
    return place === axis ? { ...before, [end]: endOf(store, value) } : before;
  });
}

/** Values of the pickers: `class NAME`, `saved NAME`, or what is selected now. */
function choicesOf(store: Store): (readonly [string, string])[] {
  const classes = classesOf(store).map((name) => [`class ${name}`, name] as const);
  const saved = store.model.selections.map(
    ({ name }) => [`saved ${name}`, l10n.t('selection {0}', name)] as const,
  );
  const isSelected = store.view.selection.count > 0;
  return [...classes, ...saved, ...(isSelected ? [[SELECTED, l10n.t('what is selected')] as const] : [])];
}

function endOf(store: Store, value: string): End {
  if (value.startsWith('class ')) return { class: value.slice('class '.length) };
  if (value === SELECTED) return { ids: store.selectedIds() };
  const name = value.slice('saved '.length);
  return { ids: store.model.selections.find((saved) => saved.name === name)?.ids ?? [] };
}

function textOf(store: Store, end: End | undefined): string {
  if (!end) return '';
  if ('class' in end) return `class ${end.class}`;
  const saved = store.model.selections.find(({ ids }) => isSame(ids, end.ids));
  return saved ? `saved ${saved.name}` : SELECTED;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

function classesOf(store: Store): readonly string[] {
  const column = columnNamed(store.columns.left, COLUMN_NAME.class);
  return column?.kind === 'category' ? column.categories : [];
}
