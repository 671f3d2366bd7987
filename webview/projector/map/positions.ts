/**
 * Which places each pane shows: between two epochs while it plays, and on the way from what was shown before to what
 * is shown now otherwise. What is not computed yet leaves what was there.
 */
import type { MapDimensions, Pane } from '../../../src/domain/maps/request';
import type { EpochMap, ProjectorModel } from '../state/model';
import { paneOf } from '../state/model';
import type { ProjectorView } from '../state/view';
import { epochsAt } from '../state/view';

/** Places of one pane. */
export interface Shown {
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly mix: number;
  readonly dimensions: MapDimensions;
}

/** The places by the state alone; null while the pane has no map of the epoch. */
export function targetOf(model: ProjectorModel, view: ProjectorView, pane: Pane): Shown | null {
  const { at, next: following, mix } = view.playback;
  const here = mapAt(model, view, { pane, at });
  if (!here) return null;
  const next = mix > 0 ? mapAt(model, view, { pane, at: following }) : undefined;
  const to = next?.dimensions === here.dimensions ? next.positions : here.positions;
  return { from: here.positions, to, mix, dimensions: here.dimensions };
}

/** What is shown on the way from `before` to `target`; at once if the two cannot be mixed. */
export function between(before: Shown | null, target: Shown, mix: number): Shown {
  const start = before && (before.mix < 0.5 ? before.from : before.to);
  const canMix = start?.length === target.from.length && before?.dimensions === target.dimensions;
  if (!canMix || target.mix > 0) return target;
  return { ...target, from: start, to: target.from, mix };
}

function mapAt(
  model: ProjectorModel,
  view: ProjectorView,
  { pane, at }: { readonly pane: Pane; readonly at: number },
): EpochMap | undefined {
  const epoch = epochsAt(model, view, at)[pane];
  return epoch === null ? undefined : paneOf(model, pane)?.maps.get(epoch);
}
