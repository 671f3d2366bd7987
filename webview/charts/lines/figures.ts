/** What a scene says in figures and words: the rows of its table, and what the picture leaves out. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import type { LineFigures } from '../../../src/domain/display/lineTable';
import { figuresOf } from '../../../src/domain/display/lineTable';
import type { Scene } from './scene';

/** The rows of a chart's table. */
export function figuresOfScene(scene: Scene, title: string): LineFigures[] {
  const bands = scene.bands.map(({ name, window }) => ({
    name,
    ...NO_FIGURES,
    value: window.mean.at(-1) ?? NaN,
    change: (window.mean.at(-1) ?? NaN) - (window.mean[0] ?? NaN),
    points: window.x.length,
  }));
  const lines = scene.lines.map(({ name, statistics, window }) =>
    figuresOf(name === '' ? title : name, statistics, window),
  );
  return [...bands, ...lines];
}

/** What a reader must know of the picture: thinning, values without a place. Empty for a complete one. */
export function footnoteOf(scene: Scene, isLogY: boolean): string {
  const drawn = sum(scene.lines.map(({ window }) => window.x.length));
  const recorded = sum(scene.lines.map(({ statistics }) => statistics.points));
  const nonFinite = sum(scene.lines.map(({ statistics }) => statistics.nonFinite));
  const below = isLogY ? scene.lines.filter(({ statistics }) => statistics.min <= 0).length : 0;
  return [
    scene.lines.some(({ window }) => window.perBucket > 1)
      ? l10n.t('{0} of {1} points drawn, with all extremes', formatCount(drawn), formatCount(recorded))
      : '',
    nonFinite > 0 ? l10n.t('{0} not finite', formatCount(nonFinite)) : '',
    below > 0 ? l10n.t('values at or below 0 are not on a logarithmic axis') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

const NO_FIGURES = {
  smoothed: NaN,
  min: NaN,
  minStep: NaN,
  max: NaN,
  maxStep: NaN,
  lastStep: NaN,
  nonFinite: 0,
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
