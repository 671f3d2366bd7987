/**
 * What people say of runs of others: names, notes, tags and stars lie in a hidden folder of our own runs folder, one
 * for each run by the hash of its path. The run's own folder is never written to.
 */
import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { FORMAT_VERSION } from '../../domain/run/layout';
import type { UserFile } from '../../domain/run/state';
import { writeJson } from '../../formats/files';
import { updateUserFile } from '../folder/userFile';

const SIDE_FOLDER = '.foreign';
const HASH_CHARACTERS = 32;
/** Says whose side folder it is, for people. */
const SOURCE_FILE = 'source.json';

/** Where the user.json of a run of others lies, whichever way its path is written. It need not exist. */
export async function sideFolderOf(folder: string, runsFolder: string): Promise<string> {
  const real = await realpath(folder).catch(() => folder);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, HASH_CHARACTERS);
  return join(runsFolder, SIDE_FOLDER, hash);
}

/** Changes what people say of a run of others; see updateFile. */
export async function updateForeignUserFile(
  { folder, runsFolder }: { readonly folder: string; readonly runsFolder: string },
  change: (user: UserFile) => UserFile,
): Promise<UserFile> {
  const side = await sideFolderOf(folder, runsFolder);
  await mkdir(side, { recursive: true });
  await writeJson(join(side, SOURCE_FILE), { formatVersion: FORMAT_VERSION, folder });
  return updateUserFile(side, change);
}
