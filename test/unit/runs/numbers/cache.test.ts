/** The column cache: what comes back, what damage does, and how it stays small. */
import { appendFileSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import { DamagedCacheError } from '../../../../src/runs/numbers/cache/cachedRun';
import { cacheFolder } from '../../../../src/runs/folder/cacheFolder';
import { ColumnCache } from '../../../../src/runs/numbers/cache/columnCache';
import { identityOf } from '../../../../src/runs/numbers/cache/identity';
import { RunStore } from '../../../../src/runs/numbers/store/runStore';
import { temporaryFolder } from '../folders';

const MEBIBYTE = 2 ** 20;

function storeOf(points: number): RunStore {
  const store = new RunStore();
  for (let step = 0; step < points; step++) {
    store.seriesOf('a').push(step, 100 + step, step % 7 === 0 ? Number.NaN : step);
    store.seriesOf('b').push(step, 100 + step, -step);
  }
  store.seriesOf('nothing finite').push(1, Number.NaN, Infinity);
  return store;
}

/** A log of some bytes of which all were read. */
function factsOf(folder: string) {
  const path = join(folder, 'metrics.csv');
  writeFileSync(path, 'step,a\n1,2\n');
  const consumed = statSync(path).size;
  const identity = identityOf(path, consumed);
  if (identity === undefined) throw new Error('The file is gone');
  const state = { consumed, skipped: 0, lastStep: 1, header: [',', 'step', 'a'] };
  return { files: [{ path, kind: 'csv' as const, prefix: '', ...identity, state }], owners: [] };
}

it('gives back columns and statistics to the bit, those that tags share once', async () => {
  const folder = temporaryFolder();
  const cache = new ColumnCache(join(folder, 'cache'), MEBIBYTE);
  const store = storeOf(100);
  await cache.keep('/run', store, factsOf(folder));
  const found = await cache.find('/run');
  for (const tag of ['a', 'b', 'nothing finite']) {
    const series = store.seriesOf(tag);
    expect(found?.series.get(tag)?.load()).toEqual(series.columns());
    expect(found?.series.get(tag)?.statistics).toEqual(series.statistics());
  }
  expect(found?.series.get('a')?.load().steps).toBe(found?.series.get('b')?.load().steps);
  expect(await cache.find('/other')).toBeUndefined();
});

it('is left when a file of the run is no longer what was read, and not when it has grown', async () => {
  const folder = temporaryFolder();
  const cache = new ColumnCache(join(folder, 'cache'), MEBIBYTE);
  await cache.keep('/run', storeOf(10), factsOf(folder));
  appendFileSync(join(folder, 'metrics.csv'), '2,3\n');
  expect(await cache.find('/run')).toBeDefined();
  writeFileSync(join(folder, 'metrics.csv'), 'step,b\n1,2\n2,3\n');
  expect(await cache.find('/run')).toBeUndefined();
  writeFileSync(join(folder, 'metrics.csv'), 'step');
  expect(await cache.find('/run')).toBeUndefined();
});

it('never gives numbers that were not kept, whichever byte is damaged or missing', async () => {
  const folder = temporaryFolder();
  const cache = new ColumnCache(join(folder, 'cache'), MEBIBYTE);
  const store = storeOf(40);
  await cache.keep('/run', store, factsOf(folder));
  const [name = ''] = readdirSync(join(folder, 'cache'));
  const path = join(folder, 'cache', name);
  const whole = readFileSync(path);
  const random = new RandomStream(41);
  for (let trial = 0; trial < 600; trial++) {
    const damaged = Buffer.from(whole);
    const at = random.integer(whole.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 + random.integer(255));
    writeFileSync(path, trial % 4 === 0 ? whole.subarray(0, at) : damaged);
    const found = await cache.find('/run');
    for (const [tag, cold] of found?.series ?? []) {
      try {
        expect(cold.load()).toEqual(store.seriesOf(tag).columns());
      } catch (error) {
        if (!(error instanceof DamagedCacheError)) throw error;
      }
    }
  }
});

it('stays within its size by dropping what was used longest ago', async () => {
  const folder = temporaryFolder();
  const place = join(folder, 'cache');
  const facts = factsOf(folder);
  const cache = new ColumnCache(place, 40_000);
  for (let run = 0; run < 8; run++) {
    await cache.keep(`/run-${run}`, storeOf(200), facts);
    for (const name of readdirSync(place)) {
      const { mtimeMs } = statSync(join(place, name));
      utimesSync(join(place, name), mtimeMs / 1000 - 100, mtimeMs / 1000 - 100);
    }
    await cache.find('/run-0');
  }
  const total = readdirSync(place).reduce((sum, name) => sum + statSync(join(place, name)).size, 0);
  expect(total).toBeLessThanOrEqual(40_000);
  expect(await cache.find('/run-0')).toBeDefined();
  expect(await cache.find('/run-7')).toBeDefined();
  expect(await cache.find('/run-1')).toBeUndefined();
  expect(await cache.keep('/large', storeOf(5000), facts)).toBeUndefined();
});

it('lies beside the runs where there is a .supcon, and among them where there is none', () => {
  expect(cacheFolder(join('work', '.supcon', 'runs'))).toBe(join('work', '.supcon', 'cache'));
  expect(cacheFolder(join('elsewhere', 'runs'))).toBe(join('elsewhere', 'runs', '.cache'));
});
