/** Made-up sources for the projector's page. */
import type { Column } from '../../../../src/domain/maps/columns';
import { DEFAULT_MAP_REQUEST } from '../../../../src/domain/maps/request';
import type { PaneSource, ProjectorHostMessage } from '../../../../src/protocol/pages/projector';
import { DEFAULT_PROJECTOR_LAYOUT } from '../../../../src/protocol/pages/projector';
import type { ProjectorModel } from '../../../../webview/projector/state/model';
import { foldProjector, INITIAL_PROJECTOR } from '../../../../webview/projector/state/model';

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
  return {
    type: 'opened',
    left,
    right: null,
    partners: null,
    request: { ...DEFAULT_MAP_REQUEST, axes: [] },
    selections: [],
    layout: DEFAULT_PROJECTOR_LAYOUT,
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
