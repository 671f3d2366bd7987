/** `supcon show RUN`: state, configuration and figures of one run. */
import { join } from 'node:path';
import { EXIT_CODE } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import type { RunSummary } from '../../domain/run/state';
import { readJsonIfPresent } from '../../formats/files';
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { summariseRun } from '../../runs/list';
import { readLossFacts } from '../../runs/logs/lossFacts';
import { readResults } from '../results';
import { resultsTable } from '../table';
import { headlineText, stateText } from '../words';

export interface ShowOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

/** Prints the run; the exit code. */
export async function show(text: string, options: ShowOptions): Promise<number> {
  const folder = await findRun(resolveRunsFolder(process.cwd(), options.dir), text);
  const summary = await summariseRun(folder);
  const configuration = await readJsonIfPresent(join(folder, RUN_FILE.config));
  const results = await readResults(folder);
  if (options.json === true) {
    process.stdout.write(
      `${JSON.stringify({ ...summary, configuration, results: results ?? null }, null, 2)}\n`,
    );
    return EXIT_CODE.completed;
  }
  const lines = [
    [summary.name, stateText(summary), progressText(summary), headlineText(summary)].join('  '),
    ...(summary.reason === null ? [] : [summary.reason]),
    summary.folder,
    ...(summary.kind === 'command' ? [(await readLossFacts(folder, {})).sentence] : []),
    ...(results === undefined ? [] : [resultsTable([{ name: summary.name, results }])]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return EXIT_CODE.completed;
}

function progressText({ progress }: RunSummary): string {
  if (progress === null) return '';
  if (progress.stage === 'command') return `step ${progress.step} of ${progress.steps}`;
  return `epoch ${progress.epoch} of ${progress.epochs}, step ${progress.step} of ${progress.steps}`;
}
