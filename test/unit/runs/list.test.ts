import { hostname } from 'node:os';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProcessIdentity, StateFile } from '../../../src/domain/run/state';
import { initialState } from '../../../src/runs/keeper/stateRecord';
import { listRuns, summariseRun } from '../../../src/runs/list';
import { identifySelf } from '../../../src/runs/process/identity';
import { fill, temporaryFolder } from './folders';

const gone: ProcessIdentity = { pid: process.pid, startTime: 'long ago' };
const config = { formatVersion: 1, name: 'my run', loss: { name: 'supcon' } };
const exit = { formatVersion: 1, segment: 0, endState: 'killed', code: null, reason: 'why', endedAt: 9 };

interface Scene {
  readonly keeper: ProcessIdentity;
  readonly state?: Partial<StateFile>;
  readonly segments?: number;
  readonly host?: string;
  readonly files?: Readonly<Record<string, unknown>>;
}

function runFolder({ keeper, state, segments = 1, host = hostname(), files = {} }: Scene): string {
  const all = Array.from({ length: segments }, (_, index) => ({ index, startedAt: 1, keeper, socket: 's' }));
  const run = { formatVersion: 1, id: 'r', createdAt: 5, host, version: '1', segments: all };
  const running = { ...initialState(segments - 1), state: 'running', ...state };
  return fill(temporaryFolder(), { 'run.json': run, 'config.json': config, 'state.json': running, ...files });
}

describe('summariseRun', () => {
  it('believes the exit record of the current segment before everything else', async () => {
    const keeper = await identifySelf();
    const folder = runFolder({ keeper, files: { 'exit.json': { ...exit, signal: 'SIGKILL' } } });
    const run = await summariseRun(folder);
    expect(run).toMatchObject({
      state: 'ended',
      endState: 'killed',
      signal: 'SIGKILL',
      reason: 'why',
      endedAt: 9,
    });
  });

  it('does not believe the exit record of an earlier segment', async () => {
    const keeper = await identifySelf();
    const folder = runFolder({ keeper, segments: 2, files: { 'exit.json': { ...exit, signal: null } } });
    expect(await summariseRun(folder)).toMatchObject({ state: 'running', endState: null });
  });

  it('does not take the state of an earlier segment for that of the current one', async () => {
    const keeper = await identifySelf();
    const folder = runFolder({ keeper, segments: 2, state: { segment: 0, state: 'ended' } });
    expect((await summariseRun(folder)).state).toBe('starting');
  });

  it('shows what a living keeper wrote, with the pid of the living trainer', async () => {
    const me = await identifySelf();
    const folder = runFolder({ keeper: me, state: { trainer: me, queuedBehind: 3 } });
    const run = await summariseRun(folder);
    expect(run).toMatchObject({
      state: 'running',
      pid: process.pid,
      name: 'my run',
      loss: 'supcon',
      createdAt: 5,
    });
    expect(run.queuedBehind).toBeNull();
  });

  it('never says running when the trainer is gone', async () => {
    const folder = runFolder({ keeper: await identifySelf(), state: { trainer: gone } });
    expect(await summariseRun(folder)).toMatchObject({ state: 'stopping', pid: null });
  });

  it('calls a run whose keeper and trainer are gone crashed', async () => {
    const folder = runFolder({ keeper: gone, state: { trainer: gone, heartbeat: 77 } });
    expect(await summariseRun(folder)).toMatchObject({ state: 'ended', endState: 'crashed', endedAt: 77 });
  });

  it('calls a trainer that outlives its keeper stopping', async () => {
    const me = await identifySelf();
    expect(await summariseRun(runFolder({ keeper: gone, state: { trainer: me } }))).toMatchObject({
      state: 'stopping',
      pid: process.pid,
    });
  });

  it('knows nothing of processes on another host, but believes its exit record', async () => {
    const scene = { keeper: gone, host: 'elsewhere' };
    expect(await summariseRun(runFolder(scene))).toMatchObject({ state: 'unknown', endState: 'unknown' });
    const ended = runFolder({ ...scene, files: { 'exit.json': { ...exit, signal: null } } });
    expect((await summariseRun(ended)).state).toBe('ended');
  });

  it('sees a living keeper though the host was renamed meanwhile', async () => {
    const keeper = await identifySelf();
    expect((await summariseRun(runFolder({ keeper, host: 'old-name' }))).state).toBe('running');
  });

  it('offers to resume only ended, unfinished runs with a whole checkpoint', async () => {
    const checkpoint = { 'checkpoints/a.safetensors': 'x' };
    const resumable = async (scene: Scene) => (await summariseRun(runFolder(scene))).resumable;
    expect(await resumable({ keeper: gone, files: checkpoint })).toBe(true);
    expect(await resumable({ keeper: gone })).toBe(false);
    expect(await resumable({ keeper: gone, files: { 'checkpoints/.a.safetensors': 'x' } })).toBe(false);
    expect(await resumable({ keeper: await identifySelf(), files: checkpoint })).toBe(false);
    const completed = { ...exit, endState: 'completed', signal: null };
    expect(await resumable({ keeper: gone, files: { ...checkpoint, 'exit.json': completed } })).toBe(false);
  });

  it('calls a run that has no keeper yet pending', async () => {
    const folder = fill(temporaryFolder(), { 'config.json': config });
    expect(await summariseRun(folder)).toMatchObject({ state: 'pending', id: basename(folder) });
  });

  it('prefers the name that the user gave', async () => {
    const folder = runFolder({ keeper: gone, files: { 'user.json': { formatVersion: 1, name: 'better' } } });
    expect((await summariseRun(folder)).name).toBe('better');
  });

  it('says that a deleted run is gone', async () => {
    await expect(summariseRun('/nowhere/at/all')).rejects.toThrow(
      /There is no run in .*: it was moved or deleted/,
    );
  });
});

describe('listRuns', () => {
  it('sorts newest first and lists damaged and newer runs with the reason', async () => {
    const runs = temporaryFolder();
    const run = (createdAt: number) => ({
      ...{ formatVersion: 1, id: `r${createdAt}`, createdAt, host: 'x', version: '1', segments: [] },
    });
    fill(runs, {
      'old/run.json': run(1000),
      'new/run.json': run(2000),
      'broken/run.json': '{',
      'future/run.json': { formatVersion: 9 },
    });
    const list = await listRuns(runs);
    expect(list.slice(-2).map(({ id }) => id)).toEqual(['r2000', 'r1000']);
    expect(list.find(({ id }) => id === 'broken')).toMatchObject({ state: 'unknown' });
    expect(list.find(({ id }) => id === 'broken')?.reason).toMatch(/damaged/);
    expect(list.find(({ id }) => id === 'future')?.reason).toMatch(/newer SupCon Lab/);
  });

  it('is empty for a missing folder', async () => {
    expect(await listRuns('/nowhere/at/all')).toEqual([]);
  });
});
