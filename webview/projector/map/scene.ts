/**
 * The maps as they are to be drawn now: the places of each pane, colours and looks of its points, and one camera for
 * both, because both maps lie in one frame. The camera fits everything until the reader moves it.
 */
import type { MapDimensions, Pane } from '../../../src/domain/maps/request';
import type { Camera, Size } from '../../../src/domain/maps/view/camera';
import { boundsOf, fitCamera } from '../../../src/domain/maps/view/camera';
import type { PointSet } from '../../../src/domain/maps/view/points';
import type { Picker } from '../../../src/domain/maps/view/pick';
import { createPicker } from '../../../src/domain/maps/view/pick';
import type { View } from '../../../src/domain/maps/view/project';
import { memoised } from '../state/memo';
import type { Store } from '../state/store';
import type { Shown } from './positions';
import { between, targetOf } from './positions';
import type { PlacedPane } from './viewports';
import { placePanes } from './viewports';

/** A pane that is drawn. */
export interface DrawnPane extends PlacedPane {
  readonly view: View;
}

const EMPTY = new Float32Array(0);

/** The scene of one page. */
export class MapScene {
  #size: Size = { width: 1, height: 1 };
  #camera: Camera = fitCamera(boundsOf([], 2), { width: 1, height: 1 });
  /** True until the reader moves the camera. */
  #isFitting = true;
  /** What the camera was fitted to last, and the frame that it lies in. */
  #fitted: readonly Float32Array[] = [];
  #frame = '';
  readonly #shown = new Map<Pane, Shown>();
  readonly #targets = new Map<Pane, Shown>();
  #mix = 1;
  readonly #points = { left: memoised(pointsOf), right: memoised(pointsOf) };
  readonly #placed = memoised(placePanes);
  /** The same view as long as nothing changes, because whoever looks for points keeps what was projected for it. */
  readonly #views = { left: memoised(viewOf), right: memoised(viewOf) };
  readonly #pickers = { left: createPicker(), right: createPicker() };

  constructor(private readonly store: Store) {}

  get camera(): Camera {
    return this.#camera;
  }

  /** The size of one map. */
  get paneSize(): Size {
    return this.placed[0]?.viewport ?? this.#size;
  }

  /** Whether the map is turned by dragging. */
  get isSolid(): boolean {
    return this.#dimensions() === 3;
  }

  get placed(): readonly PlacedPane[] {
    return this.#placed(this.#size.width, this.#size.height, this.store.model.panes?.right != null);
  }

  resize(size: Size): void {
    this.#size = size;
    this.#fitted = [];
  }

  /** Moves the camera; from then on it stays where the reader has put it. */
  moveTo(camera: Camera): void {
    this.#camera = camera;
    this.#isFitting = false;
  }

  /** Shows everything again. */
  fit(): void {
    this.#isFitting = true;
    this.#fitted = [];
  }

  /** Looks at what the state wants to be shown; true if the maps have to move there. */
  follow(): boolean {
    let isOther = false;
    for (const { pane } of this.placed) {
      const target = targetOf(this.store.model, this.store.view, pane);
      const before = this.#targets.get(pane);
      if (!target) {
        if (before && !this.#fitsRows(pane, before)) this.#targets.delete(pane);
        continue;
      }
      isOther ||= before?.from !== target.from && target.mix === 0 && before?.to !== target.from;
      if (before && before.from !== target.from) this.#shown.set(pane, this.#visible(pane) ?? before);
      this.#targets.set(pane, target);
    }
    this.#refit();
    return isOther;
  }

  /** How far the maps have moved to where they belong, 0 to 1. */
  setMix(mix: number): void {
    this.#mix = mix;
  }

  /** What is drawn now. */
  panes(): readonly DrawnPane[] {
    return this.placed.flatMap(({ pane, viewport }) => {
      const view = this.#viewOf({ pane, viewport });
      return view ? [{ pane, viewport, view }] : [];
    });
  }

  /** Finds points of a pane. */
  pickerOf(pane: Pane): Picker {
    return this.#pickers[pane];
  }

  /** False once other sources were opened. */
  #fitsRows(pane: Pane, { from, dimensions }: Shown): boolean {
    return from.length === (this.store.model.panes?.[pane]?.source.ids.length ?? 0) * dimensions;
  }

  #viewOf({ pane, viewport }: PlacedPane): View | null {
    const shown = this.#visible(pane);
    if (!shown) return null;
    const { legend, derived, model, view } = this.store;
    const colours = derived.colours(legend, pane);
    const looks = derived.looks(model, view, { pane, legend });
    const points = this.#points[pane](shown.from, shown.to, shown.dimensions, colours, looks);
    return this.#views[pane](points, shown.mix, this.#camera, viewport);
  }

  #visible(pane: Pane): Shown | null {
    const target = this.#targets.get(pane);
    if (!target) return null;
    return this.#mix >= 1 ? target : between(this.#shown.get(pane) ?? null, target, this.#mix);
  }

  /** A new frame is shown whole. While points move, the camera rests. */
  #refit(): void {
    const { model, view } = this.store;
    const dimensions = this.#dimensions();
    // Asking for further epochs of the same map moves nothing that the reader has put in place.
    const sources = this.placed.map(({ pane }) => model.panes?.[pane]?.source.place);
    const frame = JSON.stringify([model.shownMap, dimensions, sources]);
    const isNew = frame !== this.#frame;
    if (isNew) this.#isFitting = true;
    const isMoving = view.playback.isPlaying && !view.playback.isWaiting;
    this.#frame = frame;
    const sets = this.#allPositions(dimensions);
    const isSame = sets.length === this.#fitted.length && sets.every((set, i) => set === this.#fitted[i]);
    if (!this.#isFitting || (isMoving && !isNew) || isSame) return;
    this.#fitted = sets;
    this.#camera = fitCamera(boundsOf(sets, dimensions), this.paneSize, dimensions === 3);
  }

  /** Of all epochs that are here, so that going through them moves no frame. */
  #allPositions(dimensions: MapDimensions): readonly Float32Array[] {
    const maps = this.placed.flatMap(({ pane }) => [
      ...(this.store.model.panes?.[pane]?.maps.values() ?? []),
    ]);
    return maps.filter((map) => map.dimensions === dimensions).map(({ positions }) => positions);
  }

  #dimensions(): MapDimensions {
    return this.#targets.get('left')?.dimensions ?? this.store.model.shownMap.dimensions;
  }
}

function pointsOf(
  ...[from, to, dimensions, colours, looks]: readonly [
    Float32Array,
    Float32Array,
    MapDimensions,
    Uint8Array,
    Uint8Array,
  ]
): PointSet {
  const count = Math.min(from.length / dimensions, colours.length);
  return {
    count,
    dimensions,
    from: count === 0 ? EMPTY : from,
    to: count === 0 ? EMPTY : to,
    colours,
    looks,
  };
}

function viewOf(points: PointSet, mix: number, camera: Camera, viewport: View['viewport']): View {
  return { points, mix, camera, viewport };
}
