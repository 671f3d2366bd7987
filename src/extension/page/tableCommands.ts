/** Which command of the editor stands behind each action of the table. */
import type { TableAction } from '../../protocol/pages/table';
import { COMMAND } from '../constants';

/** One row an action. */
export const ACTION_COMMANDS: Readonly<Record<TableAction, string>> = {
  compare: COMMAND.compareRuns,
  openDashboard: COMMAND.openDashboard,
  inspectEmbeddings: COMMAND.inspectEmbeddings,
  compareEmbeddings: COMMAND.compareEmbeddings,
  stop: COMMAND.stopRun,
  resume: COMMAND.resumeRun,
  startAgain: COMMAND.startAgain,
  star: COMMAND.starRuns,
  unstar: COMMAND.unstarRuns,
  tag: COMMAND.tagRuns,
  rename: COMMAND.renameRun,
  notes: COMMAND.editNotes,
  archive: COMMAND.archiveRuns,
  unarchive: COMMAND.unarchiveRuns,
  delete: COMMAND.deleteRuns,
  showLog: COMMAND.showLog,
  revealFolder: COMMAND.revealRunFolder,
};

/** A command and what it is called with: a run, and all runs, as the tree calls it. */
export type ActionCall = readonly [command: string, folder: string, folders: readonly string[]];

/** The call for an action on some runs; undefined if there is no run to treat. */
export function callOf(action: TableAction, folders: readonly string[]): ActionCall | undefined {
  const [first] = folders;
  return first === undefined ? undefined : [ACTION_COMMANDS[action], first, [...folders]];
}
