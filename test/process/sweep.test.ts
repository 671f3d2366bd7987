/** A sweep as processes: in order, paused, reordered, and going on after its own process was killed. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { expandSweep } from '../../src/domain/sweep/expand';
import type { SweepPlan, SweepSummary } from '../../src/domain/sweep/files';
import { readProgress } from '../../src/runs/sweep/folder';
import type { SweepPrograms } from '../../src/runs/sweep/control';
import { moveInSweep, pauseSweep, resumeSweep, startSweep } from '../../src/runs/sweep/control';
import { listSweeps, summariseSweep } from '../../src/runs/sweep/summary';
import { killTree } from '../../src/runs/process/kill';
import { listRuns } from '../../src/runs/list';
import type { Behaviour } from './behaviour';
import type { World } from './support';
import { createWorld, eventually, until } from './support';

let world: World;
let count = 0;
/** Those of the sweep that was started last. */
let programs: SweepPrograms;
const started: string[] = [];
beforeAll(async () => {
  world = await createWorld();
});
afterEach(async () => {
  // A worker that a failed test left running would go on starting runs.
  for (const folder of started.splice(0)) {
    const { worker } = await readProgress(folder);
    if (worker !== null) await killTree(worker.pid);
  }
});
afterAll(() => world.sweep());

const SWEEP = { grid: { 'loss.temperature': [0.1, 0.2, 0.3] } };

async function start(behaviour: Behaviour): Promise<string> {
  const { keeperPath, trainerPath, version, keeperParameters = [] } = world.options(behaviour);
  const plan: SweepPlan = {
    formatVersion: 1,
    id: `sweep-${count++}`,
    name: 'sweep',
    createdAt: Date.now(),
    codeFolder: null,
    versions: {},
    entries: expandSweep({ sweep: SWEEP }, 'a test').map((run) => ({
      ...run,
      configuration: { ...run.configuration, name: run.label },
    })),
  };
  programs = { keeperPath, trainerPath, version, keeperParameters, sweeperPath: world.sweeperPath };
  const folder = await startSweep(world.runsFolder, plan, programs);
  started.push(folder);
  return folder;
}

const endings = ({ entries }: SweepSummary) => entries.map(({ run }) => run?.endState);
const runOf = async (folder: string, entry: number) =>
  join(world.runsFolder, (await summariseSweep(folder)).entries[entry]?.run?.run ?? '');

async function untilState(folder: string, state: SweepSummary['state']): Promise<SweepSummary> {
  await eventually(async () => (await summariseSweep(folder)).state === state, 60_000);
  return summariseSweep(folder);
}

async function untilBegun(folder: string, entry: number): Promise<string> {
  await eventually(async () => {
    const { entries } = await summariseSweep(folder);
    return (entries[entry]?.run ?? null) !== null;
  });
  return runOf(folder, entry);
}

describe('a sweep', () => {
  test('makes one run after the other, each with its own configuration', async () => {
    const folder = await start({ steps: 3, stepMs: 5 });
    const sweep = await untilState(folder, 'completed');
    expect(endings(sweep)).toEqual(['completed', 'completed', 'completed']);
    const runs = await Promise.all([0, 1, 2].map((entry) => runOf(folder, entry)));
    const summaries = await Promise.all(runs.map((run) => until(run, ({ state }) => state === 'ended')));
    expect(summaries.map(({ name }) => name)).toEqual([
      'temperature=0.1',
      'temperature=0.2',
      'temperature=0.3',
    ]);
    for (const place of [1, 2])
      expect(summaries[place]?.createdAt).toBeGreaterThanOrEqual(summaries[place - 1]?.endedAt ?? Infinity);
    expect((await listSweeps(world.runsFolder)).map(({ id }) => id)).toContain(sweep.id);
    expect((await listRuns(world.runsFolder)).every(({ name }) => !name.startsWith('.'))).toBe(true);
  });

  test('goes on after a run that failed, and says why it did', async () => {
    const folder = await start({ steps: 1, stepMs: 5, end: 'fail' });
    const sweep = await untilState(folder, 'completed');
    expect(endings(sweep)).toEqual(['failed', 'failed', 'failed']);
    expect(sweep.entries[0]?.run?.reason).not.toBeNull();
  });

  test('begins no further run while it is paused, and works in another order afterwards', async () => {
    const folder = await start({ steps: 60, stepMs: 20 });
    await untilBegun(folder, 0);
    await pauseSweep(folder, 'after-run');
    await moveInSweep(folder, 2, 1);
    const paused = await untilState(folder, 'paused');
    expect(endings(paused)).toEqual(['completed', undefined, undefined]);
    expect(paused.waiting).toEqual([2, 1]);
    await resumeSweep(folder, programs);
    await untilBegun(folder, 2);
    expect((await summariseSweep(folder)).entries[1]?.run).toBeNull();
    await untilState(folder, 'completed');
  });

  test('stops the present run when it is paused at once, and resumes that very run', async () => {
    const folder = await start({ steps: 60, stepMs: 15 });
    const run = await untilBegun(folder, 0);
    await until(run, ({ progress }) => (progress?.step ?? 0) > 3);
    await pauseSweep(folder, 'now');
    expect(endings(await untilState(folder, 'paused'))).toEqual([null, undefined, undefined]);
    expect((await until(run, () => true)).endState).toBe('stopped');
    await resumeSweep(folder, programs);
    const sweep = await untilState(folder, 'completed');
    expect(join(world.runsFolder, sweep.entries[0]?.run?.run ?? '')).toBe(run);
    expect((await until(run, () => true)).endState).toBe('completed');
  });

  test('is interrupted when its process is killed, while the run lives on, and attaches to it again', async () => {
    const folder = await start({ steps: 60, stepMs: 15 });
    const run = await untilBegun(folder, 0);
    const { worker } = await readProgress(folder);
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await untilState(folder, 'interrupted');
    expect((await until(run, () => true)).state).not.toBe('ended');
    await resumeSweep(folder, programs);
    const sweep = await untilState(folder, 'completed');
    expect(endings(sweep)).toEqual(['completed', 'completed', 'completed']);
    expect(join(world.runsFolder, sweep.entries[0]?.run?.run ?? '')).toBe(run);
  });

  test('has nothing to pause or resume once it is complete', async () => {
    const folder = await start({ steps: 1, stepMs: 1 });
    await untilState(folder, 'completed');
    await expect(resumeSweep(folder, programs)).rejects.toThrow(/is complete/);
    await expect(pauseSweep(folder, 'now')).rejects.toThrow(/is complete/);
    await expect(moveInSweep(folder, 0, 0)).rejects.toThrow(/does not wait/);
  });
});
