import { describe, expect, it } from 'vitest';
import { RunStore } from '../../../../src/extension/runs/runStore';
import { runSummary } from '../../../browser/messages';
import { createFakeBackend } from '../fakeBackend';

function run(name: string, createdAt: number, changes: Parameters<typeof runSummary>[0] = {}) {
  return runSummary({ id: name, name, folder: `/runs/${name}`, createdAt, ...changes });
}

describe('RunStore', () => {
  it('merges folders, newest first, and knows when all are read', () => {
    const backend = createFakeBackend();
    const store = new RunStore(backend);
    expect(store.isLoaded).toBe(false);
    store.watch(['/a', '/b', '/a']);
    backend.tell('/a', [run('old', 1)]);
    expect(store.isLoaded).toBe(false);
    backend.tell('/b', [run('new', 2)]);
    expect(store.isLoaded).toBe(true);
    expect(store.runs.map(({ name }) => name)).toEqual(['new', 'old']);
  });

  it('shows the selected run, else the newest live one, else the newest', () => {
    const backend = createFakeBackend();
    const store = new RunStore(backend);
    store.watch(['/a']);
    const ended = { state: 'ended', endState: 'completed' } as const;
    backend.tell('/a', [run('newest', 3, ended), run('live', 2), run('oldest', 1, ended)]);
    expect(store.shown?.name).toBe('live');
    store.select('/runs/oldest');
    expect(store.shown?.name).toBe('oldest');
    backend.tell('/a', [run('newest', 3, ended), run('live', 2, ended)]);
    expect(store.shown?.name).toBe('newest');
  });

  it('prefers the run of before a reload while it lives, and training over waiting', () => {
    const backend = createFakeBackend();
    const store = new RunStore(backend);
    store.watch(['/a']);
    const queued = run('queued', 3, { state: 'queued' });
    backend.tell('/a', [queued, run('second', 2), run('first', 1)]);
    expect(store.shown?.name).toBe('second');
    store.suggest('/runs/first');
    expect(store.shown?.name).toBe('first');
    backend.tell('/a', [queued, run('first', 1, { state: 'ended', endState: 'completed' })]);
    expect(store.shown?.name).toBe('queued');
  });

  it('tells the end of a run once, and only if it was seen alive', () => {
    const backend = createFakeBackend();
    const store = new RunStore(backend);
    const ends: string[] = [];
    store.onDidEnd(({ name }) => ends.push(name));
    store.watch(['/a']);
    const ended = { state: 'ended', endState: 'stopped' } as const;
    backend.tell('/a', [run('known', 1), run('finished before', 0, ended)]);
    backend.tell('/a', [run('known', 1, ended), run('finished before', 0, ended)]);
    backend.tell('/a', [run('known', 1, ended)]);
    expect(ends).toEqual(['known']);
  });

  it('forgets the folders that it no longer watches', () => {
    const backend = createFakeBackend();
    const store = new RunStore(backend);
    store.watch(['/a']);
    backend.tell('/a', [run('a', 1)]);
    store.watch(['/b']);
    expect(backend.watchedFolders).toEqual(['/b']);
    backend.tell('/b', []);
    expect(store.runs).toEqual([]);
  });
});
