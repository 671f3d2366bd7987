/**
 * Charts of the tags that the catalogue does not know: those of other people's programs, titled by their names and
 * grouped by what stands before the slash. A chart is made when its tag first appears.
 */
import { isLive } from '../../../src/domain/display/runLook';
import { TAG } from '../../../src/domain/metrics/tags';
import type { Chart } from '../../charts/chart';
import { createChart } from '../../charts/chart';
import type { ChartSpec } from '../../charts/spec';
import { LINE_COLOURS } from '../../charts/spec';
import { PLAIN } from '../../charts/units';
import { element, setText, showIf } from '../../dom';
import type { Panel } from './panel';

const CHART_HEIGHT_PX = 190;
/** Each chart is a canvas; what is left out is said. */
const MOST_CHARTS = 60;

const KNOWN: ReadonlySet<string> = new Set(Object.values(TAG));

/** Creates the section; it is absent while there is nothing to show. */
export function createOtherTags(): Panel {
  const charts = new Map<string, Chart>();
  const grid = element('div', { class: 'chart-grid' });
  const rest = element('p', { class: 'quiet' });
  const heading = element('h2', { text: 'Other tags' });
  const root = element('section', { class: 'panel', attributes: { 'aria-label': 'Other tags' } }, [
    heading,
    grid,
    rest,
  ]);
  const chartOf = (tag: string): Chart => {
    const chart = charts.get(tag) ?? createChart(specOf(tag), CHART_HEIGHT_PX);
    if (!charts.has(tag)) grid.append(chart.element);
    charts.set(tag, chart);
    return chart;
  };
  let shownRun: string | undefined;
  const forgetOthers = (folder: string | undefined) => {
    if (folder === shownRun) return;
    shownRun = folder;
    for (const chart of charts.values()) {
      chart.dispose();
      chart.element.remove();
    }
    charts.clear();
  };
  return {
    element: root,
    update: ({ run, series }) => {
      forgetOthers(run?.folder);
      const tags = [...series.keys()].filter((tag) => !KNOWN.has(tag)).sort();
      // Shown first: a chart inside a hidden section has no width and would not draw.
      showIf(root, run !== null && tags.length > 0);
      if (run === null) return;
      const growth = isLive(run) ? 'growing' : 'finished';
      for (const tag of tags.slice(0, MOST_CHARTS)) chartOf(tag).update(series, growth);
      const left = Math.max(0, tags.length - MOST_CHARTS);
      setText(rest, left === 0 ? '' : `${left} more tags are not drawn here.`);
    },
  };
}

function specOf(tag: string): ChartSpec {
  const series = [{ tag, label: '', colour: LINE_COLOURS[0] }];
  return { title: tag, series, references: [], unit: PLAIN, whileEmpty: 'hidden' };
}
