/** A run's life and deaths: real processes, real files, a fake trainer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExitFile, RunFile, StopLadder } from '../../src/domain/run/state';
import { stopRun } from '../../src/runs/control';
import { listRuns, summariseRun } from '../../src/runs/list';
import type { StartedRun } from '../../src/runs/start';
import { resumeRun, startRun } from '../../src/runs/start';
import type { World } from './support';
import { atStep, createWorld, eventually, keeperPid, logOf, until } from './support';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.sweep());

const isEnded = ({ state }: { state: string }) => state === 'ended';

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

function runtimeFiles(): string[] {
  return readdirSync(join(world.runtimeBase, 'supcon'));
}

describe('a run', () => {
  it('goes from start to completed, and clears its socket, token and ticket away', async () => {
    const { folder, id } = await world.start({ steps: 5 });
    const run = await until(folder, isEnded);
    expect(run).toMatchObject({ id, endState: 'completed', signal: null, reason: null, name: 'fake' });
    expect(run.engine?.name).toBe('fake');
    expect(read(folder, 'exit.json') as ExitFile).toMatchObject({ code: 0, segment: 0 });
    await eventually(() => runtimeFiles().length === 0);
    for (const name of [
      'config.json',
      'environment.json',
      'code.json',
      'run.json',
      'state.json',
      'trainer.log',
    ]) {
      expect(existsSync(join(folder, name)), name).toBe(true);
    }
    expect(readFileSync(join(dirname(world.runsFolder), '.gitignore'), 'utf8')).toMatch(/^\*$/m);
  });

  it('reports a failure with the reason that the trainer gave', async () => {
    const { folder } = await world.start({ steps: 3, end: 'fail' });
    const run = await until(folder, isEnded);
    expect(run).toMatchObject({ endState: 'failed', reason: 'The loss is not finite at step 3.' });
  });

  it('reports a trainer that cannot be started', async () => {
    const { folder } = await world.start({}, { trainerPath: '/nowhere/trainer.js' });
    expect(await until(folder, isEnded)).toMatchObject({ endState: 'failed' });
    expect(await logOf(folder)).toMatch(/Cannot find module/);
  });

  it('leaves nothing behind when its keeper cannot start', async () => {
    const before = (await listRuns(world.runsFolder)).length;
    const start = world.start({}, { keeperPath: '/nowhere/keeper.js' });
    await expect(start).rejects.toThrow(/keeper ended at once \(code 1\).*Cannot find module/s);
    expect(await listRuns(world.runsFolder)).toHaveLength(before);
    expect(readdirSync(world.runsFolder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('kill -9', () => {
  it('of the trainer shows killed with the signal within two seconds', async () => {
    const { folder } = await world.start();
    const { pid } = await until(folder, atStep(3));
    process.kill(pid ?? 0, 'SIGKILL');
    const run = await until(folder, isEnded, 2000);
    expect(run).toMatchObject({ endState: 'killed', signal: 'SIGKILL', pid: null });
  });

  it('of the trainer shows killed though the starter was killed before', async () => {
    const options = JSON.stringify(world.options());
    const starter = spawn(process.execPath, [world.starterPath, options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(starter.stdout, 'data')) as [Buffer];
    const { folder } = JSON.parse(line.toString()) as StartedRun;
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    const { pid, progress } = await until(folder, atStep(3));
    await until(folder, atStep((progress?.step ?? 0) + 5));
    process.kill(pid ?? 0, 'SIGKILL');
    expect(await until(folder, isEnded, 2000)).toMatchObject({ endState: 'killed', signal: 'SIGKILL' });
  });

  it('of keeper and trainer shows crashed, at once', async () => {
    const { folder } = await world.start();
    const { pid } = await until(folder, atStep(3));
    process.kill(await keeperPid(folder), 'SIGKILL');
    process.kill(pid ?? 0, 'SIGKILL');
    const run = await until(folder, ({ state }) => state !== 'running' && state !== 'stopping', 2000);
    expect(run).toMatchObject({ state: 'ended', endState: 'crashed' });
  });

  it('of the keeper alone makes the trainer leave; until then the run is stopping', async () => {
    const { folder } = await world.start({ onDisconnect: 'stay' });
    const { pid } = await until(folder, atStep(3));
    process.kill(await keeperPid(folder), 'SIGKILL');
    await until(folder, ({ state }) => state === 'stopping', 2000);
    process.kill(pid ?? 0, 'SIGKILL');
    await until(folder, ({ endState }) => endState === 'crashed', 2000);

    const polite = await world.start();
    await until(polite.folder, atStep(3));
    process.kill(await keeperPid(polite.folder), 'SIGKILL');
    expect(await until(polite.folder, isEnded)).toMatchObject({ endState: 'crashed', resumable: true });
  });

  it('of a keeper leaves nothing that the next start does not clear away', async () => {
    const { folder } = await world.start();
    await until(folder, atStep(1));
    process.kill(await keeperPid(folder), 'SIGKILL');
    await until(folder, isEnded);
    expect(runtimeFiles().length).toBeGreaterThan(0);
    const next = await world.start({ steps: 1 });
    await until(next.folder, isEnded);
    await eventually(() => runtimeFiles().length === 0);
  });
});

describe('stopping', () => {
  const quick = { keeperParameters: ['--asked-ms', '300', '--interrupted-ms', '300'] };

  it('asks politely first', async () => {
    const { folder } = await world.start();
    await until(folder, atStep(3));
    const run = await stopRun(folder);
    expect(run).toMatchObject({ endState: 'stopped', reason: 'Stopped as asked.', resumable: true });
    expect((read(folder, 'exit.json') as ExitFile).code).toBe(130);
  });

  it('interrupts a trainer that does not answer', async () => {
    const { folder } = await world.start({ onStop: 'ignore' }, quick);
    await until(folder, atStep(3));
    const run = await stopRun(folder);
    expect(run.endState).toBe('stopped');
    expect(run.reason).toMatch(/by an interrupt/);
  });

  it('kills a trainer that ignores the interrupt too, showing each rung and its deadline', async () => {
    const { folder } = await world.start({ onStop: 'ignore', onInterrupt: 'ignore' }, quick);
    await until(folder, atStep(3));
    const seen: StopLadder[] = [];
    const run = await stopRun(folder, { onState: ({ stop }) => seen.push(...(stop === null ? [] : [stop])) });
    expect(run).toMatchObject({ endState: 'stopped', signal: 'SIGKILL' });
    expect(run.reason).toMatch(/by killing the trainer/);
    expect(seen[0]).toMatchObject({ level: 'asked' });
    expect((seen[0]?.deadline ?? 0) - (seen[0]?.since ?? 0)).toBe(300);
  });

  it('skips the polite rung when told to kill', async () => {
    const { folder } = await world.start({ onStop: 'ignore' });
    await until(folder, atStep(3));
    expect((await stopRun(folder, { manner: 'kill' })).reason).toMatch(/by an interrupt/);
  });

  it('works by a signal to the keeper when the socket is gone', async () => {
    const { folder } = await world.start();
    await until(folder, atStep(3));
    for (const name of runtimeFiles()) rmSync(join(world.runtimeBase, 'supcon', name));
    expect(await stopRun(folder)).toMatchObject({ endState: 'stopped', reason: 'Stopped as asked.' });
  });

  it('refuses a run that has ended', async () => {
    const { folder } = await world.start({ steps: 1 });
    await until(folder, isEnded);
    await expect(stopRun(folder)).rejects.toThrow(/has ended already/);
  });
});

describe('the queue', () => {
  it('starts runs one after the other in the order in which they came', async () => {
    const wait = { queue: 'wait' } as const;
    const first = await world.start({}, wait);
    await until(first.folder, atStep(1));
    const second = await world.start({ steps: 2 }, wait);
    const third = await world.start({ steps: 2 }, wait);
    await until(second.folder, ({ state, queuedBehind }) => state === 'queued' && queuedBehind === 1);
    await until(third.folder, ({ state, queuedBehind }) => state === 'queued' && queuedBehind === 2);
    const hurried = await world.start({ steps: 2 });
    await until(hurried.folder, isEnded);
    expect((await summariseRun(second.folder)).state).toBe('queued');
    await stopRun(first.folder);
    const ends = await Promise.all([until(second.folder, isEnded), until(third.folder, isEnded)]);
    expect(ends.map(({ endState }) => endState)).toEqual(['completed', 'completed']);
    expect(startOfTraining(third.folder)).toBeGreaterThanOrEqual(endOf(second.folder));
  });

  it('stops a waiting run without starting its trainer', async () => {
    const wait = { queue: 'wait' } as const;
    const first = await world.start({}, wait);
    const second = await world.start({}, wait);
    await until(second.folder, ({ queuedBehind }) => queuedBehind === 1);
    expect(await stopRun(second.folder)).toMatchObject({ endState: 'stopped', engine: null });
    expect(readdirSync(second.folder).filter((name) => name.includes('tfevents'))).toEqual([]);
    await stopRun(first.folder);
  });

  it('goes on when the run in front is killed with its keeper', async () => {
    const wait = { queue: 'wait' } as const;
    const first = await world.start({}, wait);
    const { pid } = await until(first.folder, atStep(1));
    const second = await world.start({ steps: 2 }, wait);
    await until(second.folder, ({ queuedBehind }) => queuedBehind === 1);
    process.kill(await keeperPid(first.folder), 'SIGKILL');
    process.kill(pid ?? 0, 'SIGKILL');
    expect(await until(second.folder, isEnded)).toMatchObject({ endState: 'completed' });
  });
});

describe('resuming', () => {
  it('opens a second segment and overwrites nothing', async () => {
    const { folder } = await world.start();
    const { pid } = await until(folder, atStep(3));
    process.kill(pid ?? 0, 'SIGKILL');
    await until(folder, isEnded);
    process.env['FAKE_TRAINER'] = JSON.stringify({ steps: 8 });
    await resumeRun(folder, world.options({ steps: 8 }));
    const run = await until(folder, ({ endState }) => endState === 'completed');
    expect(run.endState).toBe('completed');
    expect((read(folder, 'run.json') as RunFile).segments.map(({ index }) => index)).toEqual([0, 1]);
    expect(read(folder, 'exit.0.json') as ExitFile).toMatchObject({ segment: 0, signal: 'SIGKILL' });
    expect(read(folder, 'exit.json') as ExitFile).toMatchObject({ segment: 1, endState: 'completed' });
    const events = readdirSync(folder).filter((name) => name.includes('tfevents'));
    expect(events.sort()).toEqual(['events.out.tfevents.0', 'events.out.tfevents.5']);
  });

  it('is granted once when asked for twice at the same time', async () => {
    const { folder } = await world.start();
    await until(folder, atStep(3));
    await stopRun(folder);
    const options = world.options();
    const answers = await Promise.allSettled([resumeRun(folder, options), resumeRun(folder, options)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((read(folder, 'run.json') as RunFile).segments).toHaveLength(2);
    await stopRun(folder);
  });

  it('is refused for a live run, a completed run and a run without a checkpoint', async () => {
    const live = await world.start();
    await until(live.folder, atStep(1));
    await expect(resumeRun(live.folder, world.options())).rejects.toThrow(/only an ended run can be resumed/);
    await stopRun(live.folder);
    const completed = await world.start({ steps: 1 });
    await until(completed.folder, isEnded);
    await expect(resumeRun(completed.folder, world.options())).rejects.toThrow(/nothing to resume/);
    rmSync(join(live.folder, 'checkpoints'), { recursive: true });
    await expect(resumeRun(live.folder, world.options())).rejects.toThrow(/no checkpoint/);
  });
});

describe('accidents', () => {
  it('the run folder is deleted: keeper and trainer go on to their end', async () => {
    const { folder } = await world.start({ steps: 200 });
    const { pid } = await until(folder, atStep(3));
    const keeper = await keeperPid(folder);
    renameSync(folder, `${folder}.trash`);
    rmSync(`${folder}.trash`, { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(() => process.kill(keeper, 0)).not.toThrow();
    expect(() => process.kill(pid ?? 0, 0)).not.toThrow();
    await eventually(() => !isThere(keeper));
    expect(existsSync(folder)).toBe(false);
  });

  it('the programs are deleted: the run completes', async () => {
    const other = await createWorld();
    try {
      const { folder } = await other.start({ steps: 40 });
      await until(folder, atStep(3));
      rmSync(dirname(other.programs.keeperPath), { recursive: true });
      expect(await until(folder, isEnded)).toMatchObject({ endState: 'completed' });
    } finally {
      await other.sweep();
      process.env['XDG_RUNTIME_DIR'] = world.runtimeBase;
    }
  });

  it('a disk that is nearly full is refused before anything is made', async () => {
    const runsFolder = join(world.runtimeBase, 'never');
    const options = { ...world.options(), runsFolder, leastFreeBytes: Number.MAX_SAFE_INTEGER };
    await expect(startRun(options)).rejects.toThrow(/free some space/);
    expect(existsSync(runsFolder)).toBe(false);
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function endOf(folder: string): number {
  return (read(folder, 'exit.json') as ExitFile).endedAt;
}

/** When the trainer of a run began, in milliseconds since 1970, as it printed itself. */
function startOfTraining(folder: string): number {
  const log = readFileSync(join(folder, 'trainer.log'), 'utf8');
  return Date.parse(/training began (\S+)/.exec(log)?.[1] ?? '');
}
