/**
 * One growing log that somebody else writes: read on from where it was left. Loggers that learn of a new column write
 * the whole file again, so a file whose beginning has changed is said to be rewritten and must be read anew.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { EventSink } from '../../formats/events/sink';
import type { LogKind } from '../../formats/logs/logReader';
import { createLogReader } from '../../formats/logs/logReader';
import { errorCode } from '../folder/fileError';

const CHUNK_BYTES = 512 * 1024;
const BEGINNING_BYTES = 512;
/** A last line without a newline is taken for whole once nothing was written for this long. */
const SETTLED_MS = 5000;

export interface LogTail {
  /** Takes what the file has more by now; `rewritten` asks for a new tail and takes nothing. */
  catchUp(sink: EventSink): Promise<'read' | 'rewritten'>;
  /** Damaged records or lines that were left out. */
  readonly skipped: number;
  /** Why the file cannot be read on, or null. */
  readonly problem: string | null;
}

/** A tail at the beginning of a log. */
export function createLogTail(path: string, kind: LogKind): LogTail {
  const reader = createLogReader(kind);
  let next = 0;
  let beginning = Buffer.alloc(0);
  let finished = false;

  const readOn = async (file: FileHandle, sink: EventSink) => {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, next);
      if (bytesRead === 0) return;
      if (next < BEGINNING_BYTES)
        beginning = await bytesAt(file, Math.min(BEGINNING_BYTES, next + bytesRead));
      next += bytesRead;
      reader.push(buffer.subarray(0, bytesRead), sink);
    }
  };
  const look = async (file: FileHandle, sink: EventSink): Promise<'read' | 'rewritten'> => {
    const { size, mtimeMs } = await file.stat();
    if (size < next || !(await bytesAt(file, beginning.length)).equals(beginning)) return 'rewritten';
    if (size > next) await readOn(file, sink);
    else if (!finished && Date.now() - mtimeMs > SETTLED_MS) {
      finished = true;
      reader.finish(sink);
    }
    return reader.isStale ? 'rewritten' : 'read';
  };
  return {
    catchUp: async (sink) => {
      const file = await openIfThere(path);
      if (file === undefined) return 'read';
      try {
        return await look(file, sink);
      } finally {
        await file.close();
      }
    },
    get skipped() {
      return reader.skipped;
    },
    get problem() {
      return reader.problem;
    },
  };
}

async function bytesAt(file: FileHandle, length: number): Promise<Buffer<ArrayBuffer>> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
