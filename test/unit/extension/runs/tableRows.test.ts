import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RunStore } from '../../../../src/extension/runs/runStore';
import { TableRows } from '../../../../src/extension/runs/tableRows';
import { runSummary } from '../../../browser/messages';
import { createFakeBackend } from '../fakeBackend';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supcon-rows-'));
});

afterEach(() => rm(folder, { recursive: true }));

const ENDED = { state: 'ended', endState: 'completed', endedAt: 5 } as const;

async function writeRun(name: string, files: Readonly<Record<string, unknown>>) {
  const run = join(folder, name);
  await mkdir(run);
  for (const [file, value] of Object.entries(files))
    await writeFile(join(run, file), typeof value === 'string' ? value : JSON.stringify(value));
  return runSummary({ id: name, name, folder: run, ...ENDED });
}

it('stands there at once and is filled from the files, one damaged run beside sound ones', async () => {
  const config = (seed: number, temperature: number) => ({ seed, name: `s${seed}`, loss: { temperature } });
  const runs = [
    await writeRun('a', {
      'config.json': config(1, 0.1),
      'results.json': { knn: { top1: 0.9 }, linearProbe: null },
    }),
    await writeRun('b', { 'config.json': config(2, 0.1) }),
    await writeRun('c', { 'config.json': config(2, 0.5), 'results.json': '{"knn": {"top' }),
    await writeRun('d', { 'config.json': 'torn', 'results.json': [] }),
  ];
  const backend = createFakeBackend();
  const store = new RunStore(backend);
  const rows = new TableRows(store);
  store.watch([folder]);
  expect(rows.rows).toBeUndefined();
  backend.tell(folder, runs);
  expect(rows.rows?.map(({ summary }) => summary.name).sort()).toEqual(['a', 'b', 'c', 'd']);
  const named = (name: string) => rows.rows?.find(({ summary }) => summary.name === name);
  await vi.waitFor(() => expect(named('c')?.settings).toMatchObject({ 'loss.temperature': 0.5 }));
  expect(named('a')?.figures).toEqual({ knn: 0.9 });
  expect([named('c')?.figures, named('d')?.settings, named('d')?.figures]).toEqual([{}, {}, {}]);
  expect(named('a')?.seedGroup).toBe(named('b')?.seedGroup);
  expect(named('a')?.seedGroup).not.toBe(named('c')?.seedGroup);
  expect(named('d')?.seedGroup).toBeNull();
});

it('keeps the same row while a run reads the same, and reads results when it ends', async () => {
  const ended = await writeRun('a', { 'config.json': { seed: 1 } });
  const live = { ...ended, state: 'running', endState: null, endedAt: null } as const;
  const backend = createFakeBackend();
  const store = new RunStore(backend);
  const rows = new TableRows(store);
  store.watch([folder]);
  backend.tell(folder, [live]);
  await vi.waitFor(() => expect(rows.rows?.[0]?.settings).toEqual({ seed: 1 }));
  const before = rows.rows?.[0];
  backend.tell(folder, [{ ...live }]);
  expect(rows.rows?.[0]).toBe(before);
  await writeFile(join(ended.folder, 'results.json'), JSON.stringify({ knn: { top1: 0.7 } }));
  backend.tell(folder, [ended]);
  await vi.waitFor(() => expect(rows.rows?.[0]?.figures).toEqual({ knn: 0.7 }));
});
