/**
 * Which modules and commands the user has agreed to run, by the hash of their content: asked once, on this machine,
 * and again when it changes. The list lies in the user's own configuration folder, never in a workspace.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import * as v from 'valibot';
import { HumanError } from '../../domain/errors';
import { FORMAT_VERSION } from '../../domain/run/layout';
import { updateFile } from '../folder/updateFile';
import { readSmallFile } from '../folder/runFiles';

const trustSchema = v.object({
  formatVersion: v.number(),
  hashes: v.record(v.string(), v.object({ path: v.string(), at: v.number() })),
});

/** Whether the user has agreed to this content. */
export async function isTrusted(hash: string): Promise<boolean> {
  const list = await readSmallFile(trustFile(), trustSchema);
  return list !== undefined && hash in list.hashes;
}

/** Throws HumanError, naming the first of some modules that the user has not agreed to. */
export async function assertTrusted(
  modules: readonly { readonly hash: string; readonly source: string }[],
): Promise<void> {
  for (const { hash, source } of modules) {
    if (!(await isTrusted(hash)))
      throw new HumanError(
        `The module ${source} has not been agreed to, or has changed since: start again and agree.`,
      );
  }
}

/** Remembers that the user has agreed. `path`, or a command line, is for people who read the list. */
export async function trustContent(hash: string, path: string): Promise<void> {
  const file = trustFile();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await updateFile(
    { path: file, schema: trustSchema, empty: { formatVersion: FORMAT_VERSION, hashes: {} } },
    ({ hashes }) => ({
      formatVersion: FORMAT_VERSION,
      hashes: { ...hashes, [hash]: { path, at: Date.now() } },
    }),
  );
}

function trustFile(): string {
  return join(envPaths('supcon-lab', { suffix: '' }).config, 'trusted-modules.json');
}
