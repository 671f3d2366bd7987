/** What a diff tab compares, as one text: the tab's key, what its page keeps across reloads, and its title. */
import * as l10n from '@vscode/l10n';
import { shortNames } from '../../domain/display/shortNames';

/** Keys of at least two runs or files, the baseline first; undefined if the state of a page has none. */
export function savedKeys(state: unknown): readonly string[] | undefined {
  if (typeof state !== 'object' || state === null || !('keys' in state) || !Array.isArray(state.keys))
    return undefined;
  const keys = state.keys.filter((key) => typeof key === 'string');
  return keys.length >= 2 ? keys : undefined;
}

/** One text for the compared keys, in their order. */
export function tabKeyOf(keys: readonly string[]): string {
  return JSON.stringify(keys);
}

/** The compared keys of a tab's key; none if it is no such text. */
export function keysOf(tabKey: string | undefined): readonly string[] {
  try {
    return savedKeys({ keys: JSON.parse(tabKey ?? '') as unknown }) ?? [];
  } catch {
    return [];
  }
}

/** The title of a tab: what tells the compared apart, because tabs are narrow. */
export function titleOf(names: readonly string[]): string {
  const [baseline = '', second = '', ...others] = shortNames(names);
  return others.length === 0
    ? `${baseline} ↔ ${second}`
    : l10n.t('{0} ↔ {1} others', baseline, names.length - 1);
}
