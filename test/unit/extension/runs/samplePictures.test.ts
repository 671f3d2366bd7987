import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSamplePictures } from '../../../../src/extension/runs/samplePictures';
import { MOST_PICTURES } from '../../../../src/protocol/samplePictures';

/** Prints one pixel a sample, as red as its place says, and refuses what is too much for one turn. */
const SCRIPT = `
const ids = process.argv.slice(4);
const answer = ids.length > ${MOST_PICTURES}
  ? { type: 'failed', message: 'Too many.' }
  : { type: 'pictures', height: 1, width: ids[0] === 'test/wide' ? 2 : 1,
      pixels: Buffer.from(ids.flatMap((id) => [Number(id.slice(5)) % 251, 0, 0])).toString('base64') };
console.log(JSON.stringify(answer));
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supcon-pictures-'));
  await writeFile(join(folder, 'cli.cjs'), SCRIPT);
});
afterAll(() => rm(folder, { recursive: true }));

function read(ids: readonly string[], signal = new AbortController().signal) {
  const program = { node: process.execPath, script: join(folder, 'cli.cjs'), workingFolder: folder };
  return readSamplePictures(program, { folder: '/runs/a', ids }, signal);
}

it('reads many pictures in several turns, in the order in which they were asked for', async () => {
  const count = 2 * MOST_PICTURES + 3;
  const { height, width, pixels } = await read(Array.from({ length: count }, (_, i) => `test/${i}`));
  expect([height, width, pixels.length]).toEqual([1, 1, 3 * count]);
  const reds = pixels.filter((_, i) => i % 3 === 0);
  expect([...reds]).toEqual(Array.from({ length: count }, (_, i) => i % 251));
});

it('fails where the answer has another size than it says, and stops when told so', async () => {
  await expect(read(['test/wide'])).rejects.toThrow('printed 3 values');
  const abort = new AbortController();
  abort.abort();
  await expect(read(['test/1'], abort.signal)).rejects.toThrow(/abort/i);
});
