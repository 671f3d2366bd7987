/**
 * Whether a file still begins with what was read of it. A file that has not been touched is believed at once; of one that
 * has, the first and the last bytes that were read must stand where they stood.
 */
import { closeSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { crc32c } from '../../../formats/events/crc32c';
import type { CachedFile } from './cacheFormat';

const SAMPLE_BYTES = 4096;

/** What a file is known by later. */
export type FileIdentity = Pick<CachedFile, 'ino' | 'mtimeMs' | 'size' | 'head' | 'tail'>;

/** The identity of a file of which `consumed` bytes were read; undefined if it is gone or shorter. */
export function identityOf(path: string, consumed: number): FileIdentity | undefined {
  const stats = statIfThere(path);
  if (stats === undefined || stats.size < consumed) return undefined;
  const { ino, mtimeMs, size } = stats;
  const samples = sampleChecksums(path, consumed);
  return samples === undefined ? undefined : { ino, mtimeMs, size, ...samples };
}

/** Whether the file at the path can be read on from where it was left. */
export function isStillThere(file: CachedFile): boolean {
  const stats = statIfThere(file.path);
  if (stats === undefined || stats.size < file.state.consumed) return false;
  const { ino, mtimeMs, size } = stats;
  if (ino === file.ino && mtimeMs === file.mtimeMs && size === file.size) return true;
  const samples = sampleChecksums(file.path, file.state.consumed);
  return samples?.head === file.head && samples.tail === file.tail;
}

function statIfThere(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function sampleChecksums(path: string, consumed: number): Pick<FileIdentity, 'head' | 'tail'> | undefined {
  const length = Math.min(SAMPLE_BYTES, consumed);
  try {
    const file = openSync(path, 'r');
    try {
      return { head: checksumAt(file, 0, length), tail: checksumAt(file, consumed - length, length) };
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function checksumAt(file: number, at: number, length: number): number {
  const bytes = Buffer.alloc(length);
  return crc32c(bytes.subarray(0, readSync(file, bytes, 0, length, at)));
}
