/** Unpacks tar files, gzipped or not, through tar-stream. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { extract, type Extract } from 'tar-stream';
import { byteStream, startsLikeGzip } from '../gzip';
import { isResourceFork, type ArchiveGuard } from './guard';

/** Unpacks every file. Rejects with the guard's refusal, or an error of zlib, of tar-stream or of the disk. */
export async function unpackTar(archive: string, guard: ArchiveGuard): Promise<void> {
  const source = byteStream(archive, await startsLikeGzip(archive));
  const tar = extract();
  const feeding = feed(source, tar);
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header;
      if (type !== 'directory' && !isResourceFork(name)) {
        if (type !== 'file' && type !== 'contiguous-file') {
          throw guard.refusal(`${name} is a link or a device`);
        }
        const path = guard.place(name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, guard.counted(entry), { flag: 'wx', mode: 0o600 });
      }
      entry.resume();
    }
    await feeding;
  } finally {
    source.destroy();
  }
}

/** Hands the bytes on as fast as they are taken; a failure of the source becomes one of the reader. */
async function feed(source: Readable, tar: Extract): Promise<void> {
  try {
    for await (const chunk of source) {
      if (!tar.write(chunk)) await new Promise<void>((resolve) => tar.once('drain', () => resolve()));
    }
    tar.end(null);
  } catch (thrown) {
    tar.destroy(thrown instanceof Error ? thrown : null);
  }
}
