/** The table of commands: what every id does. All of them need a trusted workspace. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { COMMAND, SELECTION } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { guarded } from '../errors';
import type { Services } from '../services';
import { isTrustedOrExplain } from '../trust';
import {
  archiveRuns,
  editNotes,
  renameRun,
  starRuns,
  tagRuns,
  unarchiveRuns,
  unstarRuns,
} from './annotateCommands';
import { compareConfigurations, compareRuns } from './compare';
import { newConfiguration, startAgainWithChanges } from './configurations';
import { compareEmbeddings, inspectEmbeddings, openEmbeddingsFile } from './embeddings';
import { clearFilter, filterRuns } from './filterCommands';
import { addForeignFolder, removeForeignFolder } from './foreignFolders';
import { groupRuns, nextRun, previousRun, searchRuns, sortRuns } from './listCommands';
import type { Called } from './pickRuns';
import { previewViews } from './previewViews';
import { openDashboard, openTable, resumeRun, revealRunFolder, showLog, stopRun } from './runCommands';
import { removeTensorflow, setUpTensorflow } from './setUpTensorflow';
import { startRun } from './startRun';
import { pauseSweepCommand, resumeSweepCommand } from './sweepCommands';
import { deleteRuns, emptyTrash, restoreRuns } from './trashCommands';

type Handler = (services: Services, argument: unknown) => Promise<void>;
/** A handler that is about everything that is selected where it was called from. */
type ListHandler = (services: Services, called: Called) => Promise<void>;

const HANDLERS: Readonly<
  Record<
    keyof typeof COMMAND,
    { readonly doing: string } & ({ readonly run: Handler } | { readonly runAll: ListHandler })
  >
> = {
  startRun: { doing: l10n.t('Starting a run'), run: startRun },
  startAgain: { doing: l10n.t('Opening the configuration of a run'), run: startAgainWithChanges },
  stopRun: { doing: l10n.t('Stopping a run'), run: stopRun },
  resumeRun: { doing: l10n.t('Resuming a run'), run: resumeRun },
  openDashboard: { doing: l10n.t('Opening a dashboard'), runAll: openDashboard },
  openTable: { doing: l10n.t('Opening the runs table'), run: openTable },
  revealRunFolder: { doing: l10n.t('Revealing a run folder'), run: revealRunFolder },
  showLog: { doing: l10n.t('Showing a log'), run: showLog },
  compareRuns: { doing: l10n.t('Comparing runs'), runAll: compareRuns },
  compareConfigurations: { doing: l10n.t('Comparing configurations'), runAll: compareConfigurations },
  previewViews: { doing: l10n.t('Opening a preview of views'), run: previewViews },
  inspectEmbeddings: { doing: l10n.t('Opening a map of embeddings'), run: inspectEmbeddings },
  compareEmbeddings: { doing: l10n.t('Comparing embeddings'), runAll: compareEmbeddings },
  openEmbeddingsFile: { doing: l10n.t('Opening a map of embeddings'), run: openEmbeddingsFile },
  newConfiguration: { doing: l10n.t('Writing a configuration'), run: newConfiguration },
  groupRuns: { doing: l10n.t('Grouping runs'), run: groupRuns },
  sortRuns: { doing: l10n.t('Sorting runs'), run: sortRuns },
  filterRuns: { doing: l10n.t('Filtering runs'), run: filterRuns },
  clearFilter: { doing: l10n.t('Clearing the filter'), run: clearFilter },
  searchRuns: { doing: l10n.t('Going to a run'), run: searchRuns },
  nextRun: { doing: l10n.t('Going to the next run'), run: nextRun },
  previousRun: { doing: l10n.t('Going to the previous run'), run: previousRun },
  starRuns: { doing: l10n.t('Starring runs'), runAll: starRuns },
  unstarRuns: { doing: l10n.t('Taking stars away'), runAll: unstarRuns },
  tagRuns: { doing: l10n.t('Tagging runs'), runAll: tagRuns },
  renameRun: { doing: l10n.t('Renaming a run'), runAll: renameRun },
  editNotes: { doing: l10n.t('Opening notes'), runAll: editNotes },
  archiveRuns: { doing: l10n.t('Archiving runs'), runAll: archiveRuns },
  unarchiveRuns: { doing: l10n.t('Unarchiving runs'), runAll: unarchiveRuns },
  deleteRuns: { doing: l10n.t('Deleting runs'), runAll: deleteRuns },
  restoreRuns: { doing: l10n.t('Restoring runs'), run: restoreRuns },
  emptyTrash: { doing: l10n.t('Emptying the trash'), run: emptyTrash },
  pauseSweep: { doing: l10n.t('Pausing a sweep'), run: pauseSweepCommand },
  resumeSweep: { doing: l10n.t('Resuming a sweep'), run: resumeSweepCommand },
  setUpTensorflow: { doing: l10n.t('Setting up TensorFlow'), run: setUpTensorflow },
  removeTensorflow: { doing: l10n.t('Removing TensorFlow'), run: removeTensorflow },
  addForeignFolder: { doing: l10n.t('Adding a folder of runs'), run: addForeignFolder },
  removeForeignFolder: { doing: l10n.t('Removing a folder of runs'), run: removeForeignFolder },
};

/** Registers every command. */
export function registerCommands(services: Services): Disposable {
  const owned = new DisposableStore();
  for (const [name, command] of Object.entries(HANDLERS)) {
    const id = COMMAND[name as keyof typeof COMMAND];
    const handler = async (argument: unknown, selection: unknown) => {
      const act = () =>
        'run' in command
          ? command.run(services, onlyRow(services, argument))
          : command.runAll(services, { argument, selection });
      if (isTrustedOrExplain()) await guarded(services.log, command.doing, act);
    };
    owned.add(vscode.commands.registerCommand(id, handler));
  }
  return owned;
}

/** A keybinding names the selection rather than a row: a command about one run takes the first selected. */
function onlyRow({ tree }: Services, argument: unknown): unknown {
  return argument === SELECTION ? tree.selection[0] : argument;
}
