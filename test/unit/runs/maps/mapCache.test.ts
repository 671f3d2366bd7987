import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeEntry, encodeEntry } from '../../../../src/runs/maps/cache/entry';
import { createMapCache, keyOf, runPlace, userPlace } from '../../../../src/runs/maps/cache/mapCache';

const ENTRY = {
  facts: { k: 15, alignment: null },
  arrays: [Float32Array.from([1.5, NaN, -0, 3e38]), Int32Array.from([-1, 2 ** 31 - 1, 7])],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supcon-maps-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('an entry', () => {
  it('comes back bit by bit', () => {
    expect(decodeEntry(Buffer.from(encodeEntry(ENTRY)))).toEqual(ENTRY);
  });

  it('is none when any byte differs, or when it is cut or longer anywhere', () => {
    const bytes = Buffer.from(encodeEntry(ENTRY));
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] ^= 0x40;
      expect(decodeEntry(damaged)).toBeUndefined();
      expect(decodeEntry(bytes.subarray(0, at))).toBeUndefined();
    }
    expect(decodeEntry(Buffer.concat([bytes, Buffer.of(0)]))).toBeUndefined();
  });
});

describe('the cache of maps', () => {
  it('keeps the maps of a run in its folder and finds them there', async () => {
    await mkdir(join(folder, 'embeddings'));
    const own = join(folder, 'embeddings', '.maps');
    const user = join(folder, 'user', 'maps');
    const key = keyOf('layout', { seed: 0 });
    await createMapCache([runPlace(own), userPlace(user)]).keep(key, ENTRY);
    expect(await readdir(own)).toEqual([`${key}.map`]);
    expect(await createMapCache([runPlace(own)]).find(key)).toEqual(ENTRY);
    expect(await createMapCache([runPlace(own)]).find(keyOf('layout', { seed: 1 }))).toBeUndefined();
  });

  it('does not make the folder of a run that was deleted, and keeps its maps elsewhere', async () => {
    const own = join(folder, 'gone', 'embeddings', '.maps');
    const cache = createMapCache([runPlace(own), userPlace(join(folder, 'user', 'maps'))]);
    await cache.keep('a', ENTRY);
    expect(await readdir(folder)).toEqual(['user']);
    expect(await cache.find('a')).toEqual(ENTRY);
  });

  it('reads a damaged entry as absent and writes it anew', async () => {
    const cache = createMapCache([userPlace(folder)]);
    await cache.keep('a', ENTRY);
    const path = join(folder, 'a.map');
    await writeFile(path, (await readFile(path)).subarray(0, 40));
    expect(await cache.find('a')).toBeUndefined();
    await cache.keep('a', ENTRY);
    expect(await cache.find('a')).toEqual(ENTRY);
  });

  it('stays below its size, and without any place is no cache', async () => {
    const bytes = encodeEntry(ENTRY).length;
    const place = { folder: join(folder, 'small'), makesParents: true, mostBytes: 2 * bytes };
    for (const key of ['a', 'b', 'c', 'd']) await createMapCache([place]).keep(key, ENTRY);
    expect(await readdir(place.folder)).toHaveLength(2);
    const none = createMapCache([]);
    await none.keep('a', ENTRY);
    expect(await none.find('a')).toBeUndefined();
  });

  it('loses nothing where it cannot write', async () => {
    // A file in the way stops every user; a mode does not stop the superuser.
    const own = join(folder, '.maps');
    await writeFile(own, 'in the way');
    const cache = createMapCache([runPlace(own), userPlace(join(folder, 'user'))]);
    await cache.keep('a', ENTRY);
    expect(await readFile(own, 'utf8')).toBe('in the way');
    expect(await cache.find('a')).toEqual(ENTRY);
  });
});
