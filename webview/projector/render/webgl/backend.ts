/** Draws on the graphics card: one context, one program, a viewport with scissors for each pane. */
import type { Rgb } from '../../../../src/domain/maps/splat/surface';
import type { DrawOrder } from '../../../../src/domain/maps/view/order';
import { createDrawOrder } from '../../../../src/domain/maps/view/order';
import { lookStyles } from '../../../../src/domain/maps/view/points';
import type { Projected, View } from '../../../../src/domain/maps/view/project';
import { endsOf, middleOf, projectionOf, projectPoints } from '../../../../src/domain/maps/view/project';
import { deviceBox, sizeCanvas } from '../canvas';
import type { Backend, Scene } from '../scene';
import type { Buffers } from './buffers';
import { createBuffers } from './buffers';
import type { PointProgram } from './program';
import { ATTRIBUTE, createPointProgram } from './program';

const MOST_COLOURS = 256;
const GREY: Rgb = [128, 128, 128];

/** Takes a canvas that has given no other context. Throws if there is no WebGL2 or its compiler fails. */
export function createWebglBackend(canvas: HTMLCanvasElement, onLost: () => void): Backend {
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false });
  if (!gl) throw new Error('the canvas gave no context');
  const painter = createPainter(gl);
  let ratio = 1;
  canvas.addEventListener('webglcontextlost', onLost);
  return {
    kind: 'webgl2',
    resize: (size) => {
      ratio = size.ratio;
      sizeCanvas(canvas, size);
    },
    draw: (scene) => painter.paint(scene, ratio),
    dispose: () => {
      canvas.removeEventListener('webglcontextlost', onLost);
      painter.buffers.dispose();
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

interface Painter {
  readonly buffers: Buffers;
  paint(scene: Scene, ratio: number): void;
}

function createPainter(gl: WebGL2RenderingContext): Painter {
  const program = createPointProgram(gl);
  const buffers = createBuffers(gl);
  const panes: PaneMemory[] = [];
  const sendPalette = createPalette(gl);
  gl.useProgram(program.program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  return {
    buffers,
    paint: (scene, ratio) => {
      clear(gl, scene.background);
      sendPalette(scene.palette);
      sendScene(gl, program, { scene, ratio });
      scene.panes.forEach((view, i) => {
        const memory = (panes[i] ??= { orderOf: createDrawOrder() });
        drawPane({ gl, program, buffers, memory }, view, ratio);
      });
      buffers.endFrame();
    },
  };
}

interface PaneMemory {
  readonly orderOf: DrawOrder;
  projected?: Projected;
}
interface Pen {
  readonly gl: WebGL2RenderingContext;
  readonly program: PointProgram;
  readonly buffers: Buffers;
  readonly memory: PaneMemory;
}

function clear(gl: WebGL2RenderingContext, background: Rgb): void {
  const [red, green, blue] = shares(background);
  gl.disable(gl.SCISSOR_TEST);
  gl.clearColor(red, green, blue, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  gl.enable(gl.SCISSOR_TEST);
}

function sendScene(
  gl: WebGL2RenderingContext,
  { at }: PointProgram,
  { scene, ratio }: { readonly scene: Scene; readonly ratio: number },
): void {
  const styles = lookStyles(scene.radiusPx, scene.alpha, ratio);
  gl.uniform3fv(
    at.styles,
    styles.flatMap(({ radius, alpha, ring }) => [radius, alpha, ring]),
  );
  gl.uniform3fv(at.ringColour, shares(scene.ring));
  gl.uniform1f(at.ratio, ratio);
  gl.uniform1i(at.palette, 0);
  gl.uniform1i(at.colours, Math.max(1, Math.min(MOST_COLOURS, scene.palette.length)));
}

function drawPane({ gl, program, buffers, memory }: Pen, view: View, ratio: number): void {
  const box = deviceBox(view.viewport, ratio);
  if (box.width <= 0 || box.height <= 0) return;
  const bottom = gl.drawingBufferHeight - box.top - box.height;
  gl.viewport(box.left, bottom, box.width, box.height);
  gl.scissor(box.left, bottom, box.width, box.height);
  const middle = middleOf(view.viewport);
  const { at } = program;
  gl.uniform2f(at.viewport, box.width, box.height);
  gl.uniform2f(
    at.shift,
    middle.x * ratio - box.left - box.width / 2,
    middle.y * ratio - box.top - box.height / 2,
  );
  sendCamera(gl, program, view);
  bindPoints(gl, buffers, view);
  const order = orderOf(memory, view);
  buffers.bind('elements', order);
  gl.drawElements(gl.POINTS, order.length, gl.UNSIGNED_INT, 0);
}

function sendCamera(gl: WebGL2RenderingContext, { at }: PointProgram, { camera, mix }: View): void {
  const { right, down, divisor } = projectionOf(camera);
  gl.uniform4fv(at.right, right);
  gl.uniform4fv(at.down, down);
  gl.uniform4fv(at.divisor, divisor);
  gl.uniform1f(at.mixed, Math.max(0, Math.min(1, mix)));
}

function bindPoints(gl: WebGL2RenderingContext, buffers: Buffers, view: View): void {
  const [start, end] = endsOf(view);
  const { dimensions, colours, looks } = view.points;
  for (const [place, values] of [
    [ATTRIBUTE.start, start],
    [ATTRIBUTE.end, end],
  ] as const) {
    buffers.bind('vertices', values);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, dimensions, gl.FLOAT, false, 0, 0);
  }
  for (const [place, values] of [
    [ATTRIBUTE.colour, colours],
    [ATTRIBUTE.look, looks],
  ] as const) {
    buffers.bind('vertices', values);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribIPointer(place, 1, gl.UNSIGNED_BYTE, 0, 0);
  }
}

/** In three dimensions rows are sorted by depth here, because blended discs need it and the card cannot. */
function orderOf(memory: PaneMemory, view: View): Uint32Array {
  if (view.points.dimensions === 2) return memory.orderOf(view.points, NO_SIZES);
  memory.projected = projectPoints(view, memory.projected);
  return memory.orderOf(view.points, memory.projected.sizes);
}
const NO_SIZES = new Float32Array(0);

/** Sends a palette when it is another one. */
function createPalette(gl: WebGL2RenderingContext): (palette: readonly Rgb[]) => void {
  let sent: readonly Rgb[] | undefined;
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  return (palette) => {
    if (palette === sent) return;
    sent = palette;
    const colours = (palette.length === 0 ? [GREY] : palette).slice(0, MOST_COLOURS);
    const bytes = Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, colours.length, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  };
}

function shares([red, green, blue]: Rgb): readonly [number, number, number] {
  return [red / 255, green / 255, blue / 255];
}
