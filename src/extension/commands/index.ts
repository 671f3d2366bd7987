/** The table of commands: what every id does. All of them need a trusted workspace. */
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
  startRun: { doing: 'Starting a run', run: startRun },
  startAgain: { doing: 'Opening the configuration of a run', run: startAgainWithChanges },
  stopRun: { doing: 'Stopping a run', run: stopRun },
  resumeRun: { doing: 'Resuming a run', run: resumeRun },
  openDashboard: { doing: 'Opening a dashboard', runAll: openDashboard },
  openTable: { doing: 'Opening the runs table', run: openTable },
  revealRunFolder: { doing: 'Revealing a run folder', run: revealRunFolder },
  showLog: { doing: 'Showing a log', run: showLog },
  compareRuns: { doing: 'Comparing runs', runAll: compareRuns },
  compareConfigurations: { doing: 'Comparing configurations', runAll: compareConfigurations },
  previewViews: { doing: 'Opening a preview of views', run: previewViews },
  inspectEmbeddings: { doing: 'Opening a map of embeddings', run: inspectEmbeddings },
  compareEmbeddings: { doing: 'Comparing embeddings', runAll: compareEmbeddings },
  openEmbeddingsFile: { doing: 'Opening a map of embeddings', run: openEmbeddingsFile },
  newConfiguration: { doing: 'Writing a configuration', run: newConfiguration },
  groupRuns: { doing: 'Grouping runs', run: groupRuns },
  sortRuns: { doing: 'Sorting runs', run: sortRuns },
  filterRuns: { doing: 'Filtering runs', run: filterRuns },
  clearFilter: { doing: 'Clearing the filter', run: clearFilter },
  searchRuns: { doing: 'Going to a run', run: searchRuns },
  nextRun: { doing: 'Going to the next run', run: nextRun },
  previousRun: { doing: 'Going to the previous run', run: previousRun },
  starRuns: { doing: 'Starring runs', runAll: starRuns },
  unstarRuns: { doing: 'Taking stars away', runAll: unstarRuns },
  tagRuns: { doing: 'Tagging runs', runAll: tagRuns },
  renameRun: { doing: 'Renaming a run', runAll: renameRun },
  editNotes: { doing: 'Opening notes', runAll: editNotes },
  archiveRuns: { doing: 'Archiving runs', runAll: archiveRuns },
  unarchiveRuns: { doing: 'Unarchiving runs', runAll: unarchiveRuns },
  deleteRuns: { doing: 'Deleting runs', runAll: deleteRuns },
  restoreRuns: { doing: 'Restoring runs', run: restoreRuns },
  emptyTrash: { doing: 'Emptying the trash', run: emptyTrash },
  pauseSweep: { doing: 'Pausing a sweep', run: pauseSweepCommand },
  resumeSweep: { doing: 'Resuming a sweep', run: resumeSweepCommand },
  setUpTensorflow: { doing: 'Setting up TensorFlow', run: setUpTensorflow },
  removeTensorflow: { doing: 'Removing TensorFlow', run: removeTensorflow },
  addForeignFolder: { doing: 'Adding a folder of runs', run: addForeignFolder },
  removeForeignFolder: { doing: 'Removing a folder of runs', run: removeForeignFolder },
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
