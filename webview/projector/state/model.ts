/**
 * What the host has told, as one value per message. `opened` voids everything before. Maps of a new request take the
 * place of those of the one before when the first of them arrives, so that the screen is never empty in between.
 */
import type { Alignment, ClassFigures, MapQuality, PairFigures } from '../../../src/domain/maps/figures';
import type { MapDimensions, Pane } from '../../../src/domain/maps/request';
import { DEFAULT_MAP_REQUEST } from '../../../src/domain/maps/request';
import type { MapStage } from '../../../src/domain/maps/stage';
import type { Column } from '../../../src/domain/maps/columns';
import type {
  PaneSource,
  ProjectorHostMessage,
  ProjectorPageMessage,
  SavedSelection,
} from '../../../src/protocol/pages/projector';
import type { Partners } from './partners';
import { partnersOf } from './partners';

/** The map of one epoch. */
export interface EpochMap {
  /** [rows, dimensions]; NaN for a row without a place. */
  readonly positions: Float32Array;
  readonly dimensions: MapDimensions;
  readonly isFinal: boolean;
  readonly alignment: Alignment | null;
  readonly axes: readonly string[];
}

/** One source and what is known of it, by epoch. */
export interface PaneModel {
  readonly source: PaneSource;
  readonly maps: ReadonlyMap<number, EpochMap>;
  readonly columns: ReadonlyMap<number, readonly Column[]>;
  readonly quality: ReadonlyMap<number, MapQuality>;
  readonly classes: ReadonlyMap<number, readonly ClassFigures[]>;
}

/** One value for each pane; the right one is null where there is one source only. */
export interface Sides<T> {
  readonly left: T;
  readonly right: T | null;
}

/** A request as it travels. */
export type WireRequest = Extract<ProjectorPageMessage, { readonly type: 'show' }>['map'];

/** What the page knows. */
export interface ProjectorModel {
  readonly phase: 'waiting' | 'opening' | 'opened' | 'untrusted' | 'failed';
  /** What is being read, or why there is nothing to show. */
  readonly message: string;
  readonly panes: Sides<PaneModel> | null;
  readonly partners: Partners | null;
  /** Number of the request that was made last, and of the one whose maps are here. */
  readonly request: number;
  readonly answered: number;
  readonly pairs: ReadonlyMap<string, PairFigures>;
  readonly progress: MapStage | null;
  /** True until the host has said that nothing more of the request comes. */
  readonly isComputing: boolean;
  readonly refusal: string | null;
  readonly selections: readonly SavedSelection[];
  /** What the maps here were asked by, and what was asked last. */
  readonly shownMap: WireRequest;
  readonly map: WireRequest;
}

const FIRST_REQUEST: WireRequest = { ...DEFAULT_MAP_REQUEST, axes: [] };

export const INITIAL_PROJECTOR: ProjectorModel = {
  phase: 'waiting',
  message: '',
  panes: null,
  partners: null,
  request: 0,
  answered: 0,
  pairs: new Map(),
  progress: null,
  isComputing: false,
  refusal: null,
  selections: [],
  shownMap: FIRST_REQUEST,
  map: FIRST_REQUEST,
};

/** The model after a message; the very same one if the message changes nothing or answers an older request. */
export function foldProjector(model: ProjectorModel, message: ProjectorHostMessage): ProjectorModel {
  if (message.type === 'opening') return { ...model, phase: 'opening', message: message.what };
  if (message.type === 'failed') return { ...model, phase: 'failed', message: message.message };
  if (message.type === 'untrusted') return { ...INITIAL_PROJECTOR, phase: 'untrusted' };
  if (message.type === 'opened') return openedModel(model, message);
  if (message.type === 'epochs') return withEpochs(model, message);
  if (message.type === 'selections') return { ...model, selections: message.selections };
  if (!('request' in message) || message.request !== model.request) return model;
  return foldAnswer(model, message);
}

/** The model once a further request was made. */
export function asked(model: ProjectorModel, request: number, map: WireRequest): ProjectorModel {
  return { ...model, request, map, progress: null, isComputing: true, refusal: null };
}

/** The key of two epochs among the figures of pairs. */
export function pairKey(left: number, right: number): string {
  return `${left}/${right}`;
}

/** The source of a pane, if it is there. */
export function paneOf(model: ProjectorModel, pane: Pane): PaneModel | null {
  return model.panes?.[pane] ?? null;
}

/** Epochs of a pane's table in order; none for a table that it has not. */
export function epochsOf(pane: PaneModel | null, table: string): readonly number[] {
  return pane?.source.tables.find(({ name }) => name === table)?.epochs ?? [];
}

