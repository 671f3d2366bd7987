/**
 * The maps on the screen: points by the renderer, labels and rings on the layer above, pointer and keys. It draws at
 * most once a frame, and only after something has changed.
 */
import * as l10n from '@vscode/l10n';
import type { Step } from '../../../src/domain/maps/view/camera';
import { onThemeChange } from '../../charts/theme';
import { element, oncePerFrame, setAttribute } from '../../dom';
import { morph } from '../render/motion';
import { createRenderer } from '../render/renderer';
import type { Scene } from '../render/scene';
import { watchSize } from '../render/size';
import type { Place } from '../state/partners';
import type { Store } from '../state/store';
import { pixelsOf } from './hit';
import { listenToKeys } from './keyboard';
import { createLayer } from './layer';
import { mapColours } from './palette';
import { listenToPointer } from './pointer';
import { MapScene } from './scene';

/** Milliseconds in which points go to where they belong after a step. */
const MORPH_MS = 150;
const RADIUS_PX = 2.2;
const ALPHA = 0.8;

/** The maps. */
export interface Stage {
  readonly element: HTMLElement;
  readonly scene: MapScene;
  /** What draws, in words for the screen. */
  rendererWords(): string;
  /** The points as they are drawn, in device pixels, and the layer above them. */
  picture(): readonly HTMLCanvasElement[];
  /** Pixels of a sample on the canvas; null where it is not seen. */
  pixelsOf(place: Place): Step | null;
  /** Draws anew at the next frame. */
  redraw(): void;
}

/** Puts the maps onto the page. */
export function createStage(store: Store): Stage {
  const root = createRoot();
  const scene = new MapScene(store);
  const renderer = createRenderer(root, { onChange: () => redraw() });
  const layer = createLayer(root, store, scene);
  let colours = mapColours();
  let stopMorph: () => void = () => undefined;
  const whole = (): Scene => ({
    panes: scene.panes().map(({ view }) => view),
    ...colours,
    radiusPx: RADIUS_PX,
    alpha: ALPHA,
  });
  const redraw = oncePerFrame(() => {
    renderer.draw(whole());
    layer.draw(colours);
  });
  const follow = () => {
    if (scene.follow()) {
      stopMorph();
      scene.setMix(0);
      stopMorph = morph(MORPH_MS, (mix) => {
        scene.setMix(mix);
        redraw();
      });
    }
    setAttribute(root, 'aria-label', labelOf(store));
    setAttribute(root, 'data-tool', store.view.tool);
    redraw();
  };
  watchSize(root, (size) => {
    renderer.resize(size);
    layer.resize(size);
    scene.resize(size);
    follow();
  });
  onThemeChange(() => {
    colours = mapColours();
    redraw();
  });
  store.onChange(follow);
  listenToPointer({ target: root, store, scene, layer, redraw });
  listenToKeys({ target: root, store, scene, redraw });
  return {
    element: root,
    scene,
    rendererWords: () => wordsOf(renderer.describe()),
    picture: () => [renderer.picture(whole()), layer.canvas],
    pixelsOf: (place) => pixelsOf(scene, place),
    redraw,
  };
}

function createRoot(): HTMLElement {
  const attributes = {
    tabindex: '0',
    role: 'application',
    'aria-roledescription': l10n.t('map of samples'),
    'aria-describedby': 'map-keys',
  };
  return element('div', { class: 'map', attributes });
}

function labelOf({ model, epochs }: Store): string {
  const { left, right } = model.panes ?? {};
  if (!left) return l10n.t('No map yet');
  const first = [left.source.name, epochs.left] as const;
  return right
    ? l10n.t('Maps of {0}, epoch {1} and {2}, epoch {3}', ...first, right.source.name, epochs.right ?? 0)
    : l10n.t('Map of {0}, epoch {1}', ...first);
}

function wordsOf({ kind, reason }: { readonly kind: 'webgl2' | 'cpu'; readonly reason: string }): string {
  return kind === 'cpu'
    ? l10n.t('Drawn by the processor: {0}', reason)
    : l10n.t('Drawn by WebGL2: {0}', reason);
}
