/** Cosine densities of one epoch, same class against other class, and the path of uniformity against alignment. */
import * as l10n from '@vscode/l10n';
import { formatNumber } from '../../../src/domain/display/format';
import type { EpochDiagnostics } from '../../../src/domain/run/runFigures';
import { svg } from '../../svg';
import { emptyWords } from './special';

const WIDTH = 420;
const HEIGHT = 220;
const SIDE = 40;
const BOTTOM = 26;
const TOP = 12;

/** The two densities over cosines from -1 to 1. */
export function drawDensities(epoch: EpochDiagnostics | undefined): Node {
  if (!epoch) return emptyWords(l10n.t('Not recorded: the run has no diagnostics of its embedding.'));
  const same = normalised(epoch.sameClass);
  const other = normalised(epoch.otherClass);
  const most = Math.max(...same, ...other, 1e-9);
  const x = (cosine: number) => SIDE + ((cosine + 1) / 2) * (WIDTH - SIDE - 8);
  const y = (density: number) => HEIGHT - BOTTOM - (density / most) * (HEIGHT - BOTTOM - TOP);
  const area = (densities: readonly number[]) => {
    const points = densities.map(
      (density, i) => `${x(-1 + (2 * (i + 0.5)) / densities.length)},${y(density)}`,
    );
    return [`${x(-1)},${y(0)}`, ...points, `${x(1)},${y(0)}`].join(' ');
  };
  const margin = meanCosine(same) - meanCosine(other);
  const label = l10n.t(
    'Cosines of pairs at epoch {0}: same class {1}, other class {2}, margin {3}',
    epoch.epoch,
    formatNumber(meanCosine(same)),
    formatNumber(meanCosine(other)),
    formatNumber(margin),
  );
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, class: 'special-svg' },
    [
      ...[-1, -0.5, 0, 0.5, 1].flatMap((at) => [
        svg('line', { x1: x(at), x2: x(at), y1: TOP, y2: HEIGHT - BOTTOM, class: 'grid-line' }),
        svg('text', { x: x(at), y: HEIGHT - 8, 'text-anchor': 'middle', class: 'quiet-text' }, [String(at)]),
      ]),
      svg('polygon', {
        points: area(other),
        fill: 'var(--vscode-charts-orange)',
        'fill-opacity': 0.3,
        stroke: 'var(--vscode-charts-orange)',
      }),
      svg('polygon', {
        points: area(same),
        fill: 'var(--vscode-charts-blue)',
        'fill-opacity': 0.3,
        stroke: 'var(--vscode-charts-blue)',
        'stroke-dasharray': '7 3',
      }),
      svg('text', { x: x(meanCosine(same)), y: TOP + 10, 'text-anchor': 'middle' }, [l10n.t('same class')]),
      svg('text', { x: x(meanCosine(other)), y: TOP + 24, 'text-anchor': 'middle' }, [l10n.t('other class')]),
      svg('text', { x: SIDE, y: TOP + 10 }, [l10n.t('margin {0}', formatNumber(margin))]),
    ],
  );
}

/** Alignment to the right, uniformity upwards, both better when lower: a healthy run goes towards the lower left. */
export function drawPath(epochs: readonly EpochDiagnostics[], chosen: EpochDiagnostics | undefined): Node {
  const known = epochs.filter(
    (one) => Number.isFinite(one.classAlignment) && Number.isFinite(one.uniformity),
  );
  if (known.length === 0) return emptyWords(l10n.t('Not recorded: the run has no alignment and uniformity.'));
  const x = scaleOf(
    known.map((one) => one.classAlignment),
    SIDE + 12,
    WIDTH - 16,
  );
  const y = scaleOf(
    known.map((one) => one.uniformity),
    HEIGHT - BOTTOM - 4,
    TOP,
  );
  const points = known.map((one) => `${x.at(one.classAlignment)},${y.at(one.uniformity)}`).join(' ');
  const dots = known.map((one) => {
    const place = { cx: x.at(one.classAlignment), cy: y.at(one.uniformity), r: one === chosen ? 5 : 2.5 };
    const text = l10n.t(
      'epoch {0}: alignment {1}, uniformity {2}',
      one.epoch,
      formatNumber(one.classAlignment),
      formatNumber(one.uniformity),
    );
    return svg('circle', { ...place, fill: 'var(--vscode-charts-purple)' }, [svg('title', {}, [text])]);
  });
  const label =
    known.length === 1
      ? l10n.t('Uniformity against alignment at 1 epoch')
      : l10n.t('Uniformity against alignment over {0} epochs', known.length);
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, class: 'special-svg' },
    [
      svg('polyline', { points, fill: 'none', stroke: 'var(--vscode-charts-purple)' }),
      ...dots,
      ...[x.low, x.high].map((value) =>
        svg('text', { x: x.at(value), y: HEIGHT - 8, 'text-anchor': 'middle', class: 'quiet-text' }, [
          formatNumber(value),
        ]),
      ),
      ...[y.low, y.high].map((value) =>
        svg('text', { x: SIDE - 2, y: y.at(value) + 4, 'text-anchor': 'end', class: 'quiet-text' }, [
          formatNumber(value),
        ]),
      ),
      svg('text', { x: WIDTH / 2, y: HEIGHT - 8, 'text-anchor': 'middle' }, [l10n.t('alignment')]),
      svg('text', { x: SIDE + 4, y: TOP + 2 }, [l10n.t('uniformity')]),
    ],
  );
}

function normalised(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (all === 0 ? 0 : count / all));
}

function meanCosine(densities: readonly number[]): number {
  return densities.reduce((sum, density, i) => sum + density * (-1 + (2 * (i + 0.5)) / densities.length), 0);
}

function scaleOf(values: readonly number[], start: number, end: number) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return {
    low,
    high,
    at: (value: number) =>
      high === low ? (start + end) / 2 : start + ((value - low) / (high - low)) * (end - start),
  };
}
