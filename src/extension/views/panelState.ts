/** What is remembered of open panels, and when a tab counts as stale. Pure, from what the editor hands back. */
import * as l10n from '@vscode/l10n';
import { CONFIGURATION_SUFFIX } from '../constants';

/** The run folder in a page's saved state; undefined if the state is none of ours. */
export function savedFolder(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('folder' in state)) return undefined;
  return typeof state.folder === 'string' ? state.folder : undefined;
}

/** The configuration file in a preview's saved state; undefined if the state is none of ours. */
export function savedFile(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('file' in state)) return undefined;
  const { file } = state;
  return typeof file === 'string' && file.endsWith(CONFIGURATION_SUFFIX) ? file : undefined;
}

/** A tab of the editor as far as staleness goes. */
export interface SeenTab {
  readonly viewType: string;
  /** In front in its group. */
  readonly isActive: boolean;
  readonly column: number;
}

/** A panel that this extension host holds. */
export interface HeldPanel {
  readonly visible: boolean;
  readonly viewColumn: number | undefined;
}

/**
 * Whether a tab shows one of our panels that no living extension host holds. The editor prefixes the view
 * type; of each group one tab is in front, so group and visibility tell which panel belongs to it.
 */
export function isStaleTab(tab: SeenTab, ownType: string, held: readonly HeldPanel[]): boolean {
  if (!tab.viewType.endsWith(ownType) || !tab.isActive) return false;
  return !held.some((panel) => panel.visible && panel.viewColumn === tab.column);
}

/** The runs that a tab shows, from what the workspace remembers; the run that it was opened for if it says nothing. */
export function runsOfTab(remembered: unknown, key: string | undefined): readonly string[] {
  if (key === undefined) return [];
  const runs: unknown = isRecord(remembered) ? remembered[key] : undefined;
  const isList = Array.isArray(runs) && runs.length > 0 && runs.every((run) => typeof run === 'string');
  return isList ? runs : [key];
}

/** A tab is named by its first run and how many there are beside it. */
export function titleOfTab(runs: readonly { readonly name: string }[]): string {
  const [first, ...others] = runs;
  if (!first) return l10n.t('Dashboard');
  return others.length === 0 ? first.name : l10n.t('{0} and {1} more', first.name, others.length);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
