import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { DEFAULT_MAP_REQUEST } from '../../../../src/domain/maps/request';
import { Computer } from '../../../../src/runs/maps/computer';
import type { MapNews } from '../../../../src/runs/maps/maps';
import { temporaryFolder } from '../folders';

/**
 * A thread whose behaviour the seed of the question says: 0 is done at once, 1 never stops and looks at no flag, 2 waits
 * until it is not wanted, 3 has no answer, 4 dies. It counts the epochs that it was asked to describe.
 */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', ({ type, job, question, describe }) => {
  if (type !== 'work') return;
  const { seed } = question.map;
  const say = (what) => parentPort.postMessage({ type: 'news', job, news: { type: 'progress', stage: { what, fraction: 0 } } });
  const end = (how) => parentPort.postMessage({ type: 'ended', job, described: describe.length, end: how });
  say('begun ' + seed);
  if (seed === 1) for (;;);
  if (seed === 2) while (Atomics.load(workerData.wanted, 0) === job);
  if (seed === 3) return end({ how: 'refused', sentence: 'All vectors are zero: choose others.' });
  if (seed === 4) throw new Error('out of memory');
  end({ how: seed === 2 ? 'cancelled' : 'done' });
});
`;

const computers: Computer[] = [];
afterEach(() => computers.splice(0).forEach((computer) => computer.dispose()));

function world() {
  const workerPath = join(temporaryFolder(), 'worker.cjs');
  writeFileSync(workerPath, SCRIPT);
  const errors: Error[] = [];
  const computer = new Computer({ workerPath, cacheFolder: null, onError: (error) => errors.push(error) });
  computers.push(computer);
  const news: MapNews[] = [];
  const order = (seed: number) => {
    const own: MapNews[] = [];
    let begun: () => void = () => undefined;
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    const job = computer.order({
      places: { left: '/runs/a', right: null, version: 1 },
      question: { map: { ...DEFAULT_MAP_REQUEST, seed }, epochs: { left: 1, right: null }, isChain: false },
      describe: [],
      take: (each) => {
        news.push(each);
        own.push(each);
        begun();
      },
    });
    return { ...job, isBegun, told: () => said(own) };
  };
  const said = (all = news) => all.map((each) => (each.type === 'progress' ? each.stage?.what : each.type));
  return { order, said, errors };
}

describe('the thread that computes maps', () => {
  it('does what was ordered', async () => {
    expect(await world().order(0).ended).toBe('done');
  });

  it('is ended and begun anew when a job does not stop', async () => {
    const { order, errors } = world();
    const stuck = order(1);
    await stuck.isBegun;
    stuck.cancel();
    expect(await stuck.ended).toBe('cancelled');
    expect(await order(0).ended).toBe('done');
    expect(errors).toEqual([]);
  });

  it('lets a job make way for a newer one, and does it again afterwards', async () => {
    const { order, said } = world();
    const first = order(2);
    await first.isBegun;
    const second = order(0);
    expect(await second.ended).toBe('done');
    first.cancel();
    expect(await first.ended).toBe('cancelled');
    expect(said().slice(0, 2)).toEqual(['begun 2', 'begun 0']);
  });

  it('describes epochs of a job that is done by another piece of work', async () => {
    const { order, said } = world();
    const job = order(0);
    await job.ended;
    job.describe([{ pane: 'left', epoch: 1 }]);
    await order(0).ended;
    expect(said()).toContain('begun 0');
    expect(said().length).toBeGreaterThanOrEqual(2);
  });

  it('says once that there is no progress any more, however a job ends', async () => {
    const { order } = world();
    for (const seed of [0, 3, 4]) {
      const job = order(seed);
      await job.ended.catch(() => undefined);
      expect(job.told()).toEqual([`begun ${seed}`, undefined]);
    }
    const running = order(2);
    await running.isBegun;
    const displacing = order(2);
    await displacing.isBegun;
    running.cancel();
    expect(running.told()).toEqual(['begun 2', undefined]);
    displacing.cancel();
    await order(0).ended;
    expect(displacing.told()).toEqual(['begun 2', undefined]);
  });

  it('passes on in a sentence what has no answer', async () => {
    await expect(world().order(3).ended).rejects.toThrow(HumanError);
  });

  it('is begun again after it died, a few times', async () => {
    const { order, errors } = world();
    for (let deaths = 0; deaths < 5; deaths++) await expect(order(4).ended).rejects.toThrow(/process ended/);
    await expect(order(0).ended).rejects.toThrow(/process ended/);
    expect(errors).toHaveLength(6);
  });
});
