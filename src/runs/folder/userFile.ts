/** user.json: what people say of a run. The one file of a run folder with several writers. */
import { join } from 'node:path';
import { FORMAT_VERSION, RUN_FILE } from '../../domain/run/layout';
import type { UserFile } from '../../domain/run/state';
import { userFileSchema } from '../../protocol/run';
import { updateFile } from './updateFile';

/** Changes user.json of a run; see updateFile. */
export function updateUserFile(folder: string, change: (user: UserFile) => UserFile): Promise<UserFile> {
  const path = join(folder, RUN_FILE.user);
  return updateFile({ path, schema: userFileSchema, empty: { formatVersion: FORMAT_VERSION } }, change);
}
