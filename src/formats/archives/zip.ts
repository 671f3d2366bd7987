/** Unpacks zip files through yauzl. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import yauzl, { type Entry } from 'yauzl';
import { isResourceFork, type ArchiveGuard } from './guard';

const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;

/** Unpacks every file. Rejects with the guard's refusal, or an error of yauzl or of the disk. */
export async function unpackZip(archive: string, guard: ArchiveGuard): Promise<void> {
  const zip = await yauzl.openPromise(archive, { autoClose: false, strictFileNames: true });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || isResourceFork(entry.fileName)) continue;
      if (!isRegular(entry)) throw guard.refusal(`${entry.fileName} is a link or a device`);
      if (entry.isEncrypted()) throw guard.refusal(`${entry.fileName} is encrypted`);
      const path = guard.place(entry.fileName);
      await mkdir(dirname(path), { recursive: true });
      const content: AsyncIterable<Uint8Array> = await zip.openReadStreamPromise(entry);
      await writeFile(path, guard.counted(content), { flag: 'wx', mode: 0o600 });
    }
  } finally {
    zip.close();
  }
}

/** The type as Unix writes it, in the upper half of the attributes; other systems write none. */
function isRegular({ externalFileAttributes }: Entry): boolean {
  const type = (externalFileAttributes >>> 16) & FILE_TYPE;
  return type === 0 || type === REGULAR_FILE;
}
