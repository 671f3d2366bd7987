/** What the conversation with a dashboard needs of whoever holds the page: its end of the wire, and what runs' files say. */
import type { Alert } from '../../domain/run/alert';
import type { Settings } from '../../domain/run/record';
import type { CellSample, RunFigures } from '../../domain/run/runFigures';
import type { HostMessage, PageMessage } from '../../protocol/pages/dashboard';
import type { ReadPictures } from '../runs/keptPictures';
import type { ViewsOfRunPort } from './viewsOfRun';

/** What a page asks that is not answered from the numbers or from the run's files: the panel does it. */
export type PageAction = Exclude<
  PageMessage,
  { type: 'boot' | 'missed' | 'watch' | 'unwatch' | RunQuestion['type'] }
>;

/** What a page asks about one run that the run's own files answer. */
export type RunQuestion = Extract<
  PageMessage,
  { type: 'figures' | 'showSamples' | 'pictures' | 'views' | 'closeViews' }
>;

/** A message that gets its number when it is sent. */
export type Unnumbered = WithoutSequence<
  Extract<HostMessage, { type: 'figures' | 'samples' | 'pictures' | 'views' }>
>;
type WithoutSequence<T> = T extends unknown ? Omit<T, 'sequence'> : never;

/** A cell of the confusion matrix: places of classes. */
export interface Cell {
  readonly trueClass: number;
  readonly answer: number;
}

/** What the files of a run say of it. */
export interface RunFiles {
  /** Final figures and histograms of a run. Never rejects. */
  readFigures(folder: string): Promise<RunFigures>;
  /** The test samples behind a cell of the confusion matrix; null where they are not recorded. Never rejects. */
  readSamples(folder: string, cell: Cell): Promise<readonly CellSample[] | null>;
  /** Pictures of test samples at these places. Never rejects. */
  readPictures(folder: string, places: readonly number[]): Promise<ReadPictures>;
  readonly views: ViewsOfRunPort;
}

/** The page's end of the wire, and what the files of runs say. */
export interface DashboardPort extends RunFiles {
  /** Resolves to false if the page is hidden and the message lost. */
  post(message: HostMessage): PromiseLike<boolean>;
  act(action: PageAction): void;
  /** Told about what a page sent that is no message. */
  reject(message: unknown): void;
  /** The settings of a run; empty where it has none. Never rejects. */
  readParameters(folder: string): Promise<Settings>;
  /** All alerts of a run. Never rejects. */
  readAlerts(folder: string): Promise<readonly Alert[]>;
}
