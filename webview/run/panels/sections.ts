/** The body of the large page: titled sections, each a grid of equal charts; sections without data are absent. */
import { isLive } from '../../../src/domain/display/runLook';
import type { Section } from '../../charts/catalogue';
import { SECTIONS } from '../../charts/catalogue';
import type { Chart } from '../../charts/chart';
import { createChart } from '../../charts/chart';
import { element, showIf } from '../../dom';
import type { PageModel } from '../state/model';
import { createAccuracyPanel } from './accuracy';
import type { Panel } from './panel';

const CHART_HEIGHT_PX = 190;

/** Panels that stand beside the charts of a section, by its title. */
const COMPANIONS: Readonly<Record<string, () => Panel>> = { Accuracy: createAccuracyPanel };

/** Creates every section of the catalogue. */
export function createSections(): Panel {
  const sections = SECTIONS.map(createSection);
  const root = element(
    'div',
    { class: 'sections' },
    sections.map((section) => section.element),
  );
  return {
    element: root,
    update: (model, now) => {
      showIf(root, model.run);
      for (const section of sections) section.update(model, now);
    },
  };
}

function createSection({ title, charts: specs }: Section): Panel {
  const charts = specs.map((spec) => createChart(spec, CHART_HEIGHT_PX));
  const companion = COMPANIONS[title]?.();
  const cells = charts.map((chart) => chart.element);
  const grid = element('div', { class: 'chart-grid' }, companion ? [...cells, companion.element] : cells);
  const heading = element('h2', { text: title });
  const root = element('section', { class: 'panel', attributes: { 'aria-label': title } }, [heading, grid]);
  return {
    element: root,
    update: (model, now) => {
      updateCharts(root, charts, model);
      companion?.update(model, now);
    },
  };
}

function updateCharts(root: HTMLElement, charts: readonly Chart[], model: PageModel): void {
  const growth = model.run !== null && isLive(model.run) ? 'growing' : 'finished';
  // Shown first: a chart inside a hidden section has no width and would not draw.
  showIf(root, true);
  for (const chart of charts) chart.update(model.series, growth);
  showIf(
    root,
    charts.some((chart) => !chart.element.hidden),
  );
}
