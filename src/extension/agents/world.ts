/** What the tools need of the rest of the extension; tests give them a world of their own. */
import type { Alert } from '../../domain/run/alert';
import type { RunRecord } from '../../domain/run/record';
import type { ReadSeries } from '../../runs/readSeries';
import type { Started, StarterProgram, StartRequest } from '../runs/starter';

/** How a start is made: what is called, and with what. */
export interface StartPlan {
  readonly program: StarterProgram;
  readonly request: StartRequest;
}

export interface AgentWorld {
  readonly isTrusted: () => boolean;
  /** All runs of the window, newest first. */
  readonly records: () => readonly RunRecord[];
  readonly alertsOf: (runFolder: string) => Promise<readonly Alert[]>;
  /** What differs, as Markdown; the first is the baseline. */
  readonly compare: (runFolders: readonly string[]) => Promise<string>;
  readonly series: (runFolder: string, tag: string) => Promise<ReadSeries>;
  /** Absolute paths of the workspace's folders. */
  readonly workspaceFolders: () => readonly string[];
  /** For a configuration file that lies in the workspace. */
  readonly planStart: (file: string) => StartPlan;
  readonly start: (plan: StartPlan) => Promise<Started>;
  readonly stop: (runFolder: string) => Promise<void>;
}
