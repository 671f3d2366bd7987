/** What changed between the two maps: figures, the histogram of kept neighbours, and the classes that changed most. */
import * as l10n from '@vscode/l10n';
import { formatCount, formatPercent } from '../../../src/domain/display/format';
import type { PairFigures } from '../../../src/domain/maps/figures';
import { element, setText, showIf } from '../../dom';
import { svg } from '../../svg';
import type { Store } from '../state/store';
import { pairKey } from '../state/model';
import { pairFacts, samplesWords, WEAK_WORDS } from '../state/words';
import { factList } from './facts';

const WIDTH = 260;
const HEIGHT = 70;
const BASE = 14;

/** Creates the panel; empty where there is one map. */
export function createPair(store: Store): HTMLElement {
  const waiting = element('p', { class: 'quiet', text: l10n.t('The maps are still compared.') });
  const weak = element('p', { class: 'notice', text: WEAK_WORDS });
  const body = element('div');
  let drawn: PairFigures | undefined;
  store.onChange(() => {
    const figures = figuresOf(store);
    showIf(waiting, !figures);
    showIf(weak, figures?.alignment.isWeak);
    if (figures === drawn) return;
    drawn = figures;
    body.replaceChildren(...(figures ? partsOf(figures) : []));
  });
  return element('div', {}, [waiting, weak, body]);
}

function figuresOf({ model, epochs: { left, right } }: Store): PairFigures | undefined {
  return right === null ? undefined : model.pairs.get(pairKey(left, right));
}

function partsOf(figures: PairFigures): Node[] {
  const caption = element('p', { class: 'quiet' });
  setText(
    caption,
    l10n.t('Samples by the share of their {0} nearest that both maps have, from none to all', figures.k),
  );
  return [factList(pairFacts(figures)), histogramOf(figures), caption, classTable(figures)];
}

function histogramOf({ jaccardHistogram, jaccardMedian }: PairFigures): SVGElement {
  const most = Math.max(1, ...jaccardHistogram);
  const width = WIDTH / Math.max(1, jaccardHistogram.length);
  const bars = jaccardHistogram.map((count, bin) => {
    const height = (count / most) * (HEIGHT - BASE);
    const title = svg('title', {}, [samplesWords(count)]);
    const place = { x: bin * width + 0.5, y: HEIGHT - BASE - height, width: width - 1, height };
    return svg('rect', { ...place, class: 'histogram-bar' }, [title]);
  });
  const label = l10n.t(
    'Shared neighbours: median {0} over {1} samples',
    jaccardMedian.toFixed(2),
    formatCount(jaccardHistogram.reduce((sum, count) => sum + count, 0)),
  );
  const text = (x: number, anchor: string, words: string) =>
    svg('text', { x, y: HEIGHT - 2, 'text-anchor': anchor, class: 'histogram-text' }, [words]);
  const attributes = {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': label,
    class: 'histogram',
  };
  return svg('svg', attributes, [...bars, text(0, 'start', '0'), text(WIDTH, 'end', '1')]);
}

function classTable({ classes }: PairFigures): Node {
  const heads = [l10n.t('class'), l10n.t('changed'), l10n.t('accuracy left'), l10n.t('right')];
  const rows = [...classes]
    .sort((a, b) => b.change - a.change)
    .map(({ name, change, leftAccuracy, rightAccuracy }) =>
      element('tr', {}, [
        element('th', { text: name, attributes: { scope: 'row' } }),
        ...[change, leftAccuracy, rightAccuracy].map((value) =>
          element('td', { text: formatPercent(value) }),
        ),
      ]),
    );
  const head = element(
    'tr',
    {},
    heads.map((text) => element('th', { text, attributes: { scope: 'col' } })),
  );
  const table = element('table', { class: 'data-table' }, [
    element('thead', {}, [head]),
    element('tbody', {}, rows),
  ]);
  const attributes = { tabindex: '0', role: 'region', 'aria-label': l10n.t('Change by class') };
  return element('div', { class: 'table-holder', attributes }, [table]);
}
