/** What a chart of the curves draws: one line a compared run, and below two of them their difference. Pure. */
import * as l10n from '@vscode/l10n';
import { letterOf } from '../../../src/domain/diff/columns';
import { differenceOf } from '../../../src/domain/diff/curves';
import { formatCount } from '../../../src/domain/display/format';
import { assignLooks, DASHES, hueVariable } from '../../../src/domain/display/runColours';
import type { Held } from '../../../src/domain/series/windows';
import { lineKey } from '../../../src/domain/series/windows';
import type { LineLook, Scene } from '../../charts/lines/scene';
import { emptyScene } from '../../charts/lines/scene';
import type { Unit } from '../../charts/units';

/** A compared run as curves show it: by the letter of its column. */
export interface CurveRunLook extends LineLook {
  readonly folder: string;
  readonly letter: string;
}

/** The runs in the order of their columns. A run of the dashboard alone has the same colour there. */
export function looksOf(folders: readonly string[]): readonly CurveRunLook[] {
  const looks = assignLooks(folders);
  return folders.map((folder, column) => {
    const look = looks.get(folder) ?? { hue: 0, dash: 0 };
    const letter = letterOf(column);
    return { folder, letter, colour: hueVariable(look), dash: DASHES[look.dash] ?? [], isFaded: false };
  });
}

/** The lines of a tag that answers have told of. */
export function curvesScene(
  runs: readonly CurveRunLook[],
  { tag, held, unit }: { tag: string; held: Held; unit: Unit },
): Scene {
  const lines = runs.flatMap(({ folder, letter, ...look }) => {
    const told = held.lines.get(lineKey(folder, tag));
    return told ? [{ ...look, ...told, key: lineKey(folder, tag), name: letter }] : [];
  });
  return { ...emptyScene(unit), lines };
}

/** The second line less the first; nothing where there are not two. */
export function differenceScene(scene: Scene): Scene {
  const [baseline, own, ...others] = scene.lines;
  if (!baseline || !own || others.length > 0) return emptyScene(scene.unit);
  const difference = differenceOf(baseline.window, own.window);
  const name = l10n.t('{0} less {1}', own.name, baseline.name);
  return { ...emptyScene(scene.unit), lines: [{ ...own, ...difference, key: 'difference', name }] };
}

/** How many places the difference is known at, and what was left out. */
export function differenceNote({ lines }: Scene): string {
  const [line] = lines;
  if (!line) return '';
  const { points, nonFinite } = line.statistics;
  if (points === 0) return l10n.t('No step is recorded by both runs, so there is no difference.');
  const steps = points === 1 ? l10n.t('1 shared step') : l10n.t('{0} shared steps', formatCount(points));
  const known =
    line.window.perBucket > 1
      ? l10n.t('{0} at {1}, of those that are drawn', line.name, steps)
      : l10n.t('{0} at {1}', line.name, steps);
  return nonFinite > 0 ? l10n.t('{0}, {1} not finite', known, formatCount(nonFinite)) : known;
}
