/** A metric against a setting, one dot a run, with Spearman's rank correlation and the number of runs behind it. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import { hueVariable } from '../../../src/domain/display/runColours';
import type { RankCorrelation } from '../../../src/domain/statistics/rankCorrelation';
import { rankCorrelation } from '../../../src/domain/statistics/rankCorrelation';
import { element, setText } from '../../dom';
import { steppedRange } from '../../charts/range';
import type { Quantity } from '../state/axes';
import type { RunEntry } from '../state/model';
import { createPicker } from '../../picker';
import { svg } from '../../svg';
import { specialCard } from './special';

const SIZE = { width: 420, height: 260, left: 56, right: 12, top: 8, bottom: 28 };
const DOT_PX = 4;
const TICKS = 4;

/** A special chart of the runs in view. */
export interface RunsChart {
  readonly element: HTMLElement;
  update(runs: readonly RunEntry[], quantities: readonly Quantity[]): void;
}

/** Creates the chart. */
export function createScatter(): RunsChart {
  const chosen = { x: '', y: '' };
  let draw = () => undefined as unknown;
  const xPicker = createPicker('x', (key) => ((chosen.x = key), draw()));
  const yPicker = createPicker('y', (key) => ((chosen.y = key), draw()));
  const words = element('p', { class: 'quiet', attributes: { role: 'status' } });
  const stage = element('div', { class: 'special-stage' });
  const pickers = element('div', { class: 'special-pickers' }, [xPicker.element, yPicker.element]);
  return {
    element: specialCard(l10n.t('Metric against setting'), [pickers, stage, words]),
    update: (runs, quantities) => {
      draw = () => {
        const options = quantities.map(({ key, label }) => [key, label] as const);
        const find = (key: string, kind: Quantity['kind']) =>
          quantities.find((one) => one.key === key) ??
          quantities.find((one) => one.kind === kind) ??
          quantities[0];
        const x = find(chosen.x, 'setting');
        const y = find(chosen.y, 'metric');
        if (!x || !y) return;
        xPicker.fill(options, x.key);
        yPicker.fill(options, y.key);
        stage.replaceChildren(drawDots(runs, x, y));
        setText(words, correlationInWords(rankCorrelation(runs.map(x.of), runs.map(y.of))));
      };
      draw();
    },
  };
}

/** Said with the number of runs, because three dots always lie on some curve. */
export function correlationInWords({ rho, pairs }: RankCorrelation): string {
  const isNone = Number.isNaN(rho);
  const figure = rho.toFixed(2).replace('-', '−');
  if (pairs === 1)
    return isNone
      ? l10n.t('No rank correlation can be told from 1 run.')
      : l10n.t("Spearman's rank correlation {0} over 1 run", figure);
  return isNone
    ? l10n.t('No rank correlation can be told from {0} runs.', formatCount(pairs))
    : l10n.t("Spearman's rank correlation {0} over {1} runs", figure, formatCount(pairs));
}

function drawDots(runs: readonly RunEntry[], x: Quantity, y: Quantity): SVGElement {
  const placed = runs.filter((run) => Number.isFinite(x.of(run)) && Number.isFinite(y.of(run)));
  const xScale = scaleOf(placed.map(x.of), SIZE.left, SIZE.width - SIZE.right);
  const yScale = scaleOf(placed.map(y.of), SIZE.height - SIZE.bottom, SIZE.top);
  const dots = placed.map((run) => {
    const stands = [x, y].map((quantity) => `${quantity.label} ${quantity.format(quantity.of(run))}`);
    const text = `${run.summary.name}: ${stands.join(', ')}`;
    return svg(
      'circle',
      {
        cx: xScale.at(x.of(run)),
        cy: yScale.at(y.of(run)),
        r: DOT_PX,
        fill: `var(${hueVariable(run.look)})`,
      },
      [svg('title', {}, [text])],
    );
  });
  const label = l10n.t('{0} against {1}, {2} runs', y.label, x.label, placed.length);
  return svg(
    'svg',
    { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: 'img', 'aria-label': label, class: 'special-svg' },
    [
      ...ticksOf(xScale.ticks, x, (at, text) => [
        svg('line', {
          x1: xScale.at(at),
          x2: xScale.at(at),
          y1: SIZE.top,
          y2: SIZE.height - SIZE.bottom,
          class: 'grid-line',
        }),
        svg('text', { x: xScale.at(at), y: SIZE.height - 10, 'text-anchor': 'middle' }, [text]),
      ]),
      ...ticksOf(yScale.ticks, y, (at, text) => [
        svg('line', {
          x1: SIZE.left,
          x2: SIZE.width - SIZE.right,
          y1: yScale.at(at),
          y2: yScale.at(at),
          class: 'grid-line',
        }),
        svg('text', { x: SIZE.left - 6, y: yScale.at(at) + 4, 'text-anchor': 'end' }, [text]),
      ]),
      ...dots,
    ],
  );
}

function ticksOf(
  ticks: readonly number[],
  { words, format }: Quantity,
  draw: (at: number, text: string) => readonly SVGElement[],
) {
  const places = words.length > 0 ? words.map((_, place) => place) : ticks;
  return places.flatMap((at) => draw(at, format(at)));
}

function scaleOf(values: readonly number[], start: number, end: number) {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const [from, to] = low <= high ? steppedRange([low, high]) : [0, 1];
  const at = (value: number) => start + ((value - from) / (to - from)) * (end - start);
  return { at, ticks: Array.from({ length: TICKS + 1 }, (_, i) => from + ((to - from) * i) / TICKS) };
}