/** The epoch of a pane's table at which its run was best; undefined where nobody knows, and while it may get better. */
export function bestEpochOf(pane: PaneModel | null, table: string): number | undefined {
  if (pane === null || pane.source.isLive) return undefined;
  const { best, epochs } = pane.source.tables.find(({ name }) => name === table) ?? {};
  return best !== undefined && epochs?.includes(best) === true ? best : undefined;
}

/** Columns of a pane at an epoch: those of the epoch before those of the same name that never change. */
export function columnsAt(pane: Pick<PaneModel, 'source' | 'columns'>, epoch: number): readonly Column[] {
  const own = pane.columns.get(epoch) ?? [];
  const names = new Set(own.map(({ name }) => name));
  return [...pane.source.columns.filter(({ name }) => !names.has(name)), ...own];
}

type Answer = Extract<ProjectorHostMessage, { readonly request: number }>;
type Opened = Extract<ProjectorHostMessage, { readonly type: 'opened' }>;

function openedModel(model: ProjectorModel, message: Opened): ProjectorModel {
  const { left, right, partners, selections } = message;
  const isJoined = right !== null && partners !== null && partners.length === left.ids.length;
  return {
    ...INITIAL_PROJECTOR,
    phase: 'opened',
    panes: { left: freshPane(left), right: right && freshPane(right) },
    partners: isJoined ? partnersOf(partners, right.ids.length) : null,
    request: model.request,
    answered: model.request,
    selections,
    map: message.request,
    shownMap: message.request,
  };
}

function freshPane(source: PaneSource): PaneModel {
  return { source, maps: new Map(), columns: new Map(), quality: new Map(), classes: new Map() };
}

function withEpochs(
  model: ProjectorModel,
  { pane, tables, isLive }: Extract<ProjectorHostMessage, { readonly type: 'epochs' }>,
): ProjectorModel {
  return withPane(model, pane, ({ source }) => ({ source: { ...source, tables, isLive } }));
}

function foldAnswer(before: ProjectorModel, message: Answer): ProjectorModel {
  if (message.type === 'progress')
    return { ...before, progress: message.stage, isComputing: message.stage !== null };
  if (message.type === 'refused') return { ...before, progress: null, refusal: message.message };
  if (message.type === 'map' && !fits(before, message)) return before;
  const model = before.answered === message.request ? before : cleared(before);
  if (message.type === 'pair') {
    const key = pairKey(message.epochs.left, message.epochs.right);
    return { ...model, pairs: withEntry(model.pairs, key, message.figures) };
  }
  return withPane(model, message.pane, (pane) => paneAfter(pane, message));
}

/** Drops a map whose length does not fit its rows. */
function fits(
  model: ProjectorModel,
  message: Extract<ProjectorHostMessage, { readonly type: 'map' }>,
): boolean {
  const rows = paneOf(model, message.pane)?.source.ids.length;
  return rows !== undefined && message.positions.length === rows * message.dimensions;
}

/** Maps and figures of the request before give way. */
function cleared(model: ProjectorModel): ProjectorModel {
  const { panes, request, map } = model;
  const fresh = panes && {
    left: freshPane(panes.left.source),
    right: panes.right && freshPane(panes.right.source),
  };
  return { ...model, panes: fresh, pairs: new Map(), answered: request, shownMap: map };
}

type PaneAnswer = Extract<Answer, { readonly pane: Pane }>;

function paneAfter(pane: PaneModel, message: PaneAnswer): Partial<PaneModel> {
  const { epoch } = message;
  switch (message.type) {
    case 'map':
      return { maps: withEntry(pane.maps, epoch, message) };
    case 'columns':
      return { columns: withEntry(pane.columns, epoch, mergeColumns(pane, epoch, message.columns)) };
    case 'quality':
      return { quality: withEntry(pane.quality, epoch, message.quality) };
    case 'classes':
      return { classes: withEntry(pane.classes, epoch, message.classes) };
  }
}

/** Columns that do not have a value for each row are dropped; later ones replace those of the same name. */
function mergeColumns(pane: PaneModel, epoch: number, columns: readonly Column[]): readonly Column[] {
  const whole = columns.filter((column) => lengthOf(column) === pane.source.ids.length);
  const names = new Set(whole.map(({ name }) => name));
  return [...(pane.columns.get(epoch) ?? []).filter(({ name }) => !names.has(name)), ...whole];
}

function lengthOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

function withPane(
  model: ProjectorModel,
  name: Pane,
  change: (pane: PaneModel) => Partial<PaneModel>,
): ProjectorModel {
  const pane = paneOf(model, name);
  if (!model.panes || !pane) return model;
  return { ...model, panes: { ...model.panes, [name]: { ...pane, ...change(pane) } } };
}

function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}
