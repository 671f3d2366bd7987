/** The bar above the maps: which vectors become a map, and how; what is compared with what. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import type { MapMethod } from '../../../src/domain/maps/request';
import { MAP_DIMENSIONS, MAP_METHODS, METRICS } from '../../../src/domain/maps/request';
import { element, showIf } from '../../dom';
import { createPicker } from '../../picker';
import type { WireRequest } from '../state/model';
import type { Store } from '../state/store';
import { METHOD_WORDS, METRIC_WORDS, tableWords } from '../state/words';
import { firstAxes } from './axes';
import { numberField } from './controls';

const SAMPLE_SIZES = [1000, 2000, 5000, 10_000, 20_000, 50_000] as const;
const MOST_SEED = 2 ** 31 - 1;
/** Methods that look at neighbours. */
const NEIGHBOUR_METHODS: readonly MapMethod[] = ['umap', 'localmap'];

/** A control and how it follows the request. */
interface Control {
  readonly element: HTMLElement;
  update(map: WireRequest): void;
}

/** Creates the bar. */
export function createBar(store: Store): HTMLElement {
  const controls = [
    tableControl(store),
    methodControl(store),
    dimensionsControl(store),
    metricControl(store),
    neighboursControl(store),
    samplesControl(store),
    seedControl(store),
  ];
  const attributes = { role: 'toolbar', 'aria-label': l10n.t('Map') };
  const root = element(
    'header',
    { class: 'bar', attributes },
    controls.map((control) => control.element),
  );
  store.onChange(() => {
    showIf(root, store.model.phase === 'opened');
    for (const control of controls) control.update(store.model.map);
  });
  return root;
}

function tableControl(store: Store): Control {
  const picker = createPicker(l10n.t('vectors'), (table) => store.ask({ table }));
  return {
    element: picker.element,
    update: ({ table }) => {
      const { left, right } = store.model.panes ?? {};
      const common = left?.source.tables.filter(
        ({ name }) => !right || right.source.tables.some((other) => other.name === name),
      );
      const values = (common ?? []).map(({ name, dimensions }) => {
        return [name, l10n.t('{0}, {1}-d', tableWords(name), formatCount(dimensions))] as const;
      });
      picker.fill(values, table);
    },
  };
}

function methodControl(store: Store): Control {
  const picker = createPicker(l10n.t('method'), (value) => {
    const method = MAP_METHODS.find((one) => one === value);
    if (method === undefined) return;
    const { axes, dimensions } = store.model.map;
    const isBare = method === 'axes' && axes.length !== dimensions;
    store.ask({ method, axes: isBare ? firstAxes(store) : axes });
  });
  return {
    element: picker.element,
    update: ({ method }) => {
      const isGiven = store.model.panes?.left.source.kind === 'file';
      const methods = MAP_METHODS.filter((one) => one !== 'given' || isGiven || method === 'given');
      picker.fill(
        methods.map((one) => [one, METHOD_WORDS[one]] as const),
        method,
      );
    },
  };
}

function dimensionsControl(store: Store): Control {
  const picker = createPicker('', (value) => {
    const dimensions = MAP_DIMENSIONS.find((one) => String(one) === value) ?? 2;
    store.ask({ dimensions, axes: store.model.map.axes.slice(0, dimensions) });
  });
  picker.element.querySelector('select')?.setAttribute('aria-label', l10n.t('Dimensions of the map'));
  return {
    element: picker.element,
    update: ({ dimensions }) => {
      const values = MAP_DIMENSIONS.map((one) => [String(one), l10n.t('{0}-d', one)] as const);
      picker.fill(values, String(dimensions));
    },
  };
}

function metricControl(store: Store): Control {
  const picker = createPicker(l10n.t('metric'), (value) => {
    const metric = METRICS.find((one) => one === value);
    if (metric !== undefined) store.ask({ metric });
  });
  return {
    element: picker.element,
    update: ({ metric, method }) => {
      picker.fill(
        METRICS.map((one) => [one, METRIC_WORDS[one]] as const),
        metric,
      );
      showIf(picker.element, NEIGHBOUR_METHODS.includes(method));
    },
  };
}

function neighboursControl(store: Store): Control {
  const field = numberField('k', { least: 2, most: 200 }, (neighbours) => store.ask({ neighbours }));
  field.element.title = l10n.t('Neighbours of each sample that the map is made from');
  return {
    element: field.element,
    update: ({ neighbours, method }) => {
      field.show(neighbours);
      showIf(field.element, NEIGHBOUR_METHODS.includes(method));
    },
  };
}

function samplesControl(store: Store): Control {
  const picker = createPicker(l10n.t('samples'), (value) =>
    store.ask({ limit: value === '' ? null : Number(value) }),
  );
  picker.element.title = l10n.t(
    'Samples are drawn class by class by the seed, never by their order in the file',
  );
  return {
    element: picker.element,
    update: ({ limit }) => {
      const total = store.model.panes?.left.source.ids.length ?? 0;
      const sizes = SAMPLE_SIZES.filter((size) => size < total || size === limit);
      const known = limit === null || sizes.some((size) => size === limit) ? sizes : [...sizes, limit];
      const values = known.map((size) => [String(size), formatCount(size)] as const);
      picker.fill(
        [['', l10n.t('all {0}', formatCount(total))], ...values],
        limit === null ? '' : String(limit),
      );
    },
  };
}

function seedControl(store: Store): Control {
  const field = numberField(l10n.t('seed'), { least: 0, most: MOST_SEED }, (seed) => store.ask({ seed }));
  field.element.title = l10n.t('The same seed and vectors give the same map');
  return { element: field.element, update: ({ seed }) => field.show(seed) };
}
