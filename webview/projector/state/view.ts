/** What the reader has chosen to look at, as a value; the host knows none of it. */
import type { Metric } from '../../../src/domain/maps/request';
import type { PaneModel, ProjectorModel, Sides } from './model';
import { bestEpochOf, epochsOf } from './model';
import type { Place } from './partners';
import type { Playback } from './playback';
import { nearestBefore, restingAt, unionOfEpochs, withEpochs } from './playback';
import type { Search } from './search';
import type { Selection } from './selection';
import { emptySelection } from './selection';

/** What the pointer does on the map. */
export const TOOLS = ['move', 'lasso', 'box'] as const;
export type Tool = (typeof TOOLS)[number];

/** The choices. */
export interface ProjectorView {
  readonly playback: Playback;
  /** An epoch of the right map that was chosen by itself; null goes with the left one. */
  readonly rightEpoch: number | null;
  /** A live run's newest epoch is shown as it comes. */
  readonly isFollowing: boolean;
  /** Groups of the legend that are hidden, by name. */
  readonly hidden: ReadonlySet<string>;
  /** Group of the legend that the pointer is over. */
  readonly pointedGroup: string | null;
  readonly selection: Selection;
  readonly pointed: Place | null;
  readonly pinned: Place | null;
  readonly tool: Tool;
  readonly search: Search;
  readonly neighbours: { readonly k: number; readonly metric: Metric };
  readonly hasTrails: boolean;
}

/** The choices for sources that were just opened: the best epoch of the table that is proposed, or the newest one. */
export function initialView({ panes, map }: ProjectorModel): ProjectorView {
  const [left, right] = [epochsOf(panes?.left ?? null, map.table), epochsOf(panes?.right ?? null, map.table)];
  const epochs = unionOfEpochs(left, right);
  return {
    playback: restingAt(epochs, firstEpoch(panes, map.table) ?? epochs.at(-1) ?? 0),
    rightEpoch: null,
    isFollowing: false,
    hidden: new Set(),
    pointedGroup: null,
    selection: emptySelection(rowsOf(panes?.left), rowsOf(panes?.right)),
    pointed: null,
    pinned: null,
    tool: 'move',
    search: { text: '', isPattern: false },
    neighbours: { k: 10, metric: map.metric },
    hasTrails: false,
  };
}

/** The choices when a source has other epochs: the place among them stays; only who follows the newest goes on to it. */
export function withEpochsOf({ panes, map }: ProjectorModel, view: ProjectorView): ProjectorView {
  const of = (pane: 'left' | 'right') => epochsOf(panes?.[pane] ?? null, map.table);
  const epochs = unionOfEpochs(of('left'), of('right'));
  const { isFollowing, rightEpoch } = view;
  const playback = isFollowing ? restingAt(epochs, epochs.at(-1) ?? 0) : withEpochs(view.playback, epochs);
  const isRightThere = rightEpoch !== null && of('right').includes(rightEpoch);
  return { ...view, playback, rightEpoch: isRightThere ? rightEpoch : null };
}

/** The epochs of both maps at a place of the playback. */
export function epochsAt(model: ProjectorModel, view: ProjectorView, at: number): Sides<number> {
  const { panes, map } = model;
  const epoch = view.playback.epochs[at] ?? 0;
  const of = (pane: PaneModel | null) => {
    const epochs = epochsOf(pane, map.table);
    return epochs[nearestBefore(epochs, epoch)] ?? 0;
  };
  return {
    left: of(panes?.left ?? null),
    right: panes?.right ? (view.rightEpoch ?? of(panes.right)) : null,
  };
}

/**
 * The epochs in whose frame all others lie. Of finished runs they are those that are shown at first, so that playing moves
 * nothing: the left one's best, or last where no best is known, and what is shown beside it. A live run begins at its first.
 */
export function referenceEpochs(model: ProjectorModel, view: ProjectorView): Sides<number> {
  const { panes, map } = model;
  const { epochs } = view.playback;
  const first = firstEpoch(panes, map.table);
  const shown = epochsAt(model, view, first === undefined ? epochs.length - 1 : epochs.indexOf(first));
  const of = (pane: PaneModel, otherwise: number) =>
    pane.source.isLive ? (epochsOf(pane, map.table)[0] ?? 0) : otherwise;
  return {
    left: panes ? of(panes.left, shown.left) : 0,
    right: panes?.right && shown.right !== null ? of(panes.right, shown.right) : null,
  };
}

/** The epochs whose columns and figures are shown: those that the playback stands at or has left last. */
export function shownEpochs(model: ProjectorModel, view: ProjectorView): Sides<number> {
  return epochsAt(model, view, view.playback.at);
}

/** True if all maps of these epochs are here, from the request that was made last. */
export function areMapsHere(model: ProjectorModel, { left, right }: Sides<number>): boolean {
  if (model.answered !== model.request || !model.panes) return false;
  const isLeftHere = model.panes.left.maps.has(left);
  return isLeftHere && (right === null || (model.panes.right?.maps.has(right) ?? true));
}

/** Whether what is shown on the right may not be compared by places. */
export function isWeaklyAligned(model: ProjectorModel, view: ProjectorView): boolean {
  const { right } = shownEpochs(model, view);
  return (right === null ? null : model.panes?.right?.maps.get(right)?.alignment?.isWeak) ?? false;
}

/** Where finished runs are looked at first; undefined for the newest. */
function firstEpoch(panes: ProjectorModel['panes'], table: string): number | undefined {
  return panes?.right?.source.isLive === true ? undefined : bestEpochOf(panes?.left ?? null, table);
}

function rowsOf(pane: PaneModel | null | undefined): number {
  return pane?.source.ids.length ?? 0;
}
