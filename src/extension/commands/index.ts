/** The table of commands: what every id does. All of them need a trusted workspace. */
import * as vscode from 'vscode';
import { COMMAND } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { guarded } from '../errors';
import type { Services } from '../services';
import { isTrustedOrExplain } from '../trust';
import { newConfiguration, startAgainWithChanges } from './configurations';
import { addForeignFolder, removeForeignFolder } from './foreignFolders';
import { openDashboard, resumeRun, revealRunFolder, showLog, stopRun } from './runCommands';
import { removeTensorflow, setUpTensorflow } from './setUpTensorflow';
import { startRun } from './startRun';
import { pauseSweepCommand, resumeSweepCommand } from './sweepCommands';

type Handler = (services: Services, argument: unknown) => Promise<void>;

const HANDLERS: Readonly<Record<keyof typeof COMMAND, { readonly doing: string; readonly run: Handler }>> = {
  startRun: { doing: 'Starting a run', run: startRun },
  startAgain: { doing: 'Opening the configuration of a run', run: startAgainWithChanges },
  stopRun: { doing: 'Stopping a run', run: stopRun },
  resumeRun: { doing: 'Resuming a run', run: resumeRun },
  openDashboard: { doing: 'Opening a dashboard', run: openDashboard },
  revealRunFolder: { doing: 'Revealing a run folder', run: revealRunFolder },
  showLog: { doing: 'Showing a log', run: showLog },
  newConfiguration: { doing: 'Writing a configuration', run: newConfiguration },
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
  for (const [name, { doing, run }] of Object.entries(HANDLERS)) {
    const id = COMMAND[name as keyof typeof COMMAND];
    const handler = async (argument: unknown) => {
      if (isTrustedOrExplain()) await guarded(services.log, doing, () => run(services, argument));
    };
    owned.add(vscode.commands.registerCommand(id, handler));
  }
  return owned;
}
