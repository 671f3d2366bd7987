/**
 * One growing file, taken in order and exactly once: from the disk, or from bytes that someone announces
 * together with their offset. Bytes known already are dropped; a gap is left to the disk. Whoever can begin
 * again is told when the file is another one, or was written anew.
 */
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { errorCode } from '../folder/fileError';

/** Small enough to be parsed without blocking a window's event loop for long. */
const CHUNK_BYTES = 512 * 1024;
/** How many of the bytes taken last must still stand where they stood. */
const REMEMBERED_BYTES = 64;

export interface Tail {
  /** Takes bytes that stand at `offset`; `gap` if bytes before them are missing. */
  offer(offset: number, bytes: Uint8Array): 'taken' | 'gap';
  /** Takes what the file has more by now. A missing file has nothing. */
  catchUp(): Promise<'read' | 'missing'>;
}

export interface TailOptions {
  /** Where the first byte to be taken stands; everything before it is known. */
  readonly from?: number;
  /** The file is not the one that was read before; nothing more is taken from it. */
  readonly onReplaced?: () => void;
}

/** What tells one file, and one writing of it, from another. */
interface Seen {
  readonly dev: number;
  readonly ino: number;
  readonly mtimeMs: number;
  readonly size: number;
}

/** A tail at the beginning of a file, unless told otherwise; `take` must be done with the bytes when it returns. */
export function createTail(
  path: string,
  take: (bytes: Uint8Array) => void,
  { from = 0, onReplaced }: TailOptions = {},
): Tail {
  let next = from;
  let seen: Seen | undefined;
  let recent: Uint8Array = new Uint8Array(0);
  const offer = (offset: number, bytes: Uint8Array): 'taken' | 'gap' => {
    if (offset > next) return 'gap';
    const news = bytes.subarray(Math.min(next - offset, bytes.length));
    next += news.length;
    if (news.length > 0 && onReplaced !== undefined) recent = lastBytes(recent, news);
    if (news.length > 0) take(news);
    return 'taken';
  };
  const readOn = async (file: FileHandle) => {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let at = next; ; at = next) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, at);
      if (bytesRead === 0) return;
      offer(at, buffer.subarray(0, bytesRead));
    }
  };
  const isAnother = async (file: FileHandle, now: Seen) => {
    if (seen !== undefined && (seen.dev !== now.dev || seen.ino !== now.ino || now.size < seen.size))
      return true;
    const known = recent;
    const at = next - known.length;
    const { bytesRead, buffer } = await file.read(Buffer.alloc(known.length), 0, known.length, at);
    // The wire may be ahead of the disk.
    return bytesRead === known.length && !buffer.equals(known);
  };
  const catchUp = async () => {
    const now = await statIfThere(path);
    if (now === undefined) return 'missing';
    // Whoever says where to begin knows what stands before.
    seen ??= from > 0 && now.size === from ? now : undefined;
    if (now.size <= next && seen !== undefined && isSame(seen, now)) return 'read';
    const file = await openIfThere(path);
    try {
      if (file === undefined) return 'missing';
      if (onReplaced !== undefined && (await isAnother(file, now))) {
        onReplaced();
        return 'read';
      }
      seen = now;
      if (now.size > next) await readOn(file);
    } finally {
      await file?.close();
    }
    return 'read';
  };
  return { offer, catchUp };
}

function isSame(a: Seen, b: Seen): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.size === b.size;
}

/** A copy of the last bytes of two pieces. */
function lastBytes(before: Uint8Array, news: Uint8Array): Uint8Array {
  if (news.length >= REMEMBERED_BYTES) return news.slice(news.length - REMEMBERED_BYTES);
  return Buffer.concat([before, news]).subarray(-REMEMBERED_BYTES);
}

async function statIfThere(path: string): Promise<Seen | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    ignoreMissing(error);
    return undefined;
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    ignoreMissing(error);
    return undefined;
  }
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
}
