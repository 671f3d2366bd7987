/**
 * What an archive may unpack to. Whoever made it may mean harm: every name must stay in the folder, every byte is
 * counted as it arrives, and only files and folders are taken.
 */
import { basename, join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { isBelow } from '../confinedPaths';

/** Decides about every entry of one archive; each function throws a HumanError naming the archive. */
export interface ArchiveGuard {
  /** Where an entry belongs; counts it. */
  place(name: string): string;
  /** Passes an entry's bytes on, chunk by chunk, and counts them. */
  counted(bytes: AsyncIterable<unknown>): AsyncIterable<Uint8Array>;
  /** The error for anything else that is not to be trusted. */
  refusal(reason: string): HumanError;
}

/** What an archive may hold. */
export interface ArchiveLimits {
  readonly entries: number;
  readonly bytes: number;
  /** Unpacked bytes for each byte of the archive. */
  readonly ratio: number;
  /** Below it no ratio is asked for. */
  readonly harmlessBytes: number;
}

/** Images do not shrink, arrays of small numbers do; nothing that people train on shrinks more. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 2_000_000,
  bytes: 256e9,
  ratio: 200,
  harmlessBytes: 256e6,
};

/** A guard for an archive of `size` bytes that is unpacked into a folder. */
export function guardArchive(
  { path, size }: { readonly path: string; readonly size: number },
  folder: string,
  limits = ARCHIVE_LIMITS,
): ArchiveGuard {
  const allowed = Math.min(limits.bytes, Math.max(limits.harmlessBytes, limits.ratio * size));
  let entries = 0;
  let bytes = 0;
  const refusal = (reason: string): HumanError =>
    new HumanError(
      `${path} was refused (${reason}): unpack it yourself if you trust it, and give the folder.`,
    );

  async function* counted(source: AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
    for await (const received of source) {
      const chunk = received as Uint8Array;
      bytes += chunk.length;
      if (bytes > allowed) throw refusal(`it unpacks to more than ${allowed} bytes`);
      yield chunk;
    }
  }

  return {
    place(name) {
      if (++entries > limits.entries) throw refusal(`it holds more than ${limits.entries} files`);
      if (!isPlainName(name) || !isBelow(folder, join(folder, name))) {
        throw refusal(`${name} leads out of its folder`);
      }
      return join(folder, name);
    },
    counted,
    refusal,
  };
}

/** Whether an entry is nothing that anybody wants: what macOS adds to archives. */
export function isResourceFork(name: string): boolean {
  return name.startsWith('__MACOSX/') || basename(name).startsWith('._');
}

/** No absolute path of any system, no step upwards, no character that some system takes for a separator. */
function isPlainName(name: string): boolean {
  const steps = name.split('/');
  return !/[\\:\0]/.test(name) && !name.startsWith('/') && !steps.includes('..');
}
