/**
 * What readers of line-based logs share: lines in, rows of named numbers out, and where the reader stands. A row without
 * a step counts on from the row before.
 */
import type { EventSink } from '../events/sink';
import type { LogReader } from './logReader';
import { WholeLines } from './wholeLines';

/** A point in time and what was measured then. */
export interface Row {
  /** Undefined where the row does not tell. */
  readonly step: number | undefined;
  /** Seconds since 1970, NaN where the row does not tell. */
  readonly wallTime: number;
  readonly values: readonly (readonly [tag: string, value: number])[];
}

/** Turns the lines of one file into rows. */
export interface LineFormat {
  /** The row of a line; `none` for a line that is no row by right, such as a header, `damaged` for one that should be. */
  rowOf(line: string): Row | 'none' | 'damaged';
  /** What the format must remember to read on, as JSON can hold it. */
  header(): readonly string[];
}

/** Where a reader of lines stands. */
export interface LinesState {
  readonly consumed: number;
  readonly skipped: number;
  readonly lastStep: number;
  readonly header: readonly string[];
}

/** A reader of lines in a format. */
export function createRowReader(format: LineFormat, state: LinesState | undefined): LogReader {
  const lines = new WholeLines(state?.consumed);
  let skipped = state?.skipped ?? 0;
  let lastStep = state?.lastStep ?? -1;
  let endsInside = false;
  let isStale = false;

  function take(line: string, sink: EventSink): void {
    const row = line.trim() === '' ? 'none' : format.rowOf(line);
    if (row === 'damaged') skipped++;
    if (typeof row === 'string') return;
    lastStep = row.step ?? lastStep + (row.values.length > 0 ? 1 : 0);
    for (const [tag, value] of row.values) sink.scalar(tag, lastStep, row.wallTime, value);
  }

  return {
    push(bytes, sink) {
      if (bytes.length === 0) return;
      // A last line that was taken for whole goes on, so it was not.
      if (endsInside && bytes[0] !== 0x0a && bytes[0] !== 0x0d) isStale = true;
      endsInside = false;
      for (const line of lines.push(bytes)) take(line, sink);
    },
    finish(sink) {
      const line = lines.rest();
      if (line === undefined) return;
      endsInside = true;
      take(line, sink);
    },
    get consumed() {
      return lines.consumed;
    },
    get skipped() {
      return skipped + lines.dropped;
    },
    problem: null,
    get isStale() {
      return isStale;
    },
    state: () => ({
      consumed: lines.consumed,
      skipped: skipped + lines.dropped,
      lastStep,
      header: format.header(),
    }),
  };
}
