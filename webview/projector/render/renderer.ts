/**
 * The points of the projector on one canvas, by the graphics card where there is one and by the processor otherwise.
 * Both draw the same picture. When the card goes away in the middle (a driver's reset, too many contexts), the canvas
 * is replaced and the processor goes on with the last scene; why is kept for the screen.
 */
import * as l10n from '@vscode/l10n';
import { element } from '../../dom';
import type { Probe } from './probe';
import { probeRenderer } from './probe';
import type { Backend, CanvasSize, RendererKind, Scene } from './scene';
import { createCpuBackend } from './splat/backend';
import { createWebglBackend } from './webgl/backend';

/** A renderer that fills its target. */
export interface Renderer {
  /** Call before the first frame, and whenever `watchSize` tells of another size. */
  resize(size: CanvasSize): void;
  draw(scene: Scene): void;
  /** What draws and why: `WebGL2 is not available here`. */
  describe(): Probe;
  /** A scene as a picture of its own, in device pixels, drawn at once. */
  picture(scene: Scene): HTMLCanvasElement;
  dispose(): void;
}

export interface RendererOptions {
  /** Leaves the choice to nobody, for tests and for people whose driver misbehaves. */
  readonly force?: RendererKind;
  /** The renderer fell over to another one; `describe` says why. */
  readonly onChange?: () => void;
}

/** Puts a canvas into the target, under what is there already. */
export function createRenderer(target: HTMLElement, options: RendererOptions = {}): Renderer {
  let probe: Probe =
    options.force === undefined
      ? probeRenderer()
      : { kind: options.force, reason: l10n.t('chosen by a setting') };
  let size: CanvasSize = { width: 1, height: 1, ratio: 1 };
  let last: Scene | undefined;
  let canvas = addCanvas(target);
  let backend = start();
  return {
    resize: (next) => {
      size = next;
      backend.resize(next);
    },
    draw: (scene) => {
      last = scene;
      backend.draw(scene);
    },
    describe: () => probe,
    picture: (scene) => {
      backend.draw(scene);
      const copy = copyOf(canvas);
      if (last && last !== scene) backend.draw(last);
      return copy;
    },
    dispose: () => {
      backend.dispose();
      canvas.remove();
    },
  };

  function start(): Backend {
    if (probe.kind === 'cpu') return createCpuBackend(canvas);
    try {
      return createWebglBackend(canvas, () => fallOver(l10n.t('The graphics card was lost')));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      probe = { kind: 'cpu', reason: l10n.t('WebGL2 failed: {0}', why) };
      replaceCanvas();
      return createCpuBackend(canvas);
    }
  }

  function fallOver(reason: string): void {
    backend.dispose();
    probe = { kind: 'cpu', reason };
    replaceCanvas();
    backend = createCpuBackend(canvas);
    backend.resize(size);
    if (last) backend.draw(last);
    options.onChange?.();
  }

  /** A canvas that has given one kind of context never gives another. */
  function replaceCanvas(): void {
    const former = canvas;
    canvas = newCanvas();
    former.replaceWith(canvas);
  }
}

function addCanvas(target: HTMLElement): HTMLCanvasElement {
  const canvas = newCanvas();
  target.prepend(canvas);
  return canvas;
}

/** The overlay and the page's own texts say what is seen; the pixels are decoration to assistive technology. */
function newCanvas(): HTMLCanvasElement {
  const canvas = element('canvas', { class: 'map-points', attributes: { 'aria-hidden': 'true' } });
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
  return canvas;
}

function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}
