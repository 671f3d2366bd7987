/** Reliability diagram: how often answers of a confidence are right. On the diagonal confidence is what it says. */
import * as l10n from '@vscode/l10n';
import { formatCount, formatPercent } from '../../../src/domain/display/format';
import type { ReliabilityFigures } from '../../../src/domain/run/runFigures';
import { svg } from '../../svg';
import { emptyWords } from './special';

const SIZE = 260;
const SIDE = 40;
const PLOT = SIZE - SIDE - 8;

/** The diagram, or the words that there is none. */
export function drawReliability(figures: ReliabilityFigures | null): Node {
  if (!figures)
    return emptyWords(l10n.t('Not recorded: the run has no classifier whose confidence was measured.'));
  const { bins, ece } = figures;
  const at = (share: number) => SIZE - SIDE + 4 - share * PLOT;
  const width = PLOT / bins.length;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const bars = bins.map(({ count, accuracy, confidence }, i) => {
    const text = l10n.t(
      'confidence {0}: right {1} of {2}',
      formatPercent(confidence),
      formatPercent(accuracy),
      formatCount(count),
    );
    const attributes = {
      x: SIDE + i * width,
      y: at(accuracy),
      width: Math.max(1, width - 1),
      height: accuracy * PLOT,
    };
    // Bins of few samples are fainter: their height means little.
    const opacity = count === 0 ? 0 : 0.25 + 0.75 * (count / most);
    return svg('rect', { ...attributes, fill: 'var(--vscode-charts-blue)', 'fill-opacity': opacity }, [
      svg('title', {}, [text]),
    ]);
  });
  const ticks = [0, 0.5, 1].flatMap((share) => [
    svg('text', { x: SIDE - 6, y: at(share) + 4, 'text-anchor': 'end', class: 'quiet-text' }, [
      `${share * 100} %`,
    ]),
    svg('text', { x: SIDE + share * PLOT, y: SIZE - 14, 'text-anchor': 'middle', class: 'quiet-text' }, [
      `${share * 100} %`,
    ]),
  ]);
  const label = l10n.t(
    'Share right by confidence, {0} bins; calibration error {1}',
    bins.length,
    formatPercent(ece),
  );
  return svg(
    'svg',
    { width: SIZE + 10, height: SIZE, role: 'img', 'aria-label': label, class: 'special-svg' },
    [
      ...bars,
      svg('line', {
        x1: SIDE,
        y1: at(0),
        x2: SIDE + PLOT,
        y2: at(1),
        class: 'axis-line',
        'stroke-dasharray': '5 4',
      }),
      ...ticks,
      svg('text', { x: SIDE + 4, y: 16 }, [l10n.t('calibration error {0}', formatPercent(ece))]),
    ],
  );
}
