/** Puts what a chart draws and what it has been told together into a scene. */
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

/** Without its jitter: the floor of a loss depends on which classes a batch happens to hold. */
function referenceOf(spec: ReferenceSpec, run: string | undefined, held: Held): SceneReference[] {
  const told = run === undefined ? undefined : held.lines.get(lineKey(run, spec.tag));
  return told ? [{ label: spec.label, side: spec.side, window: calm(told.window) }] : [];
}

function calm(window: LineWindow): LineWindow {
  const smoothed = Float64Array.from(trailingMean([...window.last]), (value) => value ?? NaN);
  return { ...window, smoothed };
}
