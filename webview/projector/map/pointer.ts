/**
 * The pointer on the maps: dragging moves or turns them, the wheel zooms, resting on a sample points at it, a click
 * pins it, and with the tools lasso and box, or with Shift or Alt held, dragging selects.
 */
import type { Step } from '../../../src/domain/maps/view/camera';
import { orbit, pan, zoomAt } from '../../../src/domain/maps/view/camera';
import type { Store } from '../state/store';
import type { SelectionMode } from '../state/selection';
import { paneAt, rowsInBox, rowsWithin, sampleAt } from './hit';
import type { Layer } from './layer';
import type { DrawnPane, MapScene } from './scene';

/** What the pointer works on. */
export interface PointerOptions {
  readonly target: HTMLElement;
  readonly store: Store;
  readonly scene: MapScene;
  readonly layer: Layer;
  readonly redraw: () => void;
}

/** Less movement than this is a click. */
const CLICK_PX = 4;
const ZOOM_PER_PIXEL = 0.0015;
const TURN_PER_PIXEL = 0.008;
const PIXELS_A_LINE = 16;

interface Drag {
  readonly kind: 'move' | 'lasso' | 'box';
  readonly mode: SelectionMode;
  readonly drawn: DrawnPane | undefined;
  readonly path: Step[];
}

/** Starts to listen. */
export function listenToPointer(options: PointerOptions): void {
  const { target, store, scene } = options;
  let drag: Drag | null = null;
  target.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    target.setPointerCapture(event.pointerId);
    // A card would lie over what the hand draws.
    point(store, null);
    drag = startDrag(event, options);
  });
  target.addEventListener('pointermove', (event) => {
    const at = pixelOf(event, target);
    if (drag) goOn(drag, at, { ...options, isTurning: scene.isSolid && !event.shiftKey });
    else point(store, sampleAt(scene, at));
  });
  target.addEventListener('pointerup', (event) => {
    if (drag) finish(drag, pixelOf(event, target), options);
    drag = null;
  });
  target.addEventListener('pointercancel', () => {
    drag = null;
    show(null, options);
  });
  target.addEventListener('pointerleave', () => point(store, null));
  target.addEventListener('wheel', (event) => onWheel(event, options), { passive: false });
}

function point(store: Store, place: Store['view']['pointed']): void {
  const { pointed } = store.view;
  if (pointed?.pane === place?.pane && pointed?.row === place?.row) return;
  store.look({ pointed: place });
}

function startDrag(event: PointerEvent, { target, store, scene }: PointerOptions): Drag {
  const at = pixelOf(event, target);
  const { tool } = store.view;
  const isSelecting = tool !== 'move' || event.altKey || (event.shiftKey && !scene.isSolid);
  const kind = tool === 'move' ? 'box' : tool;
  const mode = event.altKey ? 'subtract' : event.shiftKey ? 'add' : 'replace';
  return { kind: isSelecting ? kind : 'move', mode, drawn: paneAt(scene, at), path: [at] };
}

function goOn(drag: Drag, at: Step, options: PointerOptions & { readonly isTurning: boolean }): void {
  const { scene, redraw, isTurning } = options;
  const last = drag.path.at(-1) ?? at;
  drag.path.push(at);
  if (drag.kind !== 'move') {
    show(drag, options);
    return;
  }
  const by = { x: at.x - last.x, y: at.y - last.y };
  const turn = { x: by.x * TURN_PER_PIXEL, y: by.y * TURN_PER_PIXEL };
  scene.moveTo(isTurning ? orbit(scene.camera, turn) : pan(scene.camera, by));
  redraw();
}

function finish(drag: Drag, at: Step, options: PointerOptions): void {
  const { store, scene } = options;
  show(null, options);
  if (isClick(drag.path)) {
    const place = sampleAt(scene, at);
    if (place && drag.mode !== 'replace') store.select(place.pane, [place.row], drag.mode);
    else store.look({ pinned: place });
  } else if (drag.kind !== 'move' && drag.drawn) {
    const corners = [drag.path[0] ?? at, at] as const;
    const rows =
      drag.kind === 'box' ? rowsInBox(scene, drag.drawn, corners) : rowsWithin(scene, drag.drawn, drag.path);
    store.select(drag.drawn.pane, rows, drag.mode);
  }
}

/** Shows what the hand has drawn so far. */
function show(drag: Drag | null, { layer, redraw }: PointerOptions): void {
  const [from, to] = [drag?.path[0], drag?.path.at(-1)];
  const pane = drag?.drawn?.pane;
  if (!drag || !from || !to || !pane) layer.setGesture(null);
  else if (drag.kind === 'box') layer.setGesture({ pane, gesture: { kind: 'box', from, to } });
  else layer.setGesture({ pane, gesture: { kind: 'lasso', outline: drag.path } });
  redraw();
}

function onWheel(event: WheelEvent, { target, scene, redraw }: PointerOptions): void {
  event.preventDefault();
  const at = pixelOf(event, target);
  const box = paneAt(scene, at)?.viewport;
  if (!box) return;
  const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * PIXELS_A_LINE : event.deltaY;
  const inPane = { x: at.x - box.left, y: at.y - box.top };
  scene.moveTo(zoomAt(scene.camera, Math.exp(-pixels * ZOOM_PER_PIXEL), inPane, box));
  redraw();
}

function isClick(path: readonly Step[]): boolean {
  const [first] = path;
  return path.every(({ x, y }) => first && Math.abs(x - first.x) + Math.abs(y - first.y) < CLICK_PX);
}

function pixelOf(event: MouseEvent, target: HTMLElement): Step {
  const box = target.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
