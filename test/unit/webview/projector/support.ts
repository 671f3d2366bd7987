/** Made-up sources for the projector's page. */
import type { Column, PaneSource, ProjectorHostMessage } from '../../../../src/protocol/pages/projector';
import type { ProjectorModel } from '../../../../webview/projector/state/model';
import { foldProjector, INITIAL_PROJECTOR } from '../../../../webview/projector/state/model';
import { INITIAL_LAYOUT } from '../../../../webview/projector/state/view';

type Opened = Extract<ProjectorHostMessage, { readonly type: 'opened' }>;

/** A source with these samples. */
export function sourceOf(ids: readonly string[], change: Partial<PaneSource> = {}): PaneSource {
  return {
    name: 'run',
    place: '/runs/run',
    kind: 'run',
    look: { hue: 0, dash: 0 },
    tables: [{ name: 'features', dimensions: 64, epochs: [1, 2, 3] }],
    isLive: false,
    ids: [...ids],
    columns: [],
    total: ids.length,
    notes: [],
    pictures: null,
    canOpen: false,
    ...change,
  };
}

/** What the host says at first. */
export function openedWith(left: PaneSource, change: Partial<Opened> = {}): Opened {
  const request = {
    table: 'features',
    method: 'umap',
    dimensions: 2,
    metric: 'cosine',
    neighbours: 15,
    seed: 0,
    limit: null,
    axes: [],
  } as const;
  return {
    type: 'opened',
    left,
    right: null,
    partners: null,
    request: { ...request, axes: [] },
    selections: [],
    layout: INITIAL_LAYOUT,
    ...change,
  };
}

/** The model after `opened`. */
export function openedModel(left: PaneSource, change: Partial<Opened> = {}): ProjectorModel {
  return foldProjector(INITIAL_PROJECTOR, openedWith(left, change));
}

/** A column of classes; empty texts are none. */
export function classes(values: readonly string[], name = 'class'): Column {
  const categories = [...new Set(values)].filter((value) => value !== '');
  const codes = Int32Array.from(values, (value) => categories.indexOf(value));
  return { kind: 'category', name, categories, codes };
}
