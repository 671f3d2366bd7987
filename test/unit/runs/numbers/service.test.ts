/** What the numbers' worker sends away is gone from it: no later answer may need it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { ChartAnswer, ChartQuery } from '../../../../src/domain/series/query';
import { encodeScalars } from '../../../../src/formats/events/writer';
import type { NumbersReply } from '../../../../src/runs/numbers/messages';
import { createNumbersService } from '../../../../src/runs/numbers/service';

const POINTS = 100;
const run = mkdtempSync(join(tmpdir(), 'supcon-service-'));
const asked: ((answer: ChartAnswer) => void)[] = [];
const setup = { cacheFolder: null, readerPath: null, mostCacheBytes: 0, mostMemoryBytes: 2 ** 20 };
const service = createNumbersService(setup, (reply, memory) => {
  const received: NumbersReply = structuredClone(reply, { transfer: [...memory] });
  if (received.type === 'answer') asked.shift()?.(received.answer);
});

afterAll(() => {
  service.dispose();
  rmSync(run, { recursive: true, force: true });
});

function ask(tags: readonly string[]): Promise<ChartAnswer> {
  const lines = tags.map((tag) => ({ run, tag }));
  const groups = [{ key: 'all', runs: [run], tag: 'loss' }];
  const query: ChartQuery = {
    ...{ lines, groups, axis: 'step', range: null, pixels: 1000, smoothing: 0.5, band: 'deviation' },
  };
  return new Promise((done) => {
    asked.push(done);
    service.take({ type: 'ask', id: 1, query });
  });
}

it('the same question gets the same answer again, though the memory of the first one was given away', async () => {
  const records = Array.from({ length: POINTS }, (_, i) => encodeScalars(1000 + i, i, { loss: 1 / (1 + i) }));
  writeFileSync(join(run, 'events.out.tfevents.1.host'), Buffer.concat(records));
  service.take({ type: 'sources', sources: [{ run, paths: [run], live: false, viewsPerStep: null }] });
  const tags = ['loss', 'loss', 'missing', 'missing too'];
  const first = await ask(tags);
  expect(first.lines.map(({ window }) => window.x.length)).toEqual([POINTS, POINTS, 0, 0]);
  expect(first.bands[0]?.window.x.length).toBe(POINTS);
  expect(await ask(tags)).toEqual(first);
});
