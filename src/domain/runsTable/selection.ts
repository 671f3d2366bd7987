/** Which runs are selected: a value, changed by clicks and keys as lists of the editor are. Keys are run folders. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Where a range begins: what was chosen last without shift. */
  readonly anchor: string | undefined;
}

export const NOTHING: Selection = { chosen: new Set(), anchor: undefined };

/** `only`: click. `toggle`: ctrl-click or space. `range`: shift. */
export type SelectionMode = 'only' | 'toggle' | 'range';

/**
 * The selection after a click or key on some runs, which are several for a group's head.
 * @param order the selectable runs from top to bottom
 */
export function select(
  selection: Selection,
  target: readonly string[],
  mode: SelectionMode,
  order: readonly string[],
): Selection {
  const [anchor] = target;
  if (mode === 'only') return { chosen: new Set(target), anchor };
  if (mode === 'toggle') return { chosen: toggled(selection.chosen, target), anchor };
  const chosen = between(selection.anchor ?? anchor, target, order);
  return { chosen: new Set(chosen), anchor: selection.anchor ?? anchor };
}

/** Every run of the table. */
export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return { ...selection, chosen: new Set(order) };
}

/** The selection without runs that are gone; the same object if there are none. */
export function pruned(selection: Selection, exists: (folder: string) => boolean): Selection {
  const chosen = [...selection.chosen].filter(exists);
  return chosen.length === selection.chosen.size ? selection : { ...selection, chosen: new Set(chosen) };
}

function toggled(chosen: ReadonlySet<string>, target: readonly string[]): Set<string> {
  const result = new Set(chosen);
  const areAllChosen = target.every((key) => chosen.has(key));
  for (const key of target) {
    if (areAllChosen) result.delete(key);
    else result.add(key);
  }
  return result;
}

function between(
  anchor: string | undefined,
  target: readonly string[],
  order: readonly string[],
): readonly string[] {
  const from = anchor === undefined ? -1 : order.indexOf(anchor);
  const places = target.map((key) => order.indexOf(key)).filter((place) => place >= 0);
  if (from < 0 || places.length === 0) return target;
  return order.slice(Math.min(from, ...places), Math.max(from, ...places) + 1);
}
