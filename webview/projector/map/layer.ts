/** What lies over the points: the line between two maps, rings around samples, the outline of a lasso or box. */
import type { Step } from '../../../src/domain/maps/view/camera';
import type { CanvasSize } from '../render/scene';
import { sizeCanvas } from '../render/canvas';
import { element } from '../../dom';
import type { Store } from '../state/store';
import type { Place } from '../state/partners';
import type { MapColours } from './palette';
import { cssColour } from './palette';
import type { MapScene } from './scene';
import { pixelsOf } from './hit';

/** The layer above the points. */
export interface Layer {
  readonly element: HTMLCanvasElement;
  resize(size: CanvasSize): void;
  draw(colours: MapColours): void;
  /** The outline of what is being selected; empty for none. */
  setOutline(outline: readonly Step[]): void;
}

const RING_PX = 7;

/** Creates the layer. */
export function createLayer(store: Store, scene: MapScene): Layer {
  const canvas = element('canvas', { class: 'map-layer', attributes: { 'aria-hidden': 'true' } });
  let size: CanvasSize = { width: 1, height: 1, ratio: 1 };
  let outline: readonly Step[] = [];
  const ring = (pen: CanvasRenderingContext2D, place: Place | null, width: number) => {
    const at = place && pixelsOf(scene, place);
    if (!at) return;
    pen.lineWidth = width;
    pen.beginPath();
    pen.arc(at.x, at.y, RING_PX, 0, 2 * Math.PI);
    pen.stroke();
  };
  return {
    element: canvas,
    resize: (next) => {
      size = next;
      sizeCanvas(canvas, size);
    },
    setOutline: (next) => {
      outline = next;
    },
    draw: ({ ring: colour }) => {
      const pen = canvas.getContext('2d');
      if (!pen) return;
      pen.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
      pen.clearRect(0, 0, size.width, size.height);
      pen.strokeStyle = cssColour(colour);
      drawBorder(pen, scene);
      const { pointed, pinned } = store.view;
      for (const [place, width] of [
        [pointed, 1.5],
        [pinned, 2.5],
      ] as const) {
        ring(pen, place, width);
        ring(pen, place && store.partnerOf(place), width);
      }
      drawOutline(pen, outline);
    },
  };
}

function drawOutline(pen: CanvasRenderingContext2D, outline: readonly Step[]): void {
  const [first, ...rest] = outline;
  if (!first) return;
  pen.lineWidth = 1;
  pen.setLineDash([4, 3]);
  pen.beginPath();
  pen.moveTo(first.x, first.y);
  for (const { x, y } of rest) pen.lineTo(x, y);
  pen.closePath();
  pen.stroke();
  pen.setLineDash([]);
}

/** The line between two maps. */
function drawBorder(pen: CanvasRenderingContext2D, scene: MapScene): void {
  const second = scene.placed[1]?.viewport;
  if (!second) return;
  pen.lineWidth = 1;
  pen.globalAlpha = 0.3;
  const [x, y] = [second.left - 0.5, second.top - 0.5];
  pen.beginPath();
  pen.moveTo(Math.max(0, x), Math.max(0, y));
  if (second.left > 0) pen.lineTo(x, second.height);
  else pen.lineTo(second.width, y);
  pen.stroke();
  pen.globalAlpha = 1;
}
