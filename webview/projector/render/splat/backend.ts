/** Draws on the processor: each pane is splatted into a picture of its own and put onto the canvas. */
import { borderFor, splatPoints } from '../../../../src/domain/maps/splat/splat';
import type { Rgb, Surface } from '../../../../src/domain/maps/splat/surface';
import { clearSurface, createSurface, packed } from '../../../../src/domain/maps/splat/surface';
import { createArrange } from '../../../../src/domain/maps/view/arrange';
import { createDrawOrder } from '../../../../src/domain/maps/view/order';
import { lookStyles } from '../../../../src/domain/maps/view/points';
import type { Projected, View } from '../../../../src/domain/maps/view/project';
import { projectPoints } from '../../../../src/domain/maps/view/project';
import { deviceBox, sizeCanvas } from '../canvas';
import type { Backend, Scene } from '../scene';

/** Takes a canvas that has given no other context. Throws if the page gets no 2d context at all. */
export function createCpuBackend(canvas: HTMLCanvasElement): Backend {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('a canvas gave no 2d context');
  const panes: PanePainter[] = [];
  let ratio = 1;
  return {
    kind: 'cpu',
    resize: (size) => {
      ratio = size.ratio;
      sizeCanvas(canvas, size);
    },
    draw: (scene) => {
      context.fillStyle = `rgb(${scene.background.join(' ')})`;
      context.fillRect(0, 0, canvas.width, canvas.height);
      scene.panes.forEach((view, i) =>
        (panes[i] ??= createPanePainter()).paint({ context, scene, view, ratio }),
      );
    },
    dispose: () => (panes.length = 0),
  };
}

interface Paint {
  readonly context: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly view: View;
  readonly ratio: number;
}
interface PanePainter {
  paint(paint: Paint): void;
}

/** Keeps the arrays of one pane from frame to frame. */
function createPanePainter(): PanePainter {
  const orderOf = createDrawOrder();
  const arrange = createArrange();
  let inTurn = new Uint32Array(0);
  let surface: Surface | undefined;
  let image: ImageData | undefined;
  let projected: Projected | undefined;
  return {
    paint: ({ context, scene, view, ratio }) => {
      const styles = lookStyles(scene.radiusPx, scene.alpha, ratio);
      const box = deviceBox(view.viewport, ratio);
      if (box.width <= 0 || box.height <= 0) return;
      const border = borderFor(styles, view.points.dimensions);
      if (!surface || !isOfSize(surface, box, border)) {
        surface = createSurface(box.width, box.height, border);
        image = new ImageData(surface.bytes, surface.stride);
      }
      const isFlat = view.points.dimensions === 2;
      const points = isFlat ? arrange(view.points) : view.points;
      projected = projectPoints({ ...view, points }, projected);
      if (isFlat && inTurn.length !== points.count)
        inTurn = Uint32Array.from({ length: points.count }, (_, i) => i);
      clearSurface(surface, scene.background);
      splatPoints(surface, {
        points,
        projected,
        order: isFlat ? inTurn : orderOf(points, projected.sizes),
        styles,
        palette: packedAll(scene.palette),
        ringColour: packed(scene.ring),
        left: box.left / ratio,
        top: box.top / ratio,
        ratio,
      });
      const [left, top] = [box.left - border, box.top - border];
      if (image) context.putImageData(image, left, top, border, border, box.width, box.height);
    },
  };
}

function isOfSize(surface: Surface, box: { width: number; height: number }, border: number): boolean {
  return surface.width === box.width && surface.height === box.height && surface.border === border;
}

const GREY: Rgb = [128, 128, 128];

function packedAll(palette: readonly Rgb[]): Int32Array {
  return Int32Array.from(palette.length === 0 ? [GREY] : palette, packed);
}
