/**
 * A run diff as a value: columns of runs, the first being the baseline, and sections of rows. Every cell carries the
 * text that people read beside the value that programs read, so that page, terminal and Markdown say the same.
 */
import type { RunKind } from '../run/state';

/** The sections in the order in which they are shown. */
export const SECTION_NAMES = [
  'outcome',
  'configuration',
  'data',
  'environment',
  'engine',
  'code',
  'metrics',
  'classes',
  'samples',
] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** Sections that are rows of one text a column. */
export const ROW_SECTIONS = ['outcome', 'configuration', 'data', 'environment', 'engine'] as const;
export type RowSectionName = (typeof ROW_SECTIONS)[number];

/** A compared run, or a configuration file. */
export interface DiffColumn {
  /** The run's folder, or the path of the file. */
  readonly key: string;
  readonly name: string;
  readonly id: string;
  readonly kind: RunKind | 'configuration';
  /** The state in words, its codicon and its theme colour; empty for a file. */
  readonly state: string;
  readonly icon: string;
  readonly colour: string;
  readonly seed: number | null;
  readonly group: string;
  /** Runs of its seed group that have figures, itself included. */
  readonly replicates: number;
}

export interface DiffCell {
  readonly text: string;
  /** Text in full, where `text` is rounded or cut; else empty. */
  readonly title: string;
  /** A remark, for example how the value departs from the preset; else empty. */
  readonly note: string;
  /** What programs compare; null where nothing is recorded. */
  readonly value: unknown;
  /** True where it is not the baseline's. */
  readonly differs: boolean;
}

export interface DiffRow {
  /** Dotted path or name. */
  readonly key: string;
  readonly label: string;
  /** One sentence about the key, for a tooltip; else empty. */
  readonly description: string;
  readonly differs: boolean;
  /** One a column. */
  readonly cells: readonly DiffCell[];
}

export interface DiffSection {
  readonly rows: readonly DiffRow[];
  readonly problems: readonly string[];
}

/** A change of lines; line numbers are those of the two files, from 1. */
export interface CodeHunk {
  readonly baselineStart: number;
  readonly ownStart: number;
  /** As in a unified diff: each begins with a space, a minus or a plus. */
  readonly lines: readonly string[];
}

/** How a file stands in one run against the baseline. `unknown`: it differs, and neither side is recorded. */
export const FILE_CHANGES = ['changed', 'added', 'removed', 'binary', 'unknown'] as const;

export interface CodeFileDiff {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly change: (typeof FILE_CHANGES)[number];
  /** `files`: the files themselves were compared; `patches`: only the uncommitted changes to them. */
  readonly basis: 'files' | 'patches';
  readonly hunks: readonly CodeHunk[];
  readonly added: number;
  readonly removed: number;
}

/** The code of one run against the baseline's. */
export interface CodeDiff {
  /** Place of the run among the columns. */
  readonly column: number;
  readonly files: readonly CodeFileDiff[];
}

export interface CodeSection extends DiffSection {
  readonly diffs: readonly CodeDiff[];
}

/** What a difference says. `cannot tell`: too few runs, or an interval that holds zero. */
export const VERDICTS = ['better', 'worse', 'equal', 'cannot tell', 'changed'] as const;
export type DeltaVerdict = (typeof VERDICTS)[number];

/** A figure less the baseline's. */
export interface Delta {
  readonly value: number;
  /** With its sign, for example `+0.6`. */
  readonly text: string;
  /** Ends of the 95 % interval; null without one. */
  readonly low: number | null;
  readonly high: number | null;
  /** The interval, or why there is none. */
  readonly interval: string;
  /** Runs on both sides, for example `3+3`. */
  readonly counts: string;
  readonly verdict: DeltaVerdict;
  /** Which way the difference itself points, whether or not it can be told from chance. */
  readonly direction: 'better' | 'worse' | 'none';
}

export interface MetricCell {
  /** Mean over the seed group; null where there is none. */
  readonly value: number | null;
  readonly text: string;
  readonly title: string;
  /** Null for the baseline, and where there is nothing to compare. */
  readonly delta: Delta | null;
  /** Why there is no difference although there are figures; else empty. */
  readonly note: string;
}

export interface MetricRow {
  readonly key: string;
  readonly label: string;
  readonly statistic: 'final' | 'best' | 'last';
  readonly better: 'higher' | 'lower' | null;
  /** Shown only where all rows are: a figure that says nothing of the model, or that is equal. */
  readonly minor: boolean;
  readonly cells: readonly MetricCell[];
}

export interface MetricSection {
  readonly rows: readonly MetricRow[];
  readonly problems: readonly string[];
}

/** How one sample's answer changed. `other`: wrong both times, in different ways. */
export const SAMPLE_CHANGES = ['worse', 'better', 'other'] as const;
export type SampleChange = (typeof SAMPLE_CHANGES)[number];

export interface ChangedSample {
  /** Its name in the baseline and in the run, for example `test/12`. */
  readonly baselineId: string;
  readonly id: string;
  readonly label: string;
  readonly baselineAnswer: string;
  readonly answer: string;
  /** Probabilities of the two answers, 0 to 1. */
  readonly baselineConfidence: number;
  readonly confidence: number;
  readonly change: SampleChange;
}

/** The answers of one run against the baseline's. */
export interface SamplesDiff {
  readonly column: number;
  /** `id`: one data set; `content`: samples of equal content in two; null where they cannot be joined. */
  readonly joinedBy: 'id' | 'content' | null;
  /** Why they cannot be joined; else empty. */
  readonly reason: string;
  readonly joined: number;
  /** Samples of the run that the baseline's data set does not hold. */
  readonly unmatched: number;
  readonly counts: Readonly<Record<SampleChange, number>>;
  /** The most confident changes, worse ones first; `counts` has all. */
  readonly shown: readonly ChangedSample[];
}

export interface SamplesSection {
  readonly diffs: readonly SamplesDiff[];
  readonly problems: readonly string[];
}

export interface RunDiff {
  readonly formatVersion: number;
  readonly columns: readonly DiffColumn[];
  readonly outcome: DiffSection;
  readonly configuration: DiffSection;
  readonly data: DiffSection;
  readonly environment: DiffSection;
  readonly engine: DiffSection;
  readonly code: CodeSection;
  readonly metrics: MetricSection;
  readonly classes: MetricSection;
  readonly samples: SamplesSection;
}
