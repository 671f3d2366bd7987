import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { randomStream } from '../../../../src/domain/random/stream';
import { createIdxDecoder, readIdx } from '../../../../src/formats/datasets/idx';
import { idxBytes } from './idxBytes';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();
const SAMPLE = idxBytes([2, 3, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);

async function read(bytes: Uint8Array): Promise<{ shape: readonly number[]; values: number[] }> {
  const path = join(folder(), 'a-file');
  writeFileSync(path, bytes);
  const { shape, values } = await readIdx(path);
  return { shape, values: [...values] };
}

describe('an IDX file', () => {
  it('is read plain and gzipped', async () => {
    const expected = { shape: [2, 3, 2], values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255] };
    expect(await read(SAMPLE)).toEqual(expected);
    expect(await read(gzipSync(SAMPLE))).toEqual(expected);
  });

  it('puts its values in shared memory', async () => {
    const path = join(folder(), 'a-file');
    writeFileSync(path, SAMPLE);
    expect((await readIdx(path)).values.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('cut at any byte is refused by name', async () => {
    for (let length = 0; length < SAMPLE.length; length++) {
      await expect(read(SAMPLE.subarray(0, length))).rejects.toThrow(/a-file .*(truncated|not an IDX)/);
    }
  });

  it('gzipped and cut at any byte is refused by name', async () => {
    const zipped = gzipSync(SAMPLE);
    for (let length = 0; length < zipped.length; length++) {
      const failure = read(zipped.subarray(0, length));
      await expect(failure).rejects.toThrow(HumanError);
      await expect(failure).rejects.toThrow(/a-file /);
    }
  });

  it('gzipped with any byte changed is refused, or reads as it was', async () => {
    const zipped = gzipSync(SAMPLE);
    for (let place = 0; place < zipped.length; place++) {
      const changed = Uint8Array.from(zipped);
      changed[place] ^= 0x55;
      // A changed time stamp or flag in gzip's own header changes nothing.
      const outcome = await read(changed).catch((thrown: unknown) => thrown);
      if (!(outcome instanceof HumanError)) {
        expect(outcome).toEqual(await read(SAMPLE));
      }
    }
  });

  it('with bytes after its end is refused', async () => {
    await expect(read(Uint8Array.of(...SAMPLE, 0))).rejects.toThrow(/bytes after its last value/);
    await expect(read(gzipSync(Uint8Array.of(...SAMPLE, 0)))).rejects.toThrow(/bytes after its last value/);
  });

  it('of another kind is refused', async () => {
    await expect(read(Uint8Array.from([1, 2, 3, 4, 5]))).rejects.toThrow(/is not an IDX file/);
    await expect(read(idxBytes([1], [1], 0x0d))).rejects.toThrow(/only unsigned bytes/);
    await expect(read(idxBytes([0, 2, 2], []))).rejects.toThrow(/is empty/);
    await expect(read(idxBytes([1, 1, 1, 1, 1], [1]))).rejects.toThrow(/is not an IDX file/);
  });

  it('that promises more than its size can hold is refused before memory is taken', async () => {
    const bomb = idxBytes([60_000, 60_000], [0]);
    await expect(read(bomb)).rejects.toThrow(/truncated/);
    await expect(read(gzipSync(bomb))).rejects.toThrow(/truncated/);
    const decoder = createIdxDecoder('big', 2 ** 50);
    expect(() => decoder.push(idxBytes([2 ** 20, 2 ** 20], []))).toThrow(/more than the 4 GiB/);
  });

  it('that does not exist, or is a folder, is named', async () => {
    await expect(readIdx(join(folder(), 'none'))).rejects.toThrow(/none does not exist/);
    await expect(readIdx(folder())).rejects.toThrow(/is a folder/);
  });
});

describe('the decoder', () => {
  it('takes pieces of any size', () => {
    const random = randomStream(1);
    for (let trial = 0; trial < 50; trial++) {
      const decoder = createIdxDecoder('pieces', SAMPLE.length);
      for (let at = 0; at < SAMPLE.length;) {
        const size = random.integer(6);
        decoder.push(SAMPLE.subarray(at, at + size));
        at += size;
      }
      expect([...decoder.finish().values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
    }
  });
});
