/** `supcon train`: starts a run, and its baseline if asked for, and follows them to the end. */
import { EXIT_CODE } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import { consentOf } from '../consent';
import { exitCodeOf, followRun } from '../follow';
import type { PreparedLaunch } from '../launch';
import { prepareLaunch } from '../launch';
import { showReading } from '../readingProgress';
import { readResults } from '../results';
import type { ResultColumn } from '../table';
import { resultsTable } from '../table';

export interface TrainOptions {
  /** A `*.supcon.json` file or a preset. */
  readonly source: string;
  readonly data?: string;
  readonly set?: readonly string[];
  readonly dir?: string;
  readonly now?: boolean;
  readonly json?: boolean;
  /** Agree to the modules of one's own that the configuration loads. */
  readonly trust?: boolean;
}

/** Trains and prints the figures; the exit code of the first run that did not complete. */
export async function train(options: TrainOptions): Promise<number> {
  const { endings } = await trainAll(options);
  return endings.map(exitCodeOf).find((code) => code !== EXIT_CODE.completed) ?? EXIT_CODE.completed;
}

export interface Trained {
  readonly endings: readonly RunSummary[];
  readonly runsFolder: string;
}

/** Starts every run that the request asks for, one after the other, and follows each. */
export async function trainAll(options: TrainOptions): Promise<Trained> {
  const { source, data, set, dir, now } = options;
  const launch = await prepareLaunch({
    source,
    data,
    set: set ?? [],
    runsFolder: dir,
    queue: now === true ? 'now' : 'wait',
    consent: consentOf(options),
    onReading: showReading(),
  });
  return followLaunch(launch, { json: options.json === true });
}

/** Starts what was prepared, one run after the other, and follows each to its end. */
export async function followLaunch(
  launch: PreparedLaunch,
  { json }: { readonly json: boolean },
): Promise<Trained> {
  if (!json && launch.note !== '') process.stdout.write(`${launch.note}\n`);
  const endings: RunSummary[] = [];
  for (const configuration of launch.configurations) {
    const { folder } = await launch.start(configuration);
    const last = await followRun(folder, { json });
    endings.push(last);
    if (last.endState !== 'completed') break;
  }
  if (!json) await printResults(endings);
  return { endings, runsFolder: launch.runsFolder };
}

async function printResults(endings: readonly RunSummary[]): Promise<void> {
  const columns: ResultColumn[] = [];
  for (const { folder, name } of endings) {
    const results = await readResults(folder);
    if (results !== undefined) columns.push({ name, results });
  }
  if (columns.length > 0) process.stdout.write(`${resultsTable(columns)}\n`);
}
