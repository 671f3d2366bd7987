/** Files that may or may not be gzipped, as streams of what is inside. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** No deflate stream unpacks to more than 1032 times its size. */
export const MAX_INFLATION = 1032;

/** Whether a file is gzipped. Content decides, not the name: browsers unpack some downloads and keep the ending. */
export async function startsLikeGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const start = new Uint8Array(2);
    await file.read(start, 0, 2, 0);
    return start[0] === 0x1f && start[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** The bytes of a file, unzipped if it is gzipped. */
export function byteStream(path: string, isGzipped: boolean): Readable {
  const source = createReadStream(path);
  // The pipeline hands a failure of the source to its last stream, whose reader gets it; nothing is left to call back.
  return isGzipped ? pipeline(source, createGunzip(), () => undefined) : source;
}
