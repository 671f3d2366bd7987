/**
 * One growing log: its bytes through its reader into a sink. What was replaced, written anew or turns out to have been
 * read wrongly must be read again, and the run with it, for series are made of several files.
 */
import { toError } from '../../domain/errors';
import type { EventSink } from '../../formats/events/sink';
import type { LogReader, LogState } from '../../formats/logs/logReader';
import { createLogReader } from '../../formats/logs/logReader';
import type { RunLog } from './logPlace';
import { createTail, type FoundFile, type Tail } from './tail';

/** A last line without a newline is whole once its file has been left alone for so long. */
const QUIET_MS = 2000;

/** Thrown by a sink that has lost what it took: the run must be read again. */
export class ReadAgainError extends Error {
  override readonly name: string = 'ReadAgainError';
}

export interface FollowOptions {
  readonly log: RunLog;
  readonly sink: EventSink;
  /** Of an earlier reader of the file, to begin where it stood. */
  readonly state?: LogState | undefined;
  /** Told whenever bytes were taken. */
  readonly onRead: () => void;
}

/** A log that is followed. */
export class FollowedLog {
  readonly log: RunLog;
  readonly reader: LogReader;
  readonly tail: Tail;
  /** Whether it was there and is no more. */
  isMissing = false;
  /** Whether the run must be read again from its beginning. */
  isStale = false;
  private failure: string | null = null;
  private readonly sink: EventSink;

  constructor({ log, sink, state, onRead }: FollowOptions) {
    this.log = log;
    this.sink = sink;
    this.reader = createLogReader(log.kind, state);
    const take = (bytes: Uint8Array) => {
      this.reader.push(bytes, sink);
      this.isStale ||= this.reader.isStale;
      onRead();
    };
    const onReplaced = () => void (this.isStale = true);
    this.tail = createTail(log.path, take, { from: this.reader.consumed, onReplaced });
  }

  /** Why the file cannot be read on, in a sentence; or null. */
  get problem(): string | null {
    const { problem } = this.reader;
    return this.failure ?? (problem === null ? null : `${this.log.path}: ${problem}`);
  }

  /** Takes what the file has more by now. Never throws. */
  async catchUp(): Promise<void> {
    try {
      const found = await this.tail.catchUp();
      this.isMissing = found === undefined;
      if (found !== undefined) this.finishIfQuiet(found);
      this.failure = null;
    } catch (error) {
      this.isStale ||= error instanceof ReadAgainError;
      this.failure = `${this.log.path} cannot be read: ${toError(error).message}`;
    }
  }

  private finishIfQuiet({ size, mtimeMs }: FoundFile): void {
    if (this.log.kind === 'events' || this.isStale || this.reader.consumed >= size) return;
    if (Date.now() - mtimeMs > QUIET_MS) this.reader.finish(this.sink);
  }
}
