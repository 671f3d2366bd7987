/** Loss and headroom in figures, above the curve between its two lines. */
import * as l10n from '@vscode/l10n';
import { formatNumber } from '../../../src/domain/display/format';
import { hueVariable, lookOfRun } from '../../../src/domain/display/runColours';
import { isLive } from '../../../src/domain/display/runLook';
import { TAG } from '../../../src/domain/metrics/tags';
import { LOSS_CHART } from '../../charts/catalogue';
import { RATIO } from '../../charts/units';
import { createChart } from '../../charts/chart';
import type { ChartSpec } from '../../charts/spec';
import { element, setAttribute, setText, showIf } from '../../dom';
import { lastValue } from '../../../src/domain/series/column';
import { trendOf } from '../state/trend';
import type { Panel } from './panel';

const CHART_HEIGHT_PX = 150;

/** The hue that the run has on every surface. */
const RUN_COLOUR = '--supcon-run-colour';
const SPEC: ChartSpec = {
  ...LOSS_CHART,
  series: LOSS_CHART.series.map((series) => ({ ...series, colour: RUN_COLOUR })),
};

const HEADROOM_HELP = l10n.t(
  'Where the loss stands between its floor (0) and its collapse line (1). Random embeddings lie slightly above 1.',
);

const TREND_SIGNS = { falling: '↓', rising: '↑', level: '→' } as const;

/** Creates the loss panel of the side bar. */
export function createLossPanel(): Panel {
  const loss = element('b', { class: 'number' });
  const headroom = element('span', { class: 'number' });
  const headroomPair = element('span', { class: 'quiet' }, [
    document.createTextNode(`${l10n.t('headroom')} `),
    headroom,
  ]);
  setAttribute(headroomPair, 'title', HEADROOM_HELP);
  const heading = element('h2', { class: 'figures' }, [
    element('span', {}, [document.createTextNode(`${l10n.t('loss')} `), loss]),
    headroomPair,
  ]);
  const chart = createChart(SPEC, CHART_HEIGHT_PX, heading);
  const root = element('section', { class: 'panel', attributes: { 'aria-label': l10n.t('Loss') } }, [
    chart.element,
  ]);
  return {
    element: root,
    update: ({ run, series }) => {
      showIf(root, run);
      if (!run) return;
      colourOf(run.folder);
      setText(loss, figure(lastValue(series.get(TAG.loss))));
      const last = lastValue(series.get(TAG.headroom));
      showIf(headroomPair, last !== undefined);
      const sign = isLive(run) ? ` ${TREND_SIGNS[trendOf(series.get(TAG.headroom))]}` : '';
      setText(headroom, RATIO.format(last ?? NaN) + sign);
      chart.update(series, isLive(run) ? 'growing' : 'finished');
    },
  };
}

/** The chart reads the variable off the body, and draws anew when the body's style changes. */
function colourOf(folder: string): void {
  const value = `var(${hueVariable(lookOfRun(folder))})`;
  const { style } = document.body;
  if (style.getPropertyValue(RUN_COLOUR) !== value) style.setProperty(RUN_COLOUR, value);
}

function figure(value: number | undefined): string {
  return value === undefined ? '–' : formatNumber(value);
}
