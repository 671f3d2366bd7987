/**
 * kill -9 at random moments: the run reads `killed` with its signal within two seconds, no printed step is
 * missing from the file, and resume goes on from a checkpoint at most an epoch old. Keeper and trainer killed
 * together read `crashed`, never `running`.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEventParser, pushToList } from '../../src/formats/events/reader';
import { randomStream } from '../../src/domain/random/stream';
import { TAG } from '../../src/domain/metrics/tags';
import type { RunSummary } from '../../src/domain/run/state';
import { summariseRun } from '../../src/runs/list';
import { readRunFile } from '../../src/runs/folder/runFiles';
import type { Workspace } from './realRun';
import {
  TINY,
  TINY_STEPS_PER_EPOCH,
  listJson,
  makeWorkspace,
  readTag,
  runCli,
  runFolder,
  startCli,
  until,
} from './realRun';

/** Far more epochs than any test waits for. */
const ENDLESS = { ...TINY, stage1: { ...TINY.stage1, epochs: 5000, warmupEpochs: 1 } };
const SHOWN_WITHIN_MS = 2000;

let workspace: Workspace;
let savedRuntimeFolder: string | undefined;
beforeAll(() => (savedRuntimeFolder = process.env['XDG_RUNTIME_DIR']));
afterAll(() => {
  if (savedRuntimeFolder === undefined) delete process.env['XDG_RUNTIME_DIR'];
  else process.env['XDG_RUNTIME_DIR'] = savedRuntimeFolder;
});
beforeEach(() => {
  workspace = makeWorkspace();
  process.env['XDG_RUNTIME_DIR'] = workspace.folder;
});
afterEach(() => workspace.remove());

interface Started {
  readonly folder: string;
  readonly cli: ReturnType<typeof startCli>;
  readonly pid: number;
}

async function startEndless(): Promise<Started> {
  const path = workspace.write('endless.supcon.json', ENDLESS);
  const cli = startCli(workspace, ['train', path, '--json', '--dir', workspace.runs]);
  await until('there is a run', () => hasRun());
  const folder = runFolder(workspace);
  await until('it trains', () => readTag(folder, TAG.loss).size > 2);
  const { pid } = await summariseRun(folder);
  if (pid === null) throw new Error('A running run has no process id.');
  return { folder, cli, pid };
}

function hasRun(): boolean {
  try {
    return readdirSync(workspace.runs).some((name) => !name.startsWith('.'));
  } catch {
    return false;
  }
}

/** Steps whose loss was printed as JSON lines, oldest first. */
function printedSteps(output: string): number[] {
  return output
    .split('\n')
    .filter((line) => line.includes(`"${TAG.loss}"`) && line.endsWith('}'))
    .map((line) => (JSON.parse(line) as { step: number }).step);
}

async function shown(folder: string, endState: string): Promise<RunSummary> {
  await until(
    `the run is ${endState}`,
    async () => (await summariseRun(folder)).endState === endState,
    SHOWN_WITHIN_MS,
  );
  const run = (await listJson(workspace)).find((listed) => folder.endsWith(listed.id));
  if (run === undefined) throw new Error('The run is not in the list.');
  return run;
}

const MOMENTS = Array.from({ length: 20 }, (_, i) => ({
  moment: i,
  delayMs: Math.round(randomStream(2026, i).uniform() * 1200),
  commandLine: i % 2 === 0 ? 'alive' : 'killed before',
}));

describe('kill -9 of the trainer', () => {
  test.each(MOMENTS)(
    'moment $moment, after $delayMs ms, command line $commandLine',
    async ({ delayMs, commandLine }) => {
      const { folder, cli, pid } = await startEndless();
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (commandLine !== 'alive') {
        cli.child.kill('SIGKILL');
        await cli.finished;
      }
      const printedBefore = printedSteps(cli.printed());
      process.kill(pid, 'SIGKILL');
      expect(await shown(folder, 'killed')).toMatchObject({
        state: 'ended',
        endState: 'killed',
        signal: 'SIGKILL',
        pid: null,
      });
      const recorded = readTag(folder, TAG.loss);
      expect(printedBefore.filter((step) => !recorded.has(step))).toEqual([]);
      expect([...recorded.keys()]).toEqual(Array.from({ length: recorded.size }, (_, i) => i));
      if (commandLine === 'alive') expect((await cli.finished).code).toBe(1);
    },
  );

  test('resume goes on from a checkpoint at most an epoch old', async () => {
    const { folder, pid } = await startEndless();
    await until('some epochs are done', () => readTag(folder, TAG.loss).size > 3.5 * TINY_STEPS_PER_EPOCH);
    process.kill(pid, 'SIGKILL');
    await shown(folder, 'killed');
    const before = readTag(folder, TAG.loss);
    const resumed = startCli(workspace, ['resume', 'tiny', '--json', '--dir', workspace.runs]);
    await until('it trains again', () => printedSteps(resumed.printed()).some((step) => step >= before.size));
    await runCli(workspace, 'stop', 'tiny', '--dir', workspace.runs);
    expect((await resumed.finished).code).toBe(130);
    const after = readTag(folder, TAG.loss);
    for (const [step, loss] of before) expect(after.get(step), `loss of step ${step}`).toBe(loss);
    const files = readdirSync(folder).filter((name) => name.includes('tfevents'));
    expect(files).toHaveLength(2);
    const first = firstStepOf(folder);
    expect(before.size - first).toBeLessThanOrEqual(TINY_STEPS_PER_EPOCH);
  });
});

test('keeper and trainer killed together read crashed, never running', async () => {
  const { folder, pid } = await startEndless();
  const keeper = (await readRunFile(folder))?.segments.at(-1)?.keeper;
  if (keeper === undefined) throw new Error('The run has no keeper.');
  process.kill(keeper.pid, 'SIGKILL');
  process.kill(pid, 'SIGKILL');
  const run = await shown(folder, 'crashed');
  expect(run).toMatchObject({ state: 'ended', endState: 'crashed' });
});

test('a keeper killed alone leaves a trainer that writes a checkpoint and ends', async () => {
  const { folder, pid } = await startEndless();
  const keeper = (await readRunFile(folder))?.segments.at(-1)?.keeper;
  if (keeper === undefined) throw new Error('The run has no keeper.');
  process.kill(keeper.pid, 'SIGKILL');
  await until('the trainer has gone', () => !exists(pid), 10_000);
  expect(await shown(folder, 'crashed')).toMatchObject({ state: 'ended', resumable: true });
});

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The step at which the newest segment began. */
function firstStepOf(folder: string): number {
  const newest = readdirSync(folder)
    .filter((name) => name.includes('tfevents'))
    .sort()
    .at(-1);
  const events = pushToList(createEventParser(), readFileSync(`${folder}/${newest ?? ''}`));
  const start = events.find((event) => 'step' in event);
  if (start === undefined) throw new Error('The newest event file is empty.');
  return start.step;
}
