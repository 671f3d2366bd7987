/** What a tab keeps for its return: sources, map, epoch, and a selection that is not too large. */
import type { ProjectorTab } from '../../../src/protocol/pages/projector';
import { epochsOf, type ProjectorModel } from './model';
import { restingAt } from './playback';
import { selectIds } from './selection';
import type { ProjectorView } from './view';
import { initialView } from './view';
import { idsOf } from './derived';

/** The editor keeps this for each tab, and saves it slowly. */
const MOST_SELECTED = 5000;

/** What the tab has kept, and keeps from now on. */
export class TabMemory {
  #tab: ProjectorTab | undefined;

  constructor(
    tab: ProjectorTab | undefined,
    private readonly keep: (tab: ProjectorTab) => void,
  ) {
    this.#tab = tab;
  }

  get tab(): ProjectorTab | undefined {
    return this.#tab;
  }

  /** Keeps what is looked at, if it differs from what is kept. */
  follow(model: ProjectorModel, view: ProjectorView, selected: readonly string[]): void {
    const tab = tabOf(model, view, selected);
    if (!tab || JSON.stringify(tab) === JSON.stringify(this.#tab)) return;
    this.#tab = tab;
    this.keep(tab);
  }
}

/** What is to be kept now; undefined while nothing is open. */
function tabOf(
  model: ProjectorModel,
  view: ProjectorView,
  selected: readonly string[],
): ProjectorTab | undefined {
  if (!model.panes) return undefined;
  return {
    places: placesOf(model),
    map: model.map,
    epoch: view.playback.epochs[view.playback.at] ?? 0,
    selected: selected.length > MOST_SELECTED ? [] : [...selected],
  };
}

/** The model with the map that the tab has shown before, if it showed the same sources. */
export function withKeptMap(model: ProjectorModel, tab: ProjectorTab | undefined): ProjectorModel {
  if (!tab || !isOf(model, tab) || epochsOf(model.panes?.left ?? null, tab.map.table).length === 0)
    return model;
  return { ...model, map: tab.map, shownMap: tab.map };
}

/** The first view of sources that were opened: where the tab has been before, if it showed the same ones. */
export function keptView(model: ProjectorModel, tab: ProjectorTab | undefined): ProjectorView {
  const view = initialView(model);
  if (!tab || !isOf(model, tab)) return view;
  const panes = { left: idsOf(model, 'left'), right: idsOf(model, 'right') };
  return {
    ...view,
    playback: restingAt(view.playback.epochs, tab.epoch),
    selection: selectIds(tab.selected, panes, model.partners),
  };
}

function isOf(model: ProjectorModel, { places }: ProjectorTab): boolean {
  return placesOf(model).join('\n') === places.join('\n');
}

function placesOf({ panes }: ProjectorModel): string[] {
  if (!panes) return [];
  return [panes.left.source.place, ...(panes.right ? [panes.right.source.place] : [])];
}
