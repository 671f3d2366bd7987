/**
 * An append-only file whose every byte is also announced to the keeper. Training never waits for the disk:
 * when it is full the bytes stay in memory, in order, and are written as soon as there is room.
 */
import { join } from 'node:path';
import { toError } from '../../domain/errors';
import { openAppender } from '../../formats/files';
import type { Port } from '../port';

export interface AppendFile {
  append(bytes: Uint8Array): void;
  close(): void;
}

const PRIVATE_MODE = 0o600;

/** Opens `name` inside the run folder for appending, creating it if needed. */
export function openAppendFile(folder: string, name: string, port: Port): AppendFile {
  const file = openAppender(join(folder, name), { mode: PRIVATE_MODE });
  const waiting: Uint8Array[] = [];
  let isWarned = false;

  function drain(): void {
    for (let bytes = waiting.at(0); bytes !== undefined; bytes = waiting.at(0)) {
      const offset = file.append(bytes);
      port.send({ type: 'appended', file: name, offset, bytes });
      waiting.shift();
    }
  }

  function warn(thrown: unknown): void {
    if (isWarned) return;
    isWarned = true;
    process.stderr.write(`${toError(thrown).message} Values are kept in memory until there is room.\n`);
  }

  return {
    append(bytes) {
      waiting.push(bytes);
      try {
        drain();
      } catch (thrown) {
        warn(thrown);
      }
    },
    close: () => file.close(),
  };
}
