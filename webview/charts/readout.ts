/** What stands at one step, in words and as the small table beside the crosshair. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/domain/display/format';
import { element } from '../dom';
import type { Aligned } from './align';
import type { ChartSpec } from './spec';

/** The readout of a chart. */
export interface Readout {
  /** Shows the values at a point, or nothing for null. */
  show(aligned: Aligned, index: number | null): void;
}

/** Fills the holder, which lies over the plot and so moves nothing. */
export function createReadout(spec: ChartSpec, holder: HTMLElement): Readout {
  holder.hidden = true;
  return {
    show: (aligned, index) => {
      holder.hidden = index === null || aligned.x[index] === undefined;
      if (index === null || holder.hidden) return;
      const rows = valuesAt(spec, aligned, index).map(({ label, text }) =>
        element('div', {}, [element('span', { text: label }), element('b', { text })]),
      );
      holder.replaceChildren(...rows);
    },
  };
}

/** One sentence for assistive technology: `step 340, loss 5.92, collapse 7.62`. */
export function pointInWords(spec: ChartSpec, aligned: Aligned, index: number): string {
  if (aligned.x[index] === undefined) return '';
  return valuesAt(spec, aligned, index)
    .map(({ label, text }) => `${label} ${text}`)
    .join(', ');
}

/** The names of a chart's columns, the step first. */
export function columnNames(spec: ChartSpec): string[] {
  const word = spec.word ?? spec.title.toLowerCase().replace('knn', 'kNN');
  const names = [...spec.series, ...spec.references].map(({ label }) => (label === '' ? word : label));
  return [l10n.t('step'), ...names];
}

/** The cells of one step; a value that is missing gives an empty cell, one that is not finite says so. */
export function cellsAt(spec: ChartSpec, aligned: Aligned, index: number): string[] {
  const values = aligned.ys.map((column) => {
    const value = column[index];
    if (value === null) return l10n.t('not finite');
    return value === undefined ? '' : spec.unit.format(value);
  });
  return [formatCount(aligned.x[index] ?? 0), ...values];
}

function valuesAt(spec: ChartSpec, aligned: Aligned, index: number) {
  const names = columnNames(spec);
  return cellsAt(spec, aligned, index).flatMap((text, column) =>
    text === '' ? [] : [{ label: names[column] ?? '', text }],
  );
}
