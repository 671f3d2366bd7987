/**
 * What is known of one run before it is compared: the input of a diff. Null means that a run does not record it,
 * which is never the same as being different.
 */
import type { DatasetFile } from '../run/dataset';
import type { PredictionsFile } from '../run/predictions';
import type { Results } from '../run/results';
import type { RunSummary } from '../run/state';
import type { LineStatistics } from '../series/query';
import type { SectionName } from './runDiff';

/** A JSON value by key path or name. */
export type Values = Readonly<Record<string, unknown>>;

/** One tag of a run: the whole series, finite values alone; NaN where there is none. */
export interface TagFigures extends Omit<LineStatistics, 'first' | 'nonFinite'> {
  readonly tag: string;
}

/** A configuration as one value a key. */
export interface ConfigurationFacts {
  readonly values: Values;
  /** What the preset has, for keys in which the configuration departs from it. */
  readonly preset: Values;
  /** Why it could not be resolved, or null. */
  readonly problem: string | null;
  /**
   * Only of a program that is not ours: where each key of our schema was read, for example `its arguments`. A key that
   * is neither here nor in the values is not known, which is not the same as absent.
   */
  readonly sources?: Readonly<Record<string, string>>;
}

/** The code that a run was started from. */
export interface CodeFacts {
  /** Why there is no commit, or null. */
  readonly unavailable: string | null;
  readonly commit: string | null;
  readonly branch: string | null;
  /** Changed files that the patch leaves out. */
  readonly omitted: readonly string[];
  /** Uncommitted changes as git prints them; empty for none. */
  readonly patch: string;
}

/** The figures that a run has recorded. */
export interface RecordedFigures {
  readonly results: Results | null;
  readonly tags: readonly TagFigures[];
}

/** A run with final figures that differs from the compared one in the seed alone, or that one itself. */
export interface Replicate extends RecordedFigures {
  /** The run's folder. */
  readonly key: string;
  readonly seed: number | null;
}

/** Everything known of one run, or of a configuration file, which has a configuration alone. */
export interface RunFacts extends RecordedFigures {
  /** Unique among what is compared: the run's folder, or the path of the file. */
  readonly key: string;
  readonly name: string;
  readonly id: string;
  /** Null for a configuration file. */
  readonly summary: RunSummary | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  /** Stretches between a start or resume and an end. */
  readonly segments: number;
  /** For runs that others have written, their hyper-parameters. */
  readonly configuration: ConfigurationFacts | null;
  readonly dataset: DatasetFile | null;
  readonly environment: Values | null;
  readonly code: CodeFacts | null;
  readonly predictions: PredictionsFile | null;
  /** The run's seed group with itself, as far as there are final figures. */
  readonly replicates: readonly Replicate[];
  /** What could not be read, a sentence each, in the section that lacks it. */
  readonly problems: Readonly<Partial<Record<SectionName, readonly string[]>>>;
}

/** The text of a file at a run's commit, by path; null for a file that is not there. */
export interface CommittedText {
  readonly path: string;
  readonly texts: readonly (string | null)[];
}
