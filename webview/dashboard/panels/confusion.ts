/** Confusion matrix: rows are true classes, columns answers. A cell opens the test samples behind it. */
import * as l10n from '@vscode/l10n';
import { formatCount, formatPercent } from '../../../src/domain/display/format';
import type { ConfusionFigures } from '../../../src/domain/run/runFigures';
import { element } from '../../dom';
import { emptyWords } from './special';

/** How much of the colour a full cell has: more, and its figure is hard to read. */
const STRONGEST_PERCENT = 32;

/** A cell by its place. */
export interface ConfusionCell {
  readonly trueClass: number;
  readonly answer: number;
}

/** The matrix as a table, or the words that there is none; `open` is called with a cell that was chosen. */
export function drawConfusion(figures: ConfusionFigures | null, open: (cell: ConfusionCell) => void): Node {
  if (!figures)
    return emptyWords(l10n.t('Not recorded: the run has no classifier, or too many classes for a matrix.'));
  const { classes, counts } = figures;
  const head = element('tr', {}, [
    element('th', { text: l10n.t('true \\ answer'), attributes: { scope: 'col' } }),
    ...classes.map((name) => element('th', { text: name, attributes: { scope: 'col' } })),
  ]);
  const rows = counts.map((row, trueClass) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, answer) =>
      element('td', {}, [cellOf({ count, all, trueClass, answer }, classes, open)]),
    );
    return element('tr', {}, [
      element('th', { text: classes[trueClass] ?? '', attributes: { scope: 'row' } }),
      ...cells,
    ]);
  });
  return element('table', { class: 'confusion' }, [element('thead', {}, [head]), element('tbody', {}, rows)]);
}

interface Counted extends ConfusionCell {
  readonly count: number;
  readonly all: number;
}

function cellOf(
  { count, all, trueClass, answer }: Counted,
  classes: readonly string[],
  open: (cell: ConfusionCell) => void,
): HTMLElement {
  const share = all === 0 ? 0 : count / all;
  const label = l10n.t(
    '{0} of {1} answered {2}, {3}',
    formatCount(count),
    classes[trueClass] ?? '',
    classes[answer] ?? '',
    formatPercent(share),
  );
  const button = element('button', {
    text: formatCount(count),
    attributes: { type: 'button', 'aria-label': label },
  });
  button.title = label;
  const colour = trueClass === answer ? '--vscode-charts-green' : '--vscode-charts-orange';
  // Errors are rare: the root makes them visible beside the diagonal.
  button.style.background = `color-mix(in srgb, var(${colour}) ${Math.round(Math.sqrt(share) * STRONGEST_PERCENT)}%, transparent)`;
  button.addEventListener('click', () => open({ trueClass, answer }));
  return button;
}
