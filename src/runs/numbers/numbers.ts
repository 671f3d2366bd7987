/**
 * The recorded numbers of many runs, ours or not, behind one interface. A worker reads and tails the files and
 * keeps the columns; whoever draws asks for what a chart can show. Nothing here knows who asks.
 */
import type { ChartAnswer, ChartQuery, LineStatistics } from '../../domain/series/query';
import type { Disposable } from '../disposable';

/** Where the numbers of one run lie, and who writes them. */
export interface NumbersSource {
  /** The run's folder: its key in queries. */
  readonly run: string;
  /** Folders or files with event files, CSV or JSONL; for our own runs the run folder itself. */
  readonly paths: readonly string[];
  /** Whether more is to be expected soon: live runs are tailed, others only when they change. */
  readonly live: boolean;
  /** Images that one optimiser step sees (batch size times views), for the axis `views`; null if unknown. */
  readonly viewsPerStep: number | null;
}

/** How far the first reading is. */
export interface ReadingProgress {
  readonly runs: number;
  readonly runsRead: number;
  readonly bytes: number;
  readonly bytesRead: number;
}

/** One tag of a run, as lists and tables show it: the whole series, finite values alone. */
export interface TagSummary extends Omit<LineStatistics, 'first'> {
  readonly tag: string;
  /** Points whose step is lower than that of the point before; absent where there are none. */
  readonly stepsBack?: number;
}

/** What is known of one run besides its curves. */
export interface RunNumbers {
  readonly run: string;
  readonly tags: readonly TagSummary[];
  /** Hyper-parameters found beside the curves (HParams plugin, hparams.yaml), by dotted path. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
  /** Damaged records or lines that were left out. */
  readonly skipped: number;
  /** One sentence for each file that cannot be read on. */
  readonly problems: readonly string[];
}

/** A standing question; change it when the reader zooms. */
export interface ChartWatch extends Disposable {
  change(query: ChartQuery): void;
}

/** The numbers of the runs in view. */
export interface Numbers extends Disposable {
  /** Reads and follows these runs from now on, and forgets others. */
  setSources(sources: readonly NumbersSource[]): void;
  /** One answer. Rejects with HumanError if a run cannot be read at all. */
  ask(query: ChartQuery): Promise<ChartAnswer>;
  /**
   * A first answer, then what changes, at most every 100 ms. `deliver` resolves when it was taken; the next
   * answer waits for it, so a slow taker gets fewer and larger ones.
   */
  watch(query: ChartQuery, deliver: (answer: ChartAnswer) => PromiseLike<unknown>): ChartWatch;
  /** Tags and parameters of the runs, at most once a second while they change. */
  onRuns(listener: (runs: readonly RunNumbers[]) => void): Disposable;
  /** The first reading of new sources. */
  onProgress(listener: (progress: ReadingProgress) => void): Disposable;
}
