/** Which command of the editor stands behind each action of the table; actions without their command are not offered. */
import type { TableAction } from '../../protocol/pages/table';
import { TABLE_ACTIONS } from '../../protocol/pages/table';
import { COMMAND } from '../constants';

/** What a command is told: the folder of one run, or a list of folders. */
export type ActionArgument = 'folder' | 'folders';

/** A command and its argument. */
export interface ActionCommand {
  readonly command: string;
  readonly takes: ActionArgument;
}

/** One row an action. */
export const ACTION_COMMANDS: Readonly<Partial<Record<TableAction, ActionCommand>>> = {
  openDashboard: { command: COMMAND.openDashboard, takes: 'folder' },
  stop: { command: COMMAND.stopRun, takes: 'folder' },
  resume: { command: COMMAND.resumeRun, takes: 'folder' },
  startAgain: { command: COMMAND.startAgain, takes: 'folder' },
  showLog: { command: COMMAND.showLog, takes: 'folder' },
  revealFolder: { command: COMMAND.revealRunFolder, takes: 'folder' },
};

/** The actions that there are. */
export const OFFERED_ACTIONS: readonly TableAction[] = TABLE_ACTIONS.filter(
  (action) => ACTION_COMMANDS[action] !== undefined,
);

/** The call for an action on some runs; undefined if there is no such command or no run to treat. */
export function callOf(
  action: TableAction,
  folders: readonly string[],
): { readonly command: string; readonly argument: string | readonly string[] } | undefined {
  const known = ACTION_COMMANDS[action];
  const [first] = folders;
  if (!known || first === undefined) return undefined;
  return { command: known.command, argument: known.takes === 'folder' ? first : [...folders] };
}
