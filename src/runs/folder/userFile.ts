/**
 * user.json is the one file with several writers (windows, terminals). Each change is computed from what is
 * on disk and renamed into place only if the file is still the same; otherwise it is computed again.
 */
import { join } from 'node:path';
import { FORMAT_VERSION, RUN_FILE } from '../../domain/run/layout';
import type { UserFile } from '../../domain/run/state';
import { userFileSchema } from '../../protocol/run';
import { writeFileAtomically } from '../../formats/files';
import { fileError } from './fileError';
import { parseSmallFile, readTextIfThere } from './runFiles';

const TRIES = 20;

/**
 * Changes user.json of a run.
 * @param change a pure function from what is there to what shall be there; it may be called several times
 * @returns what was written
 * @throws HumanError if the file cannot be read or written
 */
export async function updateUserFile(
  folder: string,
  change: (user: UserFile) => UserFile,
): Promise<UserFile> {
  const path = join(folder, RUN_FILE.user);
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await readTextIfThere(path);
    const after = change(
      before === undefined ? emptyUserFile() : parseSmallFile(before, path, userFileSchema),
    );
    if ((await readTextIfThere(path)) === before) return write(path, after);
  }
  throw new Error(`${path} keeps changing`);
}

function emptyUserFile(): UserFile {
  return { formatVersion: FORMAT_VERSION };
}

async function write(path: string, user: UserFile): Promise<UserFile> {
  await writeFileAtomically(path, `${JSON.stringify(user, null, 2)}\n`).catch((error: unknown) => {
    throw fileError(`Cannot write ${path}`, error);
  });
  return user;
}
