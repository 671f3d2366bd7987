import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { ARCHIVE_LIMITS, type ArchiveLimits } from '../../../../src/formats/archives/guard';
import { unpackArchive } from '../../../../src/formats/archives/unpack';
import { openDataset } from '../../../../src/formats/datasets/dataset';
import { zipOf, type ZipEntry } from '../../engine/tensorflowInstall/zip';
import { plain } from '../datasets/imageFiles';
import { useTemporaryFolder } from '../datasets/temporaryFolder';

const folder = useTemporaryFolder();
const cache = (): string => join(folder(), 'cache');

type TarEntry = Partial<Header> & { readonly name: string; readonly content?: string | Uint8Array };

async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content, ...header } of entries) {
    if (content === undefined) tar.entry(header).end(null);
    else tar.entry(header, content);
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function write(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder(), name), bytes);
  return join(folder(), name);
}

async function refuses(
  name: string,
  bytes: Uint8Array,
  message: RegExp,
  limits?: ArchiveLimits,
): Promise<void> {
  const failure = unpackArchive(write(name, bytes), cache(), limits);
  await expect(failure).rejects.toThrow(HumanError);
  await expect(failure).rejects.toThrow(message);
  await expect(failure).rejects.toThrow(name);
  const unpacked = join(cache(), 'unpacked');
  expect(existsSync(unpacked) ? readdirSync(unpacked) : []).toEqual([]);
  expect(readdirSync(folder()).sort()).toEqual(['cache', name].sort());
  rmSync(join(folder(), name));
}

const FILES = { 'set/a.txt': 'first', 'set/deep/b.txt': 'second', '__MACOSX/set/._a.txt': 'fork' };
const ENTRIES = Object.entries(FILES).map(([name, content]) => ({ name, content }));

describe('an archive', () => {
  it.each([
    [
      'set.zip',
      () =>
        Promise.resolve(
          zipOf([
            { name: 'set/', content: '', mode: 0o040755 },
            ...ENTRIES.map((entry) => ({ ...entry, isDeflated: true })),
          ]),
        ),
    ],
    ['set.tar', () => tarOf([{ name: 'set', type: 'directory' }, ...ENTRIES])],
    ['set.tar.gz', async () => gzipSync(await tarOf(ENTRIES))],
    ['set.tgz', async () => gzipSync(await tarOf(ENTRIES))],
  ])('%s is unpacked once, and again when it changes', async (name, make) => {
    const archive = write(name, await make());
    const path = await unpackArchive(archive, cache());
    expect(path.startsWith(cache())).toBe(true);
    expect(readFileSync(join(path, 'set/a.txt'), 'utf8')).toBe('first');
    expect(readFileSync(join(path, 'set/deep/b.txt'), 'utf8')).toBe('second');
    expect(readdirSync(path)).toEqual(['set']);
    writeFileSync(join(path, 'mark'), '');
    expect(existsSync(join(await unpackArchive(archive, cache()), 'mark'))).toBe(true);
    utimesSync(archive, 1, 1);
    expect(existsSync(join(await unpackArchive(archive, cache()), 'mark'))).toBe(false);
    expect(readdirSync(join(cache(), 'unpacked'))).toHaveLength(2);
  });

  it.each(['../out.txt', '/out.txt', 'a/../../out.txt', 'C:/out.txt', 'a\\..\\..\\out.txt'])(
    'with the name %s is refused',
    async (name) => {
      await refuses(
        'bad.tar',
        await tarOf([
          { name: 'good.txt', content: 'x' },
          { name, content: 'x' },
        ]),
        /was refused|no archive/,
      );
      expect(existsSync('/out.txt')).toBe(false);
    },
  );

  it.each(['../out.txt', '/out.txt', 'a\\..\\out.txt'])(
    'of zip with the name %s is refused',
    async (name) => {
      await refuses(
        'bad.zip',
        zipOf([
          { name: 'good.txt', content: 'x' },
          { name, content: 'x' },
        ]),
        /refused|no archive/,
      );
    },
  );

  it('with links or devices is refused', async () => {
    for (const type of ['symlink', 'link', 'fifo', 'character-device'] as const) {
      const entries: TarEntry[] = [
        { name: 'l', type, linkname: '/etc/passwd' },
        { name: 'l/x', content: 'x' },
      ];
      await refuses('bad.tar', await tarOf(entries), /l is a link or a device/);
    }
    const link: ZipEntry = { name: 'l', content: '/etc/passwd', mode: 0o120777 };
    await refuses('bad.zip', zipOf([link]), /l is a link or a device/);
  });

  it('that unpacks to far more than it is is refused', async () => {
    const limits = { ...ARCHIVE_LIMITS, harmlessBytes: 1e5 };
    const zeros = new Uint8Array(5e5);
    const content = { name: 'zeros', content: zeros };
    const zip = zipOf([{ ...content, isDeflated: true }]);
    expect(ARCHIVE_LIMITS.ratio * zip.length).toBeLessThan(zeros.length);
    await refuses('bad.zip', zip, /unpacks to more than/, limits);
    await refuses('bad.tgz', gzipSync(await tarOf([content])), /unpacks to more than/, limits);
    await refuses('bad.zip', zipOf(ENTRIES), /more than 1 files/, { ...ARCHIVE_LIMITS, entries: 1 });
    const stored = write('good.zip', zipOf([content]));
    expect(readdirSync(await unpackArchive(stored, cache(), limits))).toEqual(['zeros']);
  });

  it('with one file twice is refused', async () => {
    const twice = [
      { name: 'a', content: 'x' },
      { name: 'a', content: 'y' },
    ];
    await refuses('bad.zip', zipOf(twice), /it holds a file twice/);
    await refuses('bad.tar', await tarOf(twice), /it holds a file twice/);
  });

  it('that is cut short or something else is refused', async () => {
    const zip = zipOf(ENTRIES);
    await refuses('bad.zip', zip.subarray(0, zip.length - 10), /damaged, cut short or no archive/);
    const tar = await tarOf([{ name: 'a', content: 'x'.repeat(5000) }]);
    await refuses('bad.tar', tar.subarray(0, 3000), /damaged, cut short or no archive/);
    await refuses('bad.tgz', gzipSync(tar).subarray(0, 60), /damaged, cut short or no archive/);
    await refuses('bad.tar', Buffer.from('not a tar file'.repeat(100)), /damaged, cut short or no archive/);
    await expect(unpackArchive(join(folder(), 'no.zip'), cache())).rejects.toThrow(/no\.zip does not exist/);
  });

  it('needs a cache that can be written', async () => {
    const archive = write('set.zip', zipOf(ENTRIES));
    writeFileSync(cache(), 'a file');
    await expect(unpackArchive(archive, cache())).rejects.toThrow(HumanError);
  });
});

describe('a data set in an archive', () => {
  it('is read like its folder, and sentences name the archive', async () => {
    const content = await plain([9, 9, 9]).png().toBuffer();
    const names = ['tree/a/1.png', 'tree/a/2.png', 'tree/b/1.png', 'tree/b/2.png'];
    const path = write('tree.zip', zipOf(names.map((name) => ({ name, content }))));
    const request = { kind: 'folders', path, seed: 1, cacheFolder: cache() } as const;
    expect((await openDataset(request)).train.classNames).toEqual(['a', 'b']);
    mkdirSync(join(folder(), 'x'));
    const oneClass = write(
      'one.zip',
      zipOf([
        { name: 'tree/a/1.png', content },
        { name: 'tree/b', content: '' },
      ]),
    );
    await expect(openDataset({ ...request, path: oneClass })).rejects.toThrow(/^one\.zip has only one class/);
  });
});
