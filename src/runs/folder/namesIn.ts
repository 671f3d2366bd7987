/** What is in a folder, asked once: a question about a file that is not there takes longer than one about all that are. */
import { readdir } from 'node:fs/promises';

/** The names in a folder; none if it is missing or cannot be read. */
export async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  return new Set(await readdir(folder).catch(() => []));
}
