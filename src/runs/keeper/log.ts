/**
 * trainer.log: what the trainer prints, with the keeper's own lines among it. It is opened once and kept
 * open, so neither a deleted folder nor a full disk ends a run.
 */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_FILE } from '../../domain/run/layout';

export interface Log {
  /** For the trainer's standard output and error. */
  readonly stdio: number | 'ignore';
  /** Adds a line with the time. Never throws. */
  line(text: string): void;
  /** The same, but each `topic` only once. */
  once(topic: string, text: string): void;
}

/** Opens trainer.log of a run folder for appending. */
export function openLog(folder: string): Log {
  const file = open(join(folder, RUN_FILE.log));
  const told = new Set<string>();
  const line = (text: string) => {
    if (file === 'ignore') return;
    try {
      writeSync(file, `[keeper ${new Date().toISOString()}] ${text}\n`);
    } catch {
      // A full disk: the run matters more than its log.
    }
  };
  const once = (topic: string, text: string) => {
    if (!told.has(topic)) line(text);
    told.add(topic);
  };
  return { stdio: file, line, once };
}

function open(path: string): number | 'ignore' {
  try {
    return openSync(path, 'a');
  } catch {
    return 'ignore';
  }
}
