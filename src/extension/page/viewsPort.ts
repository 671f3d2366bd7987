/** What the views of a run on a dashboard need of the editor and of the run's folder. */
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { RUN_FILE } from '../../domain/run/layout';
import { datasetFileSchema } from '../../protocol/recorded';
import { readSmallFile } from '../../runs/folder/runFiles';
import { readSettings } from '../../runs/index/record';
import { commandLineProgram } from '../commands/starterProgram';
import { startPreview } from '../runs/previewProcess';
import type { RecordedViews, ViewsOfRunPort } from './viewsOfRun';

/** The port of one dashboard. */
export function viewsPort({
  context,
  log,
}: {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
}): ViewsOfRunPort {
  return {
    readRecorded,
    fileOf,
    start: (run, listener) =>
      startPreview(
        { ...commandLineProgram(context), workingFolder: dirname(run) },
        { file: fileOf(run), runsFolder: dirname(run) },
        listener,
      ),
    run: (command, run) => {
      if (command === 'openFile') void vscode.window.showTextDocument(vscode.Uri.file(fileOf(run)));
      else if (command === 'manageTrust') void vscode.commands.executeCommand('workbench.trust.manage');
    },
    report: (problem) => log.warn(problem.message),
  };
}

function fileOf(run: string): string {
  return join(run, RUN_FILE.config);
}

async function readRecorded(run: string): Promise<RecordedViews> {
  const [settings, dataset] = await Promise.all([
    readSettings(run),
    readSmallFile(join(run, RUN_FILE.dataset), datasetFileSchema),
  ]);
  return { settings, contentHash: dataset?.contentHash };
}
