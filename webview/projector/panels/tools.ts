/** The buttons on the map: what dragging does, and what is drawn beside the points. */
import * as l10n from '@vscode/l10n';
import { element, setAttribute, showIf } from '../../dom';
import type { Stage } from '../map/stage';
import type { Store } from '../state/store';
import type { Tool } from '../state/view';
import { isWeaklyAligned } from '../state/view';
import { iconButton } from './controls';

const TOOL_LOOKS: Readonly<Record<Tool, { readonly label: string; readonly glyph: string }>> = {
  move: { label: l10n.t('Move (M)'), glyph: 'move' },
  lasso: { label: l10n.t('Lasso (L)'), glyph: 'circle-large-outline' },
  box: { label: l10n.t('Box (B)'), glyph: 'primitive-square' },
};
type Switch = 'hasDensity' | 'hasPictures' | 'hasLabels';

/** Creates the buttons. */
export function createTools(store: Store, stage: Stage): HTMLElement {
  const fit = iconButton(l10n.t('Show everything (0)'), 'screen-full', () => {
    stage.scene.fit();
    stage.scene.follow();
    stage.redraw();
  });
  const attributes = { role: 'toolbar', 'aria-label': l10n.t('Tools of the map') };
  const root = element('div', { class: 'map-tools', attributes }, [
    ...(['move', 'lasso', 'box'] as const).map((tool) => toolButton(store, tool)),
    fit,
    switchButton(store, 'hasLabels', l10n.t('Class names'), 'tag'),
    switchButton(store, 'hasDensity', l10n.t('Density'), 'layers'),
    switchButton(store, 'hasPictures', l10n.t('Pictures when zoomed in'), 'file-media'),
    trailButton(store),
  ]);
  store.onChange(() => showIf(root, store.model.phase === 'opened'));
  return root;
}

function toolButton(store: Store, tool: Tool): HTMLElement {
  const { label, glyph } = TOOL_LOOKS[tool];
  const button = iconButton(label, glyph, () => store.look({ tool }));
  store.onChange(() => setAttribute(button, 'aria-pressed', String(store.view.tool === tool)));
  return button;
}

function switchButton(store: Store, key: Switch, label: string, glyph: string): HTMLElement {
  const button = iconButton(label, glyph, () => store.arrange({ [key]: !store.layout[key] }));
  store.onChange(() => {
    setAttribute(button, 'aria-pressed', String(store.layout[key]));
    if (key === 'hasPictures') showIf(button, store.model.panes?.left.source.pictures);
  });
  return button;
}

function trailButton(store: Store): HTMLElement {
  const button = iconButton(l10n.t('Movement of the selection'), 'graph-line', () =>
    store.look({ hasTrails: !store.view.hasTrails }),
  );
  store.onChange(() => {
    showIf(
      button,
      (store.view.playback.epochs.length > 1 || store.model.panes?.right) &&
        !isWeaklyAligned(store.model, store.view),
    );
    setAttribute(button, 'aria-pressed', String(store.view.hasTrails));
  });
  return button;
}
