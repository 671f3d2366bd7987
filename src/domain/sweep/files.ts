/**
 * The folder of a sweep, `.sweeps/<id>` beside the runs: what is to be run, what the user wants of it, and how far
 * it is. Every file has one kind of writer, so that a window, a terminal and the sweep's own process never collide.
 */
import type { Configuration } from '../configuration/schema';
import type { EndState, ProcessIdentity } from '../run/state';
import type { Changes } from './expand';

/** The folder, inside a runs folder, that holds sweeps; hidden, so that it is not taken for a run. */
export const SWEEPS_FOLDER = '.sweeps';

/** File names inside a sweep's folder. */
export const SWEEP_FILE = {
  /** The runs to make; written once by whoever starts the sweep. */
  plan: 'sweep.json',
  /** Pause and order; written by extension and command line, computed again if it has changed meanwhile. */
  control: 'control.json',
  /** Which run belongs to which entry and how it ended; written by the sweep's process. */
  progress: 'progress.json',
  /** What the sweep's process says. */
  log: 'sweep.log',
} as const;

/** One run to make. */
export interface SweepEntry {
  readonly label: string;
  /** What differs from the base, the seed left out. */
  readonly changes: Changes;
  readonly configuration: Configuration;
}

/** sweep.json. */
export interface SweepPlan {
  readonly formatVersion: number;
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The folder whose commit and changes each run records; null records nothing. */
  readonly codeFolder: string | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly entries: readonly SweepEntry[];
}

/** control.json. Entries are named by their place in the plan, from 0. */
export interface SweepControl {
  readonly formatVersion: number;
  /** No further run is begun. */
  readonly paused: boolean;
  /** The order to work in; entries that are left out come last, in the order of the plan. */
  readonly order: readonly number[];
}

/** The run of an entry. */
export interface SweepRun {
  /** Name of the run's folder; empty if it could not be started. */
  readonly run: string;
  /** Null while it is not over, be it running, or stopped to be resumed. */
  readonly endState: EndState | null;
  readonly reason: string | null;
}

/** progress.json. */
export interface SweepProgress {
  readonly formatVersion: number;
  /** The process that works through the sweep. */
  readonly worker: ProcessIdentity | null;
  /** By place in the plan. */
  readonly runs: Readonly<Partial<Record<string, SweepRun>>>;
}

/** `interrupted`: its process is gone and there are entries left. */
export type SweepState = 'running' | 'pausing' | 'paused' | 'interrupted' | 'completed';

/** What lists show of a sweep. */
export interface SweepSummary {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly createdAt: number;
  readonly state: SweepState;
  readonly entries: readonly (SweepEntry & { readonly run: SweepRun | null })[];
  /** Places in the plan that are still to be run, in the order of work. */
  readonly waiting: readonly number[];
}
