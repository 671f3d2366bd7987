/** One run as the table has it: its record, the ends of its recorded series, and the seed group that it belongs to. */
import type { RunRecord } from '../run/record';
import type { LineStatistics } from '../series/query';

/** A recorded scalar: its last value, and the ends of its range over finite values. */
export type TagFigures = Pick<LineStatistics, 'last' | 'min' | 'max'>;

/** What a row is made of. A name that a run lacks is absent. */
export interface RunRow extends RunRecord {
  /** Recorded scalars by tag. */
  readonly tags: Readonly<Record<string, TagFigures>>;
  /** Equal for runs that differ in the seed alone. */
  readonly seedGroup: string;
}

/** What a cell holds; undefined where the run has nothing. */
export type Value = string | number | boolean | undefined;
