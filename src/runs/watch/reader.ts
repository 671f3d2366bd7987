/**
 * All numbers and alerts of a run, from its files, whether live, finished or someone else's. Event files are
 * read in the order of their names, as TensorBoard does; bytes that a keeper announces only save a look at
 * the disk.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Alert } from '../../domain/run/alert';
import { RUN_FILE } from '../../domain/run/layout';
import type { EventSink } from '../../formats/events/sink';
import { createEventParser } from '../../formats/events/reader';
import { isEventFile } from '../../formats/logs/logKind';
import { alertSchema } from '../../protocol/run';
import type { LogPlace } from '../logs/logPlace';
import { findLogPlace } from '../logs/logPlace';
import { createLogsReader } from '../logs/logsReader';
import { createLineSplitter, parseJsonLine } from '../lines';
import type { Tail } from './tail';
import { createTail } from './tail';

const LONGEST_ALERT_BYTES = 1024 * 1024;

export interface ReaderOptions {
  readonly folder: string;
  readonly sink: EventSink;
  readonly onAlert: (alert: Alert) => void;
  /** One sentence about a file that cannot be read on. */
  readonly onProblem: (sentence: string) => void;
  /** A log was written anew: the reader has begun again, and no point that it handed on holds any more. */
  readonly onRewritten?: () => void;
}

export interface RunReader {
  /** Takes announced bytes; `gap` asks for a catchUp. */
  offer(file: string, offset: number, bytes: Uint8Array): 'taken' | 'gap';
  /** Takes everything that is on disk by now. Never throws. */
  catchUp(): Promise<void>;
  /** Whether the numbers are written by somebody else than a trainer of ours. */
  isOthers(): Promise<boolean>;
}

/** A reader that has read nothing yet. */
export function createRunReader(options: ReaderOptions): RunReader {
  const { folder, onProblem } = options;
  const tails = new Map<string, Tail>([[RUN_FILE.alerts, alertTail(options)]]);
  const told = new Set<string>();
  const tellOnce = (sentence: string) => {
    if (!told.has(sentence)) onProblem(sentence);
    told.add(sentence);
  };
  const catchUpWith = async (file: string) => {
    const tail = tails.get(file) ?? eventTail(file, options, tellOnce);
    tails.set(file, tail);
    await tail
      .catchUp()
      .catch((error: unknown) => tellOnce(`${join(folder, file)} cannot be read: ${String(error)}`));
  };
  const logs = createLogsReader({ ...options, onProblem: tellOnce });
  let place: Promise<LogPlace | undefined> | undefined;
  // Whose numbers they are is settled once: a run folder does not change sides.
  const others = () => (place ??= findLogPlace(folder).catch(() => undefined));
  return {
    offer: (file, offset, bytes) => tails.get(file)?.offer(offset, bytes) ?? 'gap',
    catchUp: async () => {
      const found = await others();
      if (found !== undefined) await logs.catchUp(found);
      const names = found === undefined ? await readdir(folder).catch(() => []) : [];
      for (const file of names.filter(isEventFile).sort()) await catchUpWith(file);
      await catchUpWith(RUN_FILE.alerts);
    },
    isOthers: async () => (await others()) !== undefined,
  };
}

function eventTail(
  file: string,
  { folder, sink }: ReaderOptions,
  tellOnce: (sentence: string) => void,
): Tail {
  const parser = createEventParser();
  return createTail(join(folder, file), (bytes) => {
    parser.push(bytes, sink);
    if (parser.problem !== null) tellOnce(`${file}: ${parser.problem}`);
    else if (parser.damagedRecords > 0) tellOnce(`${file} holds damaged records; they are left out.`);
  });
}

function alertTail({ folder, onAlert, onProblem }: ReaderOptions): Tail {
  const lines = createLineSplitter(LONGEST_ALERT_BYTES);
  const take = (bytes: Uint8Array) => {
    for (const line of lines.push(bytes)) {
      const alert = v.safeParse(alertSchema, parseJsonLine(line));
      if (alert.success) onAlert(alert.output);
      else if (line !== '') onProblem(`${RUN_FILE.alerts} holds a line that is no alert; it is left out.`);
    }
  };
  return createTail(join(folder, RUN_FILE.alerts), take);
}
