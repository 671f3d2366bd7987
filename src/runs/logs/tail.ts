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
/** How many of the bytes taken first and last must still stand where they stood: a header changes, or a row. */
const BEGINNING_BYTES = 512;
const RECENT_BYTES = 64;

/**
 * Memory that no file is being read into, because that of a hundred short files is dear to collect. Never a Buffer, whose
 * `slice` is a view: what a reader keeps would change with the next piece.
 */
const spare: Uint8Array[] = [];
const MOST_SPARE = 4;

export interface Tail {
  /** Takes bytes that stand at `offset`; `gap` if bytes before them are missing. */
  offer(offset: number, bytes: Uint8Array): 'taken' | 'gap';
  /** Takes what the file has more by now, and says how it found the file; undefined if it is missing. */
  catchUp(): Promise<FoundFile | undefined>;
}

export interface TailOptions {
  /** Where the first byte to be taken stands; everything before it is known. */
  readonly from?: number;
  /** The file is not the one that was read before; nothing more is taken from it. */
  readonly onReplaced?: () => void;
}

/** A file as it was found. */
export interface FoundFile {
  readonly size: number;
  /** Of its last writing, in milliseconds since 1970. */
  readonly mtimeMs: number;
}

/** What tells one file, and one writing of it, from another. */
interface Seen extends FoundFile {
  readonly dev: number;
  readonly ino: number;
}

/** A tail at the beginning of a file, unless told otherwise; `take` must be done with the bytes when it returns. */
export function createTail(
  path: string,
  take: (bytes: Uint8Array) => void,
  { from = 0, onReplaced }: TailOptions = {},
): Tail {
  let next = from;
  let seen: Seen | undefined;
  let beginning: Uint8Array = new Uint8Array(0);
  let recent: Uint8Array = new Uint8Array(0);
  const remember = (news: Uint8Array) => {
    if (beginning.length === next && next < BEGINNING_BYTES)
      beginning = Buffer.concat([beginning, news.subarray(0, BEGINNING_BYTES - next)]);
    recent = lastBytes(recent, news);
  };
  const offer = (offset: number, bytes: Uint8Array): 'taken' | 'gap' => {
    if (offset > next) return 'gap';
    const news = bytes.subarray(Math.min(next - offset, bytes.length));
    if (news.length === 0) return 'taken';
    if (onReplaced !== undefined) remember(news);
    next += news.length;
    take(news);
    return 'taken';
  };
  const readOn = async (file: FileHandle, size: number) => {
    const memory = spare.pop() ?? new Uint8Array(CHUNK_BYTES);
    try {
      for (let at = next; at < size; at = next) {
        const { bytesRead } = await file.read(memory, 0, Math.min(memory.length, size - at), at);
        if (bytesRead === 0) return;
        offer(at, memory.subarray(0, bytesRead));
      }
    } finally {
      if (spare.length < MOST_SPARE) spare.push(memory);
    }
  };
  const isAnother = async (file: FileHandle, now: Seen) => {
    if (seen !== undefined && (seen.dev !== now.dev || seen.ino !== now.ino || now.size < seen.size))
      return true;
    const known = [{ bytes: beginning, at: 0 }].concat({ bytes: recent, at: next - recent.length });
    for (const { bytes, at } of known) if (!(await stillStands(file, bytes, at))) return true;
    return false;
  };
  const catchUp = async () => {
    const now = await statIfThere(path);
    if (now === undefined) return undefined;
    // Whoever says where to begin knows what stands before.
    seen ??= from > 0 && now.size === from ? now : undefined;
    if (now.size <= next && seen !== undefined && isSame(seen, now)) return now;
    const file = await openIfThere(path);
    if (file === undefined) return undefined;
    try {
      if (onReplaced !== undefined && (await isAnother(file, now))) {
        onReplaced();
        return now;
      }
      seen = now;
      if (now.size > next) await readOn(file, now.size);
    } finally {
      await file.close();
    }
    return now;
  };
  return { offer, catchUp };
}

/** Whether a file has these bytes at a place. The wire may be ahead of the disk, which then has fewer. */
async function stillStands(file: FileHandle, bytes: Uint8Array, at: number): Promise<boolean> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes.length), 0, bytes.length, at);
  return bytesRead < bytes.length || buffer.equals(bytes);
}

function isSame(a: Seen, b: Seen): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.size === b.size;
}

/** A copy of the last bytes of two pieces. */
function lastBytes(before: Uint8Array, news: Uint8Array): Uint8Array {
  if (news.length >= RECENT_BYTES) return news.slice(news.length - RECENT_BYTES);
  return Buffer.concat([before, news]).subarray(-RECENT_BYTES);
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
