/**
 * One growing file, taken in order and exactly once: from the disk, or from bytes that someone announces
 * together with their offset. Bytes known already are dropped; a gap is left to the disk.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { errorCode } from '../folder/fileError';

/** Small enough to be parsed without blocking a window's event loop for long. */
const CHUNK_BYTES = 512 * 1024;

export interface Tail {
  /** Takes bytes that stand at `offset`; `gap` if bytes before them are missing. */
  offer(offset: number, bytes: Uint8Array): 'taken' | 'gap';
  /** Takes what the file has more by now. A missing file has nothing. */
  catchUp(): Promise<void>;
}

/** A tail at the beginning of a file; `take` must be done with the bytes when it returns. */
export function createTail(path: string, take: (bytes: Uint8Array) => void): Tail {
  let next = 0;
  const offer = (offset: number, bytes: Uint8Array): 'taken' | 'gap' => {
    if (offset > next) return 'gap';
    const news = bytes.subarray(Math.min(next - offset, bytes.length));
    next += news.length;
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
  const catchUp = async () => {
    const file = await openIfThere(path);
    try {
      if (file !== undefined && (await file.stat()).size > next) await readOn(file);
    } finally {
      await file?.close();
    }
  };
  return { offer, catchUp };
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
