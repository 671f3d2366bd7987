/**
 * What the extension needs of the runs folder, behind one interface: the store and the pages are tested
 * against a fake, and only the composition root knows the real one.
 */
import type { Alert } from '../../domain/run/alert';
import type { Annotation } from '../../domain/run/annotation';
import type { RunRecord } from '../../domain/run/record';
import type { RunSummary } from '../../domain/run/state';
import type { Disposable } from '../disposable';

/** Points of one tag to append; from `restart` on, older points are superseded by a resumed segment. */
export interface AppendedPoints {
  readonly tag: string;
  readonly steps: Float64Array;
  /** Seconds since 1970. */
  readonly wallTimes: Float64Array;
  readonly values: Float64Array;
  readonly restart: number | null;
}

/** What is told about a watched run. */
export interface RunListener {
  onState(run: RunSummary): void;
  onPoints(points: readonly AppendedPoints[]): void;
  onAlerts(alerts: readonly Alert[]): void;
}

/** A folder with runs of others, and the runs folder that keeps what people say of them. */
export interface ForeignPlace {
  readonly root: string;
  readonly runsFolder: string;
}

/** Reads, watches and commands runs. */
export interface RunBackend {
  /** Tells all runs of a folder, newest first, now and after every change; what has not changed is the same object. */
  watchRuns(runsFolder: string, onRecords: (records: readonly RunRecord[]) => void): Disposable;
  /** The same for runs of others below a folder, whose notes are kept in a runs folder of ours. */
  watchForeign(place: ForeignPlace, onRuns: (runs: readonly RunSummary[]) => void): Disposable;
  /** Tells everything about one run from its beginning, then what is new. */
  watchRun(folder: string, listener: RunListener): Disposable;
  /** Writes down what a person says of a run. Throws HumanError if it cannot be written. */
  annotate(folder: string, annotation: Annotation): Promise<void>;
  /** Asks a run to stop and returns at once. */
  requestStop(folder: string): Promise<void>;
}
