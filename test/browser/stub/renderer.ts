/**
 * The parts of the projector's renderer, with made-up maps, for tests and benchmarks that run inside a page: they find
 * them as `window.projectorParts`.
 */
import { boundsOf, fitCamera } from '../../../src/domain/maps/view/camera';
import { createPicker } from '../../../src/domain/maps/view/pick';
import type { PointSet } from '../../../src/domain/maps/view/points';
import { LOOK } from '../../../src/domain/maps/view/points';
import type { View, Viewport } from '../../../src/domain/maps/view/project';
import { RandomStream } from '../../../src/domain/random/stream';
import { morph } from '../../../webview/projector/render/motion';
import type { OverlayPane } from '../../../webview/projector/render/overlay/scene';
import { createOverlay } from '../../../webview/projector/render/overlay/overlay';
import type { PictureStore } from '../../../webview/projector/render/pictureStore';
import { createPictureStore } from '../../../webview/projector/render/pictureStore';
import { createRenderer } from '../../../webview/projector/render/renderer';
import type { Scene } from '../../../webview/projector/render/scene';
import { watchSize } from '../../../webview/projector/render/size';
import { contoursAt } from '../../../src/domain/maps/view/contours';
import { densityOf, levelsHolding } from '../../../src/domain/maps/view/density';
import { classMedians } from '../../../src/domain/maps/view/labels';

/** What a made-up scene is made from. */
export interface Made {
  readonly count: number;
  readonly dimensions?: 2 | 3;
  readonly width: number;
  readonly height: number;
  readonly panes?: number;
  readonly radiusPx?: number;
  readonly alpha?: number;
}

const CLASSES = 10;
const GAP_PX = 8;

/** Ten clouds that move a little between the two places of each point. */
function pointsOf({ count, dimensions = 2 }: Made, seed: number): PointSet {
  const random = new RandomStream(seed, count);
  const centres = Array.from({ length: CLASSES * dimensions }, () => 10 * random.uniform());
  const from = new Float32Array(count * dimensions);
  const to = new Float32Array(count * dimensions);
  for (let i = 0; i < from.length; i++) {
    const row = Math.floor(i / dimensions);
    from[i] = (centres[(row % CLASSES) * dimensions + (i % dimensions)] ?? 0) + 0.6 * random.normal();
    to[i] = (from[i] ?? 0) + 0.4 * random.normal();
  }
  const looks = new Uint8Array(count).fill(LOOK.plain);
  return { count, dimensions, from, to, colours: Uint8Array.from(looks, (_, row) => row % CLASSES), looks };
}

function viewportOf(made: Made, pane: number): Viewport {
  const panes = made.panes ?? 1;
  const width = (made.width - GAP_PX * (panes - 1)) / panes;
  return { left: pane * (width + GAP_PX), top: 0, width, height: made.height };
}

function sceneOf(made: Made, mix = 0): Scene {
  const panes = Array.from({ length: made.panes ?? 1 }, (_, pane): View => {
    const points = pointsOf(made, pane + 1);
    const viewport = viewportOf(made, pane);
    const bounds = boundsOf([points.from, points.to], points.dimensions);
    return { points, mix, viewport, camera: fitCamera(bounds, viewport, points.dimensions === 3) };
  });
  const palette = Array.from({ length: CLASSES }, (_, i): [number, number, number] => [
    (i * 97) % 256,
    (90 + i * 53) % 256,
    (200 - i * 31 + 256) % 256,
  ]);
  const { radiusPx = 2, alpha = 0.8 } = made;
  return { panes, palette, background: [31, 31, 31], ring: [255, 255, 255], radiusPx, alpha };
}

/** An outline like a hand's: a wobbling ring around the middle. */
function outlineOf(viewport: Viewport, vertices: number) {
  return Array.from({ length: vertices }, (_, i) => {
    const angle = (2 * Math.PI * i) / vertices;
    const reach = 0.35 + 0.06 * Math.sin(9 * angle);
    return {
      x: viewport.left + viewport.width * (0.5 + reach * Math.cos(angle)),
      y: viewport.top + viewport.height * (0.5 + reach * Math.sin(angle)),
    };
  });
}

const PICTURE_SIDE = 12;

/** A store that asks this same page for pictures: each is of one grey level. */
function picturesOf(count: number): { readonly store: PictureStore; readonly asked: number[] } {
  const asked: number[] = [];
  const perPage = 64;
  const format = { height: PICTURE_SIDE, width: PICTURE_SIDE, channels: 1 as const, perPage };
  const store = createPictureStore({
    format: { ...format, pages: Math.ceil(count / perPage) },
    request: (page) => asked.push(page),
  });
  return { store, asked };
}

/** Everything that can lie over a pane. */
function overlayOf(view: View, store: PictureStore | null): OverlayPane {
  const { points, viewport } = view;
  const codes = Int32Array.from(points.colours);
  const { dimensions } = points;
  const medians = classMedians({ values: points.from, dimensions, codes, classes: CLASSES });
  const colours = Array.from({ length: CLASSES }, (_, i) => `hsl(${36 * i} 70% 60%)`);
  const { low, high } = boundsOf([points.from], dimensions);
  const area = { left: low[0], top: low[1], width: high[0] - low[0], height: high[1] - low[1] };
  const grid = densityOf(points.from, { area });
  const at = (code: number, axis: number) => (axis < dimensions ? medians[code * dimensions + axis] : 0);
  return {
    view,
    projected: createPicker().project(view),
    labels: colours.map((colour, code) => ({
      text: `class ${code}`,
      colour,
      place: [at(code, 0), at(code, 1), at(code, 2)],
      weight: code,
    })),
    contours: levelsHolding(grid, [0.5, 0.9]).map((level) => ({
      paths: contoursAt(grid, level),
      colour: 'white',
      alpha: 0.6,
    })),
    rings: [
      { row: 0, kind: 'hover' },
      { row: 1, kind: 'pinned' },
      { row: 2, kind: 'neighbour' },
    ],
    pictures: store && { store, frames: colours },
    gesture: { kind: 'lasso', outline: outlineOf(viewport, 40) },
    axes: ['PCA 1 (34 %)', 'PCA 2 (12 %)', 'PCA 3 (5 %)'],
  };
}

const parts = {
  createRenderer,
  createPicker,
  createOverlay,
  watchSize,
  morph,
  sceneOf,
  outlineOf,
  overlayOf,
  picturesOf,
  LOOK,
};
export type ProjectorParts = typeof parts;
Object.assign(window, { projectorParts: parts });
