/**
 * Archives of data sets, unpacked once into the cache and then read like folders. A folder is named by a hash of the
 * archive's path, size and time, filled under another name and moved in one step, so what is there is whole.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError, toError } from '../../domain/errors';
import { writingError } from '../files';
import { readingError } from '../reading';
import { guardArchive, type ArchiveGuard, type ArchiveLimits } from './guard';
import { unpackTar } from './tar';
import { unpackZip } from './zip';

/** Endings of files that are unpacked before they are read. */
export const ARCHIVE_ENDINGS = /\.(zip|tar|tar\.gz|tgz)$/i;

/**
 * The folder with an archive's content, unpacked now or earlier. Rejects with a HumanError for an archive that is
 * damaged or not to be trusted, and for a cache that cannot be written.
 */
export async function unpackArchive(
  archive: string,
  cacheFolder: string,
  limits?: ArchiveLimits,
): Promise<string> {
  const { path, size } = await identify(archive, join(cacheFolder, 'unpacked'));
  if (existsSync(path)) {
    return path;
  }
  const temporary = await temporaryBeside(path);
  try {
    await unpackInto(temporary, archive, guardArchive({ path: archive, size }, temporary, limits));
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true });
    // Another process may have been faster with the same archive.
    if (!existsSync(path)) throw thrown;
  }
  return path;
}

async function identify(archive: string, folder: string): Promise<{ path: string; size: number }> {
  try {
    const { size, mtimeMs } = await stat(archive);
    const hash = createHash('sha256').update(JSON.stringify([await realpath(archive), size, mtimeMs]));
    return { path: join(folder, hash.digest('hex')), size };
  } catch (thrown) {
    throw readingError(archive, thrown);
  }
}

async function temporaryBeside(path: string): Promise<string> {
  try {
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    return await mkdtemp(`${path}.`);
  } catch (thrown) {
    throw writingError(path, thrown);
  }
}

async function unpackInto(folder: string, archive: string, guard: ArchiveGuard): Promise<void> {
  try {
    await (/\.zip$/i.test(archive) ? unpackZip : unpackTar)(archive, guard);
  } catch (thrown) {
    if (thrown instanceof HumanError) throw thrown;
    const error: NodeJS.ErrnoException = toError(thrown);
    if (error.code === 'EEXIST') throw guard.refusal('it holds a file twice');
    if (error.syscall !== undefined) throw writingError(folder, error);
    throw new HumanError(
      `${archive} is damaged, cut short or no archive (${error.message}): fetch or make it again.`,
      { cause: thrown },
    );
  }
}
