/** The classes at the epoch shown: how tight, what is nearest, how well told apart, what drifts. A click sorts. */
import * as l10n from '@vscode/l10n';
import { formatCount, formatNumber, formatPercent } from '../../../src/domain/display/format';
import type { ClassFigures } from '../../../src/domain/maps/figures';
import type { Pane } from '../../../src/domain/maps/request';
import { COLUMN_NAME } from '../../../src/domain/maps/columns';
import { element, setAttribute, setText, showIf } from '../../dom';
import { columnNamed } from '../state/cells';
import type { Store } from '../state/store';

interface ClassColumn {
  readonly title: string;
  readonly meaning: string;
  /** What is sorted by. */
  readonly of: (figures: ClassFigures) => number | string;
  readonly text: (figures: ClassFigures) => string;
}

const COLUMNS: readonly ClassColumn[] = [
  {
    title: l10n.t('class'),
    meaning: l10n.t('Click a class to select it'),
    of: ({ name }) => name,
    text: ({ name }) => name,
  },
  {
    title: 'n',
    meaning: l10n.t('Samples'),
    of: ({ count }) => count,
    text: ({ count }) => formatCount(count),
  },
  {
    title: l10n.t('tight'),
    meaning: l10n.t('Mean cosine similarity to the mean of the class'),
    of: ({ tightness }) => tightness,
    text: ({ tightness }) => formatNumber(tightness),
  },
  {
    title: l10n.t('accuracy'),
    meaning: l10n.t('Share of its samples that their nearest others vote into it, in full dimension'),
    of: ({ accuracy }) => accuracy,
    text: ({ accuracy }) => formatPercent(accuracy),
  },
  {
    title: l10n.t('nearest'),
    meaning: l10n.t('The class whose mean is most similar, and how similar'),
    of: ({ nearestSimilarity }) => nearestSimilarity,
    text: ({ nearest, nearestSimilarity }) =>
      nearest === '' ? '–' : `${nearest} ${formatNumber(nearestSimilarity)}`,
  },
  {
    title: l10n.t('confused with'),
    meaning: l10n.t('The class that most of the others are voted into'),
    of: ({ confusedShare }) => confusedShare,
    text: ({ confusedWith, confusedShare }) =>
      confusedWith === '' ? '–' : `${confusedWith} ${formatPercent(confusedShare)}`,
  },
  {
    title: l10n.t('drift'),
    meaning: l10n.t('Mean share of neighbours that changed since the epoch before'),
    of: ({ drift }) => drift ?? -1,
    text: ({ drift }) => (drift === null ? '–' : formatPercent(drift)),
  },
];

/** Creates the table of one pane. */
export function createClassTable(store: Store, pane: Pane): HTMLElement {
  let sorting = { column: 0, isDescending: false };
  const title = element('h3', { class: 'quiet' });
  const none = element('p', {
    class: 'quiet',
    text: l10n.t('No classes: the samples have no labels, or they are still counted.'),
  });
  const voted = element('p', {
    class: 'quiet voted-words',
    text: l10n.t(
      'Accuracy and confusion are votes of the nearest samples in full dimension, not predictions.',
    ),
  });
  const heads = COLUMNS.map((column, place) =>
    headOf(column, () => {
      const isSame = sorting.column === place;
      sorting = { column: place, isDescending: isSame ? !sorting.isDescending : place > 0 };
      draw();
    }),
  );
  const body = element('tbody');
  const table = element('table', { class: 'data-table' }, [
    element('thead', {}, [element('tr', {}, heads)]),
    body,
  ]);
  const attributes = {
    tabindex: '0',
    role: 'region',
    'aria-label': pane === 'left' ? l10n.t('Classes, left map') : l10n.t('Classes, right map'),
  };
  const holder = element('div', { class: 'table-holder', attributes }, [table]);
  const root = element('div', {}, [title, none, holder, voted]);
  let drawn: readonly ClassFigures[] | undefined;
  const draw = () => {
    for (const [place, head] of heads.entries()) setAttribute(head, 'aria-sort', sortWord(sorting, place));
    body.replaceChildren(...sorted(drawn ?? [], sorting).map((one) => rowOf(store, pane, one)));
  };
  store.onChange(() => {
    const source = store.model.panes?.[pane];
    showIf(root, source);
    setText(title, store.model.panes?.right ? (source?.source.name ?? '') : '');
    const classes = source?.classes.get(store.epochs[pane] ?? 0) ?? [];
    showIf(none, classes.length === 0);
    showIf(holder, classes.length > 0);
    showIf(voted, classes.length > 0);
    if (classes === drawn || (classes.length === 0 && drawn?.length === 0)) return;
    drawn = classes;
    draw();
  });
  return root;
}

interface Sorting {
  readonly column: number;
  readonly isDescending: boolean;
}

const inNaturalOrder = new Intl.Collator('en', { numeric: true });

function sorted(classes: readonly ClassFigures[], { column, isDescending }: Sorting): ClassFigures[] {
  const of = COLUMNS[column]?.of ?? (({ name }: ClassFigures) => name);
  const sign = isDescending ? -1 : 1;
  return [...classes].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (typeof x === 'number' && typeof y === 'number') return sign * (numberOf(x) - numberOf(y));
    return sign * inNaturalOrder.compare(String(x), String(y));
  });
}

/** NaN sorts as the smallest number. */
function numberOf(value: number): number {
  return Number.isNaN(value) ? -Number.MAX_VALUE : value;
}

function sortWord({ column, isDescending }: Sorting, place: number): string | null {
  if (column !== place) return null;
  return isDescending ? 'descending' : 'ascending';
}

function headOf({ title, meaning }: ClassColumn, sort: () => void): HTMLElement {
  const button = element('button', { class: 'head-button', text: title, attributes: { type: 'button' } });
  button.title = meaning;
  button.addEventListener('click', sort);
  return element('th', { attributes: { scope: 'col' } }, [button]);
}

function rowOf(store: Store, pane: Pane, figures: ClassFigures): HTMLElement {
  const choose = element('button', {
    class: 'head-button',
    text: figures.name,
    attributes: { type: 'button' },
  });
  choose.title = l10n.t('Select {0}', figures.name);
  choose.addEventListener('click', () => selectClass(store, pane, figures.name));
  const first = element('th', { attributes: { scope: 'row' } }, [choose]);
  const others = COLUMNS.slice(1).map(({ text }) => element('td', { text: text(figures) }));
  return element('tr', {}, [first, ...others]);
}

function selectClass(store: Store, pane: Pane, name: string): void {
  const column = columnNamed(store.columns[pane] ?? [], COLUMN_NAME.class);
  if (column?.kind !== 'category') return;
  const code = column.categories.indexOf(name);
  const rows = [...column.codes.entries()].flatMap(([row, value]) => (value === code ? [row] : []));
  store.select(pane, rows, 'replace');
}
