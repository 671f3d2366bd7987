/**
 * Parallel coordinates: settings and metrics as axes, one line a run. Each axis has two sliders that bound it; runs
 * outside some bound fade, and their number is said.
 */
import * as l10n from '@vscode/l10n';
import { DASHES, hueVariable } from '../../../src/domain/display/runColours';
import { element, setText } from '../../dom';
import type { Quantity } from '../state/axes';
import type { RunEntry } from '../state/model';
import type { RunsChart } from './scatter';
import { svg } from '../../svg';
import { specialCard } from './special';

const HEIGHT = 260;
const AXIS_GAP = 130;
const SIDE = 60;
const TOP = 34;
const BOTTOM = 40;
/** More axes than can be read at once. */
const MOST_AXES = 10;
/** The resolution of a bound, in steps between the ends of its axis. */
const STEPS = 100;

type Bounds = Map<string, { low: number; high: number }>;

/** Creates the chart. */
export function createParallel(): RunsChart {
  const bounds: Bounds = new Map();
  const stage = element('div', {
    class: 'special-stage',
    attributes: { tabindex: '0', role: 'region', 'aria-label': l10n.t('Parallel coordinates, axes') },
  });
  const brushes = element('div', { class: 'special-brushes' });
  const words = element('p', { class: 'quiet', attributes: { role: 'status' } });
  let shape = '';
  return {
    element: specialCard(l10n.t('Parallel coordinates'), [
      stage,
      element('details', {}, [element('summary', { text: l10n.t('Bounds of the axes') }), brushes]),
      words,
    ]),
    update: (runs, quantities) => {
      const axes = quantities.slice(0, MOST_AXES).map((quantity) => axisOf(quantity, runs));
      const draw = () => {
        const kept = runs.filter((run) => axes.every((axis) => isWithin(axis, run, bounds)));
        stage.replaceChildren(drawAxes(axes, runs, new Set(kept)));
        const within = l10n.t('{0} of {1} runs are within all bounds.', kept.length, runs.length);
        const left =
          quantities.length > MOST_AXES
            ? l10n.t('The first {0} of {1} quantities are drawn.', MOST_AXES, quantities.length)
            : '';
        setText(words, `${within} ${left}`.trim());
      };
      const next = JSON.stringify(axes.map(({ quantity, low, high }) => [quantity.key, low, high]));
      if (next !== shape) brushes.replaceChildren(...axes.map((axis) => createBounds(axis, bounds, draw)));
      shape = next;
      draw();
    },
  };
}

interface Axis {
  readonly quantity: Quantity;
  readonly low: number;
  readonly high: number;
}

function axisOf(quantity: Quantity, runs: readonly RunEntry[]): Axis {
  const values = runs.map((run) => quantity.of(run)).filter(Number.isFinite);
  return { quantity, low: Math.min(...values), high: Math.max(...values) };
}

/** From 0 at the lower end to 1; a quantity that is the same everywhere stands in the middle. */
function shareOf({ quantity, low, high }: Axis, run: RunEntry): number {
  return high === low ? 0.5 : (quantity.of(run) - low) / (high - low);
}

function isWithin(axis: Axis, run: RunEntry, bounds: Bounds): boolean {
  const bound = bounds.get(axis.quantity.key);
  if (!bound) return true;
  const share = shareOf(axis, run);
  return share >= bound.low - 1e-9 && share <= bound.high + 1e-9;
}

function drawAxes(axes: readonly Axis[], runs: readonly RunEntry[], kept: ReadonlySet<RunEntry>): SVGElement {
  const width = 2 * SIDE + AXIS_GAP * Math.max(1, axes.length - 1);
  const y = (share: number) => HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  const lines = runs.map((run) => {
    const points = axes.flatMap((axis, i) => {
      const share = shareOf(axis, run);
      return Number.isNaN(share) ? [] : [`${SIDE + i * AXIS_GAP},${y(share)}`];
    });
    const isKept = kept.has(run);
    const look = {
      stroke: `var(${hueVariable(run.look)})`,
      'stroke-dasharray': (DASHES[run.look.dash] ?? []).join(' '),
    };
    const title = svg('title', {}, [run.summary.name]);
    return svg(
      'polyline',
      {
        points: points.join(' '),
        fill: 'none',
        'stroke-width': 1.5,
        'stroke-opacity': isKept ? 1 : 0.15,
        ...look,
      },
      [title],
    );
  });
  const frame = axes.flatMap(({ quantity, low, high }, i) => {
    const x = SIDE + i * AXIS_GAP;
    const label = quantity.label.length > 20 ? `…${quantity.label.slice(-19)}` : quantity.label;
    return [
      svg('line', { x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM, class: 'axis-line' }),
      svg('text', { x, y: 14, 'text-anchor': 'middle' }, [label, svg('title', {}, [quantity.label])]),
      svg('text', { x, y: TOP - 6, 'text-anchor': 'middle', class: 'quiet-text' }, [quantity.format(high)]),
      svg('text', { x, y: HEIGHT - BOTTOM + 14, 'text-anchor': 'middle', class: 'quiet-text' }, [
        quantity.format(low),
      ]),
    ];
  });
  const drawn = axes.map(({ quantity }) => quantity.label).join(', ');
  const label = l10n.t('{0} runs over {1}', runs.length, drawn);
  return svg('svg', { width, height: HEIGHT, role: 'img', 'aria-label': label, class: 'special-svg' }, [
    ...frame,
    ...lines,
  ]);
}

function createBounds(axis: Axis, bounds: Bounds, draw: () => void): HTMLElement {
  const { key, label } = axis.quantity;
  const set = (end: 'low' | 'high', share: number) => {
    bounds.set(key, { low: 0, high: 1, ...bounds.get(key), [end]: share });
    draw();
  };
  const slider = (end: 'low' | 'high', name: string) => {
    const value = bounds.get(key)?.[end] ?? (end === 'low' ? 0 : 1);
    const input = element('input', {
      attributes: {
        type: 'range',
        min: '0',
        max: String(STEPS),
        value: String(value * STEPS),
        'aria-label': name,
      },
    });
    input.addEventListener('input', () => set(end, Number(input.value) / STEPS));
    return input;
  };
  return element('div', { class: 'bar-field' }, [
    element('span', { class: 'ellipsis', text: label }),
    slider('low', l10n.t('{0}, lower bound', label)),
    slider('high', l10n.t('{0}, upper bound', label)),
  ]);
}
