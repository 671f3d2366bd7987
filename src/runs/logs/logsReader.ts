/** All logs of a run that others write, read on together; one that was written anew makes all of them begin again. */
import { basename } from 'node:path';
import type { EventSink } from '../../formats/events/sink';
import type { LogPlace, RunLog } from './logPlace';
import type { LogTail } from './logTail';
import { createLogTail } from './logTail';

export interface LogsReaderOptions {
  readonly sink: EventSink;
  /** One sentence about a file that cannot be read on. */
  readonly onProblem: (sentence: string) => void;
  readonly onRewritten?: (() => void) | undefined;
}

export interface LogsReader {
  /** Takes everything that is on disk by now. Never throws. */
  catchUp(place: LogPlace): Promise<void>;
}

/** A reader that has read nothing yet. */
export function createLogsReader({ sink, onProblem, onRewritten }: LogsReaderOptions): LogsReader {
  const tails = new Map<string, LogTail>();
  const readOn = async (log: RunLog, target: EventSink): Promise<'read' | 'rewritten'> => {
    const tail = tails.get(log.path) ?? createLogTail(log.path, log.kind);
    tails.set(log.path, tail);
    const outcome = await tail.catchUp(target).catch((error: unknown) => {
      onProblem(`${log.path} cannot be read: ${String(error)}`);
      return 'read' as const;
    });
    if (tail.problem !== null) onProblem(`${basename(log.path)}: ${tail.problem}`);
    else if (tail.skipped > 0) onProblem(`${basename(log.path)} holds damaged records; they are left out.`);
    return outcome;
  };
  const readAll = async (place: LogPlace): Promise<boolean> => {
    const logs = await place.logs();
    const isPlain = logs.every(({ prefix }) => prefix === '');
    for (const log of logs) {
      const target = isPlain ? sink : prefixed(sink, log.prefix);
      if ((await readOn(log, target)) === 'rewritten') return false;
    }
    return true;
  };
  return {
    catchUp: async (place) => {
      if (await readAll(place)) return;
      tails.clear();
      onRewritten?.();
      // A file that is being written anew at this moment is read whole the next time.
      await readAll(place);
    },
  };
}

/** Session starts stay out: those of one folder say nothing of the tags of another. */
function prefixed(sink: EventSink, prefix: string): EventSink {
  return {
    scalar: (tag, step, wallTime, value) => sink.scalar(prefix + tag, step, wallTime, value),
    sessionStart: () => undefined,
    parameters: (values) => sink.parameters?.(values),
  };
}
