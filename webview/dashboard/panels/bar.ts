/** The top bar: what all charts are drawn over and how, and the search of tags. */
import * as l10n from '@vscode/l10n';
import type { BandKind } from '../../../src/domain/series/query';
import { BANDS, X_AXES } from '../../../src/domain/series/query';
import type { ChartSize, Layout } from '../../../src/protocol/pages/dashboard';
import { AXIS_WORDS } from '../../charts/lines/axes';
import { element, icon, setAttribute, showIf } from '../../dom';
import type { Store } from '../state/store';

const BAND_WORDS: Readonly<Record<BandKind, string>> = {
  deviation: l10n.t('standard deviation'),
  error: l10n.t('standard error'),
  range: l10n.t('min to max'),
  interval: l10n.t('95 % interval'),
};

const SIZE_WORDS: Readonly<Record<ChartSize, string>> = {
  small: l10n.t('small'),
  medium: l10n.t('medium'),
  large: l10n.t('large'),
};

/** The smoothing slider goes from 0 to 100; weights near 1 need finer steps, so it is the square root of the distance. */
const SLIDER_END = 100;
const LARGEST_WEIGHT = 0.999;

/** Creates the bar. */
export function createBar(store: Store): HTMLElement {
  const parts = [
    createRailToggle(store),
    createChoice(store, { key: 'axis', label: l10n.t('x axis'), words: AXIS_WORDS, values: X_AXES }),
    createToggle(store, 'logX', l10n.t('log x'), l10n.t('Logarithmic x axis')),
    createToggle(store, 'logY', l10n.t('log y'), l10n.t('Logarithmic y axis')),
    createToggle(
      store,
      'isClipped',
      l10n.t('clip'),
      l10n.t('Leave outliers out of the y range and mark them at the edge'),
    ),
    createSmoothing(store),
    createChoice(
      store,
      { key: 'band', label: l10n.t('band'), words: BAND_WORDS, values: BANDS },
      () => store.model.groups.length > 0,
    ),
    createChoice(store, {
      key: 'chartSize',
      label: l10n.t('size'),
      words: SIZE_WORDS,
      values: ['small', 'medium', 'large'],
    }),
    createReset(store),
    createSearch(store),
  ];
  return element(
    'header',
    { class: 'bar', attributes: { role: 'toolbar', 'aria-label': l10n.t('Charts') } },
    parts,
  );
}

function createRailToggle(store: Store): HTMLElement {
  const button = element('button', {
    class: 'icon-button codicon codicon-layout-sidebar-left',
    attributes: { type: 'button', 'aria-controls': 'rail', 'aria-label': l10n.t('Runs in view') },
  });
  button.title = l10n.t('Show or hide the runs in view');
  button.addEventListener('click', () => store.arrange({ isRailOpen: !store.layout.isRailOpen }));
  store.onChange(() => setAttribute(button, 'aria-expanded', String(store.layout.isRailOpen)));
  return button;
}

interface Choice<Key extends 'axis' | 'band' | 'chartSize'> {
  readonly key: Key;
  readonly label: string;
  readonly words: Readonly<Record<Layout[Key], string>>;
  readonly values: readonly Layout[Key][];
}

function createChoice<Key extends 'axis' | 'band' | 'chartSize'>(
  store: Store,
  { key, label, words, values }: Choice<Key>,
  isShown: () => boolean = () => true,
): HTMLElement {
  const select = element(
    'select',
    {},
    values.map((value) => element('option', { text: words[value], attributes: { value } })),
  );
  select.addEventListener('change', () => {
    const chosen = values.find((value) => value === select.value);
    if (chosen !== undefined) store.arrange({ [key]: chosen });
  });
  const root = element('label', { class: 'bar-field' }, [
    element('span', { class: 'quiet', text: label }),
    select,
  ]);
  store.onChange(() => {
    select.value = store.layout[key];
    showIf(root, isShown());
  });
  return root;
}

function createToggle(
  store: Store,
  key: 'logX' | 'logY' | 'isClipped',
  text: string,
  title: string,
): HTMLElement {
  const button = element('button', {
    class: 'toggle-button',
    text,
    attributes: { type: 'button' },
  });
  button.title = title;
  button.addEventListener('click', () => store.arrange({ [key]: !store.layout[key] }));
  store.onChange(() => setAttribute(button, 'aria-pressed', String(store.layout[key])));
  return button;
}

function createSmoothing(store: Store): HTMLElement {
  const slider = element('input', {
    attributes: {
      type: 'range',
      min: '0',
      max: String(SLIDER_END),
      step: '1',
      'aria-label': l10n.t('Smoothing'),
    },
  });
  const shown = element('span', { class: 'number quiet' });
  slider.addEventListener('input', () => store.arrange({ smoothing: weightAt(Number(slider.value)) }));
  store.onChange(() => {
    const { smoothing } = store.layout;
    slider.value = String(placeOf(smoothing));
    shown.textContent = smoothing === 0 ? l10n.t('off') : smoothing.toFixed(smoothing > 0.99 ? 3 : 2);
    setAttribute(slider, 'aria-valuetext', shown.textContent);
  });
  return element('label', { class: 'bar-field' }, [
    element('span', { class: 'quiet', text: l10n.t('smoothing') }),
    slider,
    shown,
  ]);
}

/** The weight of the past at a place of the slider. */
export function weightAt(place: number): number {
  return Math.round((1 - (1 - place / SLIDER_END) ** 2) * LARGEST_WEIGHT * 1e4) / 1e4;
}

function placeOf(weight: number): number {
  return Math.round(SLIDER_END * (1 - Math.sqrt(1 - weight / LARGEST_WEIGHT)));
}

function createReset(store: Store): HTMLElement {
  const button = element('button', { class: 'text-button', attributes: { type: 'button' } }, [
    icon('zoom-out'),
    document.createTextNode(l10n.t('Reset zoom')),
  ]);
  button.addEventListener('click', () => store.zoom(null));
  // It keeps its place: a button that comes and goes would move the others.
  store.onChange(() => (button.disabled = store.range === null));
  return button;
}

function createSearch(store: Store): HTMLElement {
  const input = element('input', {
    class: 'text-field',
    attributes: {
      type: 'search',
      placeholder: l10n.t('Search charts'),
      'aria-label': l10n.t('Search charts by title or tag'),
    },
  });
  input.addEventListener('input', () => store.searchTags(input.value));
  return input;
}
