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
import { createRenderer } from '../../../webview/projector/render/renderer';
import type { Scene } from '../../../webview/projector/render/scene';

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

const parts = { createRenderer, createPicker, sceneOf, outlineOf, LOOK };
export type ProjectorParts = typeof parts;
Object.assign(window, { projectorParts: parts });
