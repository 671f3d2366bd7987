/**
 * The maps by keyboard: arrows and signs move the camera, n and p go through samples in reading order (or through the
 * neighbours of a pinned one), Enter pins, and letters stand for the buttons.
 */
import * as l10n from '@vscode/l10n';
import { keyStep } from '../../../src/domain/maps/view/camera';
import type { Place } from '../state/partners';
import { emptySelection } from '../state/selection';
import type { Store } from '../state/store';
import { TOOLS } from '../state/view';
import { rowsInView } from './hit';
import type { MapScene } from './scene';

/** What the keys work on. */
export interface KeyOptions {
  readonly target: HTMLElement;
  readonly store: Store;
  readonly scene: MapScene;
  readonly redraw: () => void;
}

/** The keys in one sentence, for assistive technology and the help text. */
export const KEY_WORDS = l10n.t(
  'Arrows move the map, Shift and arrows turn a map of three dimensions, plus and minus zoom, 0 shows everything. N and P go to the next and previous sample in view, or through the neighbours of a pinned one. Enter pins, S selects or leaves out the sample, V selects what is in view, M, L and B choose move, lasso and box, Escape goes back.',
);

/** Starts to listen. */
export function listenToKeys(options: KeyOptions): void {
  options.target.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moveCamera(event, options) || act(event.key, options)) event.preventDefault();
  });
}

function moveCamera({ key, shiftKey }: KeyboardEvent, { scene, redraw }: KeyOptions): boolean {
  const moved = keyStep(scene.camera, key, scene.paneSize, shiftKey && scene.isSolid);
  if (moved) scene.moveTo(moved);
  else if (key === '0') scene.fit();
  else return false;
  if (!moved) scene.follow();
  redraw();
  return true;
}

function act(key: string, options: KeyOptions): boolean {
  const { store } = options;
  const { pointed, pinned } = store.view;
  const tool = TOOLS.find((name) => name.startsWith(key.toLowerCase()));
  if (tool && key.length === 1) store.look({ tool });
  else if (key === 'n' || key === 'N') store.look({ pointed: nextPlace(options, 1) });
  else if (key === 'p' || key === 'P') store.look({ pointed: nextPlace(options, -1) });
  else if (key === 'Enter' && pointed) store.look({ pinned: pointed });
  else if ((key === 's' || key === 'S') && (pointed ?? pinned)) toggle(store, pointed ?? pinned);
  else if (key === 'v' || key === 'V') selectView(options);
  else if (key === 'Escape') goBack(store);
  else return false;
  return true;
}

/** Takes back one thing at a time: the pin, then the selection. */
function goBack(store: Store): void {
  const { left, right } = store.view.selection;
  if (store.view.pinned ?? store.view.pointed) store.look({ pinned: null, pointed: null });
  else store.setSelection(emptySelection(left.length, right.length));
}

function toggle(store: Store, place: Place | null): void {
  if (!place) return;
  const isSelected = store.view.selection[place.pane][place.row] === 1;
  store.select(place.pane, [place.row], isSelected ? 'subtract' : 'add');
}

function selectView({ store, scene }: KeyOptions): void {
  for (const [i, drawn] of scene.panes().entries())
    store.select(drawn.pane, rowsInView(scene, drawn), i === 0 ? 'replace' : 'add');
}

/** The sample that follows: among the neighbours of the pinned one, or in reading order over what is in view. */
function nextPlace({ store, scene }: KeyOptions, by: 1 | -1): Place | null {
  const { pointed, pinned } = store.view;
  const neighbours = pinned && store.neighboursOf(pinned);
  const pane = pinned?.pane ?? pointed?.pane ?? 'left';
  const rows = neighbours ? [...neighbours.rows] : readingOrder(scene, pane);
  if (rows.length === 0) return null;
  const at = pointed?.pane === pane ? rows.indexOf(pointed.row) : -1;
  const next = at < 0 ? (by === 1 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
  return { pane, row: rows[next] ?? 0 };
}

/** Height of a line of reading, in pixels. */
const LINE_PX = 24;

/** Rows in view, line by line. */
function readingOrder(scene: MapScene, pane: Place['pane']): number[] {
  const drawn = scene.panes().find((one) => one.pane === pane);
  if (!drawn) return [];
  const { xy } = scene.pickerOf(pane).project(drawn.view);
  const x = (row: number) => xy[2 * row] ?? 0;
  const line = (row: number) => Math.floor((xy[2 * row + 1] ?? 0) / LINE_PX);
  return [...rowsInView(scene, drawn)].sort((a, b) => line(a) - line(b) || x(a) - x(b));
}
