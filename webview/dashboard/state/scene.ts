/** Puts what a chart draws and what it has been told together into a scene, and words what the scene leaves out. */
import { formatCount } from '../../../src/domain/display/format';
import type { LineFigures } from '../../../src/domain/display/lineTable';
import { figuresOf } from '../../../src/domain/display/lineTable';
import type { LineWindow } from '../../../src/domain/series/query';
import type { Held } from '../../../src/domain/series/windows';
import { lineKey } from '../../../src/domain/series/windows';
import type { Layout } from '../../../src/protocol/pages/dashboard';
import type { Scene, SceneReference } from '../../charts/lines/scene';
import { trailingMean } from '../../charts/smooth';
import type { ReferenceSpec } from '../../charts/spec';
import type { Unit } from '../../charts/units';
import type { Content } from './content';

/** What a scene is made from. */
export interface SceneParts {
  readonly content: Content;
  readonly references: readonly ReferenceSpec[];
  readonly unit: Unit;
  readonly held: Held;
  readonly layout: Layout;
  /** The run that the reader points at; others fade. */
  readonly pointedRun: string | null;
}

/** The scene; lines that no answer has told of yet are left out. */
export function sceneOf({ content, references, unit, held, layout, pointedRun }: SceneParts): Scene {
  const isFaded = (runs: readonly string[]) => pointedRun !== null && !runs.includes(pointedRun);
  return {
    unit,
    isSmoothed: layout.smoothing > 0,
    isClipped: layout.isClipped,
    lines: content.lines.flatMap((line) => {
      const told = held.lines.get(line.key);
      return told ? [{ ...line, ...told, isFaded: isFaded([line.run]) }] : [];
    }),
    bands: content.bands.flatMap((band) => {
      const window = held.bands.get(band.key);
      return window ? [{ ...band, window, isFaded: isFaded(band.group.runs) }] : [];
    }),
    references: references.flatMap((reference) => referenceOf(reference, content.referenceRun, held)),
  };
}

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
      ? `${formatCount(drawn)} of ${formatCount(recorded)} points drawn, with all extremes`
      : '',
    nonFinite > 0 ? `${formatCount(nonFinite)} not finite` : '',
    below > 0 ? 'values at or below 0 are not on a logarithmic axis' : '',
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

/** Without its jitter: the floor of a loss depends on which classes a batch happens to hold. */
function referenceOf(spec: ReferenceSpec, run: string | undefined, held: Held): SceneReference[] {
  const told = run === undefined ? undefined : held.lines.get(lineKey(run, spec.tag));
  return told ? [{ label: spec.label, side: spec.side, window: calm(told.window) }] : [];
}

function calm(window: LineWindow): LineWindow {
  const smoothed = Float64Array.from(trailingMean([...window.last]), (value) => value ?? NaN);
  return { ...window, smoothed };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
