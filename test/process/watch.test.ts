/** Watching live runs through their keepers: every step once, whatever happens to the connection. */
import { readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/domain/run/state';
import { stopRun } from '../../src/runs/control';
import { resumeRun } from '../../src/runs/start';
import type { RunWatch } from '../../src/runs/watch';
import { watchRun, watchRuns } from '../../src/runs/watch';
import type { World } from './support';
import { atStep, createWorld, eventually, keeperPid, until } from './support';

let world: World;
const open: { dispose(): void }[] = [];
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => {
  for (const watch of open.splice(0)) watch.dispose();
});
afterAll(() => world.sweep());

/** A watch that applies deltas as a page would, tag by tag. */
function watchSteps(folder: string) {
  const steps: number[] = [];
  const states: RunSummary[] = [];
  const watch: RunWatch = watchRun(folder, {
    onState: (run) => states.push(run),
    onPoints: (deltas) => {
      for (const delta of deltas.filter(({ tag }) => tag === 'loss/optimised')) {
        const { restart } = delta;
        if (restart !== null) steps.splice(0, steps.length, ...steps.filter((step) => step < restart));
        steps.push(...delta.steps);
      }
    },
  });
  open.push(watch);
  return { watch, steps, states };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, step) => step);
}

describe('a watcher', () => {
  it('sees every step once, from the middle of a run to its end', async () => {
    const { folder } = await world.start({ steps: 60 });
    await until(folder, atStep(10));
    const { steps, states } = watchSteps(folder);
    await eventually(() => states.at(-1)?.state === 'ended');
    await eventually(() => steps.length === 60);
    expect(steps).toEqual(upTo(60));
    expect(states.at(-1)).toMatchObject({ endState: 'completed' });
    expect(states.some(({ state, progress }) => state === 'running' && progress !== null)).toBe(true);
    const seen = states.flatMap(({ progress }) => (progress === null ? [] : [progress.step]));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('loses nothing when its connection is cut, again and again', async () => {
    const { folder } = await world.start({ steps: 80 });
    const first = watchSteps(folder);
    for (let cut = 0; cut < 4; cut++) {
      await eventually(() => first.steps.length >= (cut + 1) * 10);
      const again = watchSteps(folder);
      await again.watch.caughtUp;
      again.watch.dispose();
    }
    const last = watchSteps(folder);
    await eventually(() => first.steps.length === 80 && last.steps.length === 80);
    expect(first.steps).toEqual(upTo(80));
    expect(last.steps).toEqual(upTo(80));
  });

  it('goes on from the files when socket and keeper are gone, and learns that the run crashed', async () => {
    const { folder } = await world.start({ onDisconnect: 'stay', steps: 120 });
    const { steps, states } = watchSteps(folder);
    await eventually(() => steps.length >= 10);
    process.kill(await keeperPid(folder), 'SIGKILL');
    await eventually(() => states.at(-1)?.state === 'stopping', 5000);
    await eventually(() => steps.length === 120);
    expect(steps).toEqual(upTo(120));
    await eventually(() => states.at(-1)?.endState === 'crashed', 5000);
  });

  it('works without any socket', async () => {
    const { folder } = await world.start({ steps: 60 });
    const runtime = join(world.runtimeBase, 'supcon');
    for (const name of readdirSync(runtime))
      if (name.endsWith('.token')) rmSync(join(runtime, name), { force: true });
    const { steps, states } = watchSteps(folder);
    await eventually(() => steps.length === 60 && states.at(-1)?.state === 'ended');
    expect(steps).toEqual(upTo(60));
  });

  it('follows a run through stop and resume, taking back what the new segment repeats', async () => {
    const { folder } = await world.start();
    const { steps, states } = watchSteps(folder);
    await eventually(() => steps.length >= 15);
    await stopRun(folder);
    await eventually(() => states.at(-1)?.endState === 'stopped');
    await resumeRun(folder, world.options({ steps: 12, resumeAt: 5 }));
    await eventually(() => states.at(-1)?.endState === 'completed');
    await eventually(() => steps.length === 12);
    expect(steps).toEqual(upTo(12));
  });

  it('shows the death of the trainer with its signal within two seconds', async () => {
    const { folder } = await world.start();
    const { states } = watchSteps(folder);
    const { pid } = await until(folder, atStep(3));
    process.kill(pid ?? 0, 'SIGKILL');
    await eventually(() => states.at(-1)?.endState === 'killed', 2000);
    expect(states.at(-1)?.signal).toBe('SIGKILL');
  });
});

describe('a hostile client', () => {
  it('does not disturb the run or its watchers', async () => {
    const { folder } = await world.start({ steps: 100 });
    const { steps } = watchSteps(folder);
    await eventually(() => steps.length >= 5);
    const runtime = join(world.runtimeBase, 'supcon');
    const socket = readdirSync(runtime).find((name) => name.endsWith('.sock')) ?? '';
    for (const content of [
      '{"type":"hello","formatVersion":1,"token":"0"}\n',
      '\0\0\n',
      'x'.repeat(10_000_000),
    ]) {
      const stranger = connect(join(runtime, socket));
      stranger.on('error', () => undefined);
      const closed = new Promise((resolve) => stranger.on('close', resolve));
      stranger.resume();
      stranger.write(content);
      await closed;
    }
    await eventually(() => steps.length === 100);
    expect(steps).toEqual(upTo(100));
  });
});

describe('watchRuns', () => {
  it('shows a run that another terminal starts, and its end, within two seconds each', async () => {
    let runs: readonly RunSummary[] = [];
    open.push(watchRuns(world.runsFolder, (now) => (runs = now)));
    const { id, folder } = await world.start({ steps: 50 });
    await eventually(() => runs.some((run) => run.id === id), 2000);
    const { pid } = await until(folder, atStep(1));
    process.kill(pid ?? 0, 'SIGKILL');
    await eventually(() => runs.some((run) => run.id === id && run.endState === 'killed'), 2000);
  });
});
