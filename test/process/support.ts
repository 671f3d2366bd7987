/**
 * A small world for process tests: bundles of the real keeper and of the fake trainer, a runs folder and a
 * runtime folder of their own, and a broom that ends whatever a test left running.
 */
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseConfiguration } from '../../src/domain/configuration/parse';
import type { RunSummary } from '../../src/domain/run/state';
import { readRunFile } from '../../src/runs/folder/runFiles';
import { listRuns, summariseRun } from '../../src/runs/list';
import { killTree } from '../../src/runs/process/kill';
import type { StartOptions, StartedRun } from '../../src/runs/start';
import { startRun } from '../../src/runs/start';
import type { Behaviour } from './behaviour';

const HERE = import.meta.dirname;
const PROMPT = ['--grace-ms', '300', '--queue-poll-ms', '50'];

export interface World {
  readonly runsFolder: string;
  readonly runtimeBase: string;
  readonly programs: Pick<StartOptions, 'keeperPath' | 'trainerPath' | 'version'>;
  readonly starterPath: string;
  /** A script that logs as others do; see commandScript.ts. */
  readonly scriptPath: string;
  readonly sweeperPath: string;
  options(behaviour?: Behaviour, more?: Partial<StartOptions>): StartOptions;
  /** Starts a run with a fake trainer. */
  start(behaviour?: Behaviour, more?: Partial<StartOptions>): Promise<StartedRun>;
  /** Kills every keeper and trainer of the world and removes its folders. */
  sweep(): Promise<void>;
}

/** Bundles the programs and makes the folders. Sets XDG_RUNTIME_DIR of this process. */
export async function createWorld(): Promise<World> {
  const base = mkdtempSync(join(tmpdir(), 'supcon-t-'));
  const programsFolder = join(base, 'programs');
  await bundle(programsFolder);
  const runsFolder = join(base, 'work', '.supcon', 'runs');
  process.env['XDG_RUNTIME_DIR'] = base;
  const programs = {
    keeperPath: join(programsFolder, 'keeper.mjs'),
    trainerPath: join(programsFolder, 'fakeTrainer.mjs'),
    version: '0.0.0',
  };
  const options: World['options'] = (behaviour = {}, more = {}) => {
    process.env['FAKE_TRAINER'] = JSON.stringify(behaviour);
    const config = parseConfiguration({ name: 'fake' }, 'a test');
    const keeperParameters = [...PROMPT, ...(more.keeperParameters ?? [])];
    return { ...programs, config, runsFolder, codeFolder: null, queue: 'now', ...more, keeperParameters };
  };
  return {
    runsFolder,
    runtimeBase: base,
    programs,
    starterPath: join(programsFolder, 'starter.mjs'),
    scriptPath: join(programsFolder, 'commandScript.mjs'),
    sweeperPath: join(programsFolder, 'sweeper.mjs'),
    options,
    start: (behaviour, more) => startRun(options(behaviour, more)),
    sweep: async () => {
      for (const { folder } of await listRuns(runsFolder)) await killRun(folder);
      rmSync(base, { recursive: true, force: true });
    },
  };
}

async function bundle(outdir: string): Promise<void> {
  const entries = {
    keeper: '../../src/runs/keeper/main.ts',
    fakeTrainer: 'fakeTrainer.ts',
    starter: 'starter.ts',
    commandScript: 'commandScript.ts',
    sweeper: '../../src/runs/sweep/main.ts',
  };
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(entries).map(([name, path]) => [name, resolve(HERE, path)]),
    ),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
}

/** The summary of a run as soon as it satisfies a condition; fails after `withinMs`. */
export async function until(
  folder: string,
  condition: (run: RunSummary) => boolean,
  withinMs = 20_000,
): Promise<RunSummary> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const run = await summariseRun(folder);
    if (condition(run)) return run;
    if (Date.now() > deadline)
      throw new Error(`Still not so: ${JSON.stringify(run)}\n${await logOf(folder)}`);
    await delay(20);
  }
}

/** Polls until something is true; fails after `withinMs`. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  withinMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Still not so: ${condition.toString()}`);
    await delay(20);
  }
}

/** Whether a run trains and has reached a step. */
export function atStep(step: number): (run: RunSummary) => boolean {
  return ({ state, progress }) => state === 'running' && progress !== null && progress.step >= step;
}

/** The process id of a run's keeper. */
export async function keeperPid(folder: string): Promise<number> {
  const pid = (await readRunFile(folder))?.segments.at(-1)?.keeper.pid;
  if (pid === undefined) throw new Error('The run has no keeper.');
  return pid;
}

/** trainer.log, or nothing. */
export function logOf(folder: string): Promise<string> {
  return readFile(join(folder, 'trainer.log'), 'utf8').catch(() => '');
}

/** Ends a run without asking and forgets its folder. */
async function killRun(folder: string): Promise<void> {
  const run = await summariseRun(folder).catch(() => undefined);
  if (run !== undefined && run.state !== 'ended') {
    await killTree(await keeperPid(folder).catch(() => process.pid + 1_000_000_000));
    if (run.pid !== null) await killTree(run.pid);
  }
  await rm(folder, { recursive: true, force: true });
}
