/**
 * An append-only file whose every byte is also announced to the keeper. Training never waits for the disk:
 * when it is full the bytes stay in memory, in order, and are written as soon as there is room.
 */
import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { toError } from '../../domain/errors';
import type { Port } from '../port';

export interface AppendFile {
  append(bytes: Uint8Array): void;
  close(): void;
}

/** Opens `name` inside the run folder for appending, creating it if needed. */
export function openAppendFile(folder: string, name: string, port: Port): AppendFile {
  const file = openSync(join(folder, name), 'a', 0o600);
  let offset = fstatSync(file).size;
  let waiting: Uint8Array[] = [];
  let isWarned = false;

  function drain(): void {
    while (waiting.length > 0) {
      const bytes = waiting[0];
      const written = writeSync(file, bytes);
      port.send({ type: 'appended', file: name, offset, bytes: bytes.slice(0, written) });
      offset += written;
      if (written < bytes.length) waiting[0] = bytes.subarray(written);
      else waiting = waiting.slice(1);
    }
  }

  return {
    append(bytes) {
      waiting.push(bytes);
      try {
        drain();
      } catch (thrown) {
        if (!isWarned)
          process.stderr.write(
            `Cannot write ${name} (${toError(thrown).message}); values are kept in memory and written when there is room.\n`,
          );
        isWarned = true;
      }
    },
    close() {
      closeSync(file);
    },
  };
}
