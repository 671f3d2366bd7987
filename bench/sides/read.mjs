/**
 * The worker's own service over run folders, in a process that has read nothing yet. Argument: JSON with the folders, a
 * cache folder or null, the program of further threads, and the line asked for. Answers `read` with the time from naming the folders to the drawn
 * answer and to the last run read, `tail` with the time from an append of 1,000 points to the answer that shows them, `kept` when every run has its cache.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeScalars } from '../../src/formats/events/writer';
import { createNumbersService } from '../../src/runs/numbers/service';
import { serve } from './answers.mjs';

/** @type {{ folders: string[], cacheFolder: string | null, readerPath: string, tag: string }} */
const { folders, cacheFolder, readerPath, tag } = JSON.parse(process.argv[2] ?? '');
const MEBIBYTE = 2 ** 20;
const TAIL_POINTS = 1000;
const CACHE_POLL_MS = 100;

serve(() => {
  /** @type {Map<number, (answer: import('../../src/domain/series/query').ChartAnswer) => void>} */
  const asked = new Map();
  let ids = 0;
  let allRead = () => {};
  const setup = { cacheFolder, readerPath, mostCacheBytes: 4096 * MEBIBYTE, mostMemoryBytes: 512 * MEBIBYTE };
  const service = createNumbersService(setup, (reply) => {
    if (reply.type === 'answer') asked.get(reply.id)?.(reply.answer);
    if (reply.type === 'progress' && reply.progress.runsRead === folders.length) allRead();
  });
  const sources = folders.map((run) => ({ run, paths: [run], live: false, viewsPerStep: null }));
  /** @param {string[]} runs */
  const ask = (runs) =>
    new Promise(
      (/** @type {(answer: import('../../src/domain/series/query').ChartAnswer) => void} */ done) => {
        const id = ++ids;
        asked.set(id, done);
        const lines = runs.map((run) => ({ run, tag }));
        const query = { lines, groups: [], axis: /** @type {const} */ ('step'), range: null, pixels: 1000 };
        service.take({ type: 'ask', id, query: { ...query, smoothing: 0, band: 'deviation' } });
      },
    );

  async function read() {
    const began = performance.now();
    const done = new Promise((/** @type {(value?: undefined) => void} */ resolve) => (allRead = resolve));
    service.take({ type: 'sources', sources });
    const { lines } = await ask(folders);
    const ms = performance.now() - began;
    await done;
    const points = lines.reduce((sum, { statistics }) => sum + statistics.points, 0);
    return { ms, allMs: performance.now() - began, points };
  }

  async function tail() {
    const [folder = ''] = folders;
    const [before] = (await ask([folder])).lines;
    const first = (before?.statistics.points ?? 0) + 1;
    const records = Array.from({ length: TAIL_POINTS }, (_, i) =>
      encodeScalars(first + i, first + i, { [tag]: i }),
    );
    appendFileSync(join(folder, 'events.out.tfevents.1.bench'), Buffer.concat(records));
    const began = performance.now();
    const [after] = (await ask([folder])).lines;
    const ms = performance.now() - began;
    return { ms, points: (after?.statistics.points ?? 0) - first + 1 };
  }

  /** Waits until every run has its cache. */
  async function kept() {
    const count = () => readdirSync(cacheFolder ?? '.').filter((name) => name.endsWith('.columns')).length;
    while (count() < folders.length) await sleep(CACHE_POLL_MS);
    return { kept: count() };
  }

  const answers = { read, tail, kept };
  const answer = (/** @type {string} */ line) => answers[/** @type {keyof typeof answers} */ (line)]();
  return Promise.resolve({ hello: {}, answer });
});
