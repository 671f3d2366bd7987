/**
 * One interface over the logs that runs leave behind: event files, CSV and JSON lines. A reader takes the bytes of one
 * file in pieces of any size, hands on what they complete, and can say in JSON where it stands, so that a file that has
 * grown is read on and not again.
 */
import { createEventParser, type EventParserState } from '../events/reader';
import type { EventSink } from '../events/sink';
import { createCsvReader } from './csvLog';
import { createJsonLinesReader } from './jsonLinesLog';
import type { LinesState } from './rowReader';

/** The kinds of logs that are read. */
export type LogKind = 'events' | 'csv' | 'jsonl';

/** Where a reader stands; made by `state` and given back to the same kind of reader alone. */
export type LogState = EventParserState | LinesState;

/** Reads one file. */
export interface LogReader {
  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array, sink: EventSink): void;
  /** Nothing more is to be expected: takes a last line that no newline ends. */
  finish(sink: EventSink): void;
  /** Bytes that need not be read again. */
  readonly consumed: number;
  /** Damaged records or lines that were left out. */
  readonly skipped: number;
  /** Why the file cannot be read on, or null. */
  readonly problem: string | null;
  /** True when what was read turned out not to be the file's: it must be read again from its beginning. */
  readonly isStale: boolean;
  state(): LogState;
}

/** A reader at the beginning of a file, or where an earlier one of the same kind stood. */
export function createLogReader(kind: LogKind, state?: LogState): LogReader {
  switch (kind) {
    case 'events':
      return createEventLogReader(state as EventParserState | undefined);
    case 'csv':
      return createCsvReader(state as LinesState | undefined);
    case 'jsonl':
      return createJsonLinesReader(state as LinesState | undefined);
  }
}

function createEventLogReader(state: EventParserState | undefined): LogReader {
  const parser = createEventParser(state);
  return {
    push: (bytes, sink) => parser.push(bytes, sink),
    finish: () => undefined,
    isStale: false,
    get consumed() {
      return parser.consumed;
    },
    get skipped() {
      return parser.damagedRecords;
    },
    get problem() {
      return parser.problem;
    },
    state: () => parser.state(),
  };
}
