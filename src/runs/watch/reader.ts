/**
 * All numbers and alerts of a run, from its files, whether live, finished or someone else's. Bytes that a keeper
 * announces only save a look at the disk.
 */
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { Alert } from '../../domain/run/alert';
import { RUN_FILE } from '../../domain/run/layout';
import type { EventSink } from '../../formats/events/sink';
import { alertSchema } from '../../protocol/run';
import { createLineSplitter, parseJsonLine } from '../lines';
import type { LogPlace } from '../logs/logPlace';
import { findLogPlace, trainingPlace } from '../logs/logPlace';
import { RunLogs } from '../logs/runLogs';
import { namedSink, type TagOwners } from '../logs/tagNames';
import type { Tail } from '../logs/tail';
import { createTail } from '../logs/tail';

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
  /** Takes everything that is on disk by now, of new files too unless it is told that there are none. Never throws. */
  catchUp(mayHaveNames?: boolean): Promise<void>;
  /** Who writes the numbers. */
  kind(): Promise<LogPlace['kind']>;
  /** Folders in which more may appear, as far as they are known. */
  readonly folders: readonly string[];
}

/** A reader that has read nothing yet. */
export function createRunReader(options: ReaderOptions): RunReader {
  const { folder, sink, onProblem, onRewritten } = options;
  const alerts = alertTail(options);
  const told = new Set<string>();
  const tellOnce = (sentence: string) => {
    if (!told.has(sentence)) onProblem(sentence);
    told.add(sentence);
  };
  let known: Promise<LogPlace> | undefined;
  // Whose numbers they are is settled once: a run folder does not change sides.
  const place = () => (known ??= findLogPlace(folder).catch(() => trainingPlace([folder])));
  const owners: TagOwners = new Map();
  const logs = new RunLogs({
    place,
    sinkOf: (log) => namedSink(log, owners, sink),
    onParameters: (values) => sink.parameters?.(values),
    onRestart: () => {
      owners.clear();
      onRewritten?.();
    },
  });
  return {
    offer: (file, offset, bytes) =>
      file === RUN_FILE.alerts ? alerts.offer(offset, bytes) : logs.offer(folder, { file, offset, bytes }),
    catchUp: async (mayHaveNames = true) => {
      if (mayHaveNames) await logs.find();
      await logs.catchUp();
      for (const sentence of [...logs.problems, ...damaged(logs)]) tellOnce(sentence);
      await alerts
        .catchUp()
        .catch((error: unknown) =>
          tellOnce(`${join(folder, RUN_FILE.alerts)} cannot be read: ${String(error)}`),
        );
    },
    kind: async () => (await place()).kind,
    get folders() {
      return [...new Set([folder, ...logs.folders])];
    },
  };
}

function damaged({ logs }: RunLogs): string[] {
  return logs
    .filter(({ reader }) => reader.problem === null && reader.skipped > 0)
    .map(({ log }) => `${basename(log.path)} holds damaged records; they are left out.`);
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
