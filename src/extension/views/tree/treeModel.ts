/**
 * What the tree shows, worked out without an editor: nodes by id, their children and their rows, and after each update
 * which of them must be drawn again. An id is a run's folder or names a group; it stays while what it names is there.
 * New figures of live runs never re-sort the list, so nothing moves under the pointer.
 */
import { isLive } from '../../../domain/display/runLook';
import { passes } from '../../../domain/run/list/filter';
import { groupRecords } from '../../../domain/run/list/grouping';
import { namedFigure, sortRecords } from '../../../domain/run/list/sorting';
import type { ListView } from '../../../domain/run/list/view';
import type { RunRecord } from '../../../domain/run/record';
import type { RunRow } from '../runItem';
import { describeRow } from '../runItem';
import { describeGroup } from './groupItem';

/** What must be drawn again: nothing (no ids), some nodes, or everything. */
export type TreeChange = 'all' | readonly string[];

interface Tree {
  readonly order: readonly RunRecord[];
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly parents: ReadonlyMap<string, string>;
  readonly rows: ReadonlyMap<string, RunRow>;
}

/** The id of what has no parent. */
const ROOT = '';
const GROUP_PREFIX = 'group:';
const EMPTY: Tree = { order: [], children: new Map(), parents: new Map(), rows: new Map() };

/** Whether a node is a group rather than a run. */
export function isGroupId(id: string): boolean {
  return id.startsWith(GROUP_PREFIX);
}

/** The tree of some runs. */
export class TreeModel {
  #tree = EMPTY;
  #view: ListView | undefined;
  #all: readonly RunRecord[] = [];

  /** The runs that pass the filter, in their order. */
  get shown(): readonly RunRecord[] {
    return this.#tree.order;
  }

  /** The ids below a node, or at the top. */
  childrenOf(id = ROOT): readonly string[] {
    return this.#tree.children.get(id) ?? [];
  }

  /** The group that a node is in. */
  parentOf(id: string): string | undefined {
    return this.#tree.parents.get(id);
  }

  /** The row of a node; undefined if it is gone. */
  rowOf(id: string): RunRow | undefined {
    return this.#tree.rows.get(id);
  }

  /** The run folders that a node stands for. */
  foldersOf(id: string): readonly string[] {
    return isGroupId(id) ? this.childrenOf(id) : [id];
  }

  /** Takes new records or another view; says what must be drawn again. */
  update(records: readonly RunRecord[], view: ListView, now: number): TreeChange {
    const keepsOrder = view === this.#view && onlyLiveRunsDiffer(this.#all, records);
    const before = this.#tree;
    const order = keepsOrder
      ? inOrderOf(before.order, records)
      : sortRecords(records, view.sort).filter((record) => passes(record, view.filter));
    this.#tree = build(order, view, now);
    this.#view = view;
    this.#all = records;
    return changeBetween(before, this.#tree);
  }
}

function build(order: readonly RunRecord[], { grouping, sort }: ListView, now: number): Tree {
  const rows = new Map(
    order.map((record) => [
      record.summary.folder,
      describeRow(record.summary, namedFigure(record, sort[0]?.by)),
    ]),
  );
  const folders = foldersOf(order);
  if (grouping === 'none') return { order, rows, children: new Map([[ROOT, folders]]), parents: new Map() };
  const groups = groupRecords(order, grouping, now);
  const ids = groups.map(({ key }) => `${GROUP_PREFIX}${grouping}:${key}`);
  groups.forEach((group, i) => rows.set(ids[i] ?? '', describeGroup(group, grouping)));
  const members = groups.map(({ records }, i) => [ids[i] ?? '', foldersOf(records)] as const);
  const parents = members.flatMap(([id, inside]) => inside.map((folder) => [folder, id] as const));
  return { order, rows, children: new Map([[ROOT, ids], ...members]), parents: new Map(parents) };
}

/** Same runs, and none that has ended reads otherwise: then the order is left alone. */
function onlyLiveRunsDiffer(before: readonly RunRecord[], after: readonly RunRecord[]): boolean {
  if (before.length !== after.length) return false;
  const old = new Map(before.map((record) => [record.summary.folder, record]));
  return after.every((record) => {
    const one = old.get(record.summary.folder);
    return one === record || (one !== undefined && isLive(one.summary) && isLive(record.summary));
  });
}

function inOrderOf(order: readonly RunRecord[], records: readonly RunRecord[]): RunRecord[] {
  const now = new Map(records.map((record) => [record.summary.folder, record]));
  return order.flatMap(({ summary }) => now.get(summary.folder) ?? []);
}

function changeBetween(before: Tree, after: Tree): TreeChange {
  if (!isSameList(before.children.get(ROOT), after.children.get(ROOT))) return 'all';
  const isRedrawn = (id: string) =>
    JSON.stringify(before.rows.get(id)) !== JSON.stringify(after.rows.get(id)) ||
    !isSameList(before.children.get(id), after.children.get(id));
  return [...after.rows.keys()].filter(isRedrawn);
}

function isSameList(a: readonly string[] = [], b: readonly string[] = []): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function foldersOf(records: readonly RunRecord[]): string[] {
  return records.map(({ summary }) => summary.folder);
}
