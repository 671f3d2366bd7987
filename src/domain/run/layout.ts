/**
 * The run folder: which files it has and who writes them. Every file has one writer.
 * Numbers live in event files alone; the small JSON files describe the run around them.
 */

/** The version written into run.json, config.json, checkpoints and the hello of both wires. */
export const FORMAT_VERSION = 1;

/** The folder, below the workspace, that holds runs unless a setting says otherwise. */
export const DEFAULT_RUNS_FOLDER = '.supcon/runs';

/** File names inside a run folder. */
export const RUN_FILE = {
  /** Identity; written by the keeper when a segment starts. */
  run: 'run.json',
  /** State, heartbeat, progress; written by the keeper. */
  state: 'state.json',
  /** Exit code or signal and reason; written by the keeper. */
  exit: 'exit.json',
  /** Name, tags, notes, star, archive; written by extension and command line. */
  user: 'user.json',
  /** The complete resolved configuration; written once by whoever starts the run. */
  config: 'config.json',
  /** An allow-list of versions and variables; written once by whoever starts the run. */
  environment: 'environment.json',
  /** Commit and state of the user's code; written once by whoever starts the run. */
  code: 'code.json',
  /** Uncommitted changes to tracked files; written once by whoever starts the run. */
  codePatch: 'code.patch',
  /** Which of the user's own modules the run is made of; written once by whoever starts the run. */
  modules: 'modules.json',
  /** Their copies; written once by whoever starts the run. */
  moduleCopies: 'modules',
  /** One alert a line; written by the trainer. */
  alerts: 'alerts.jsonl',
  /** Standard output and error of the trainer; written by the keeper. */
  log: 'trainer.log',
  /** Safetensors checkpoints; written by the trainer. */
  checkpoints: 'checkpoints',
  /** Float32 embeddings of the fixed sample and what is answered to it, see snapshot.ts; written by the trainer. */
  embeddings: 'embeddings',
  /**
   * Maps of the embeddings, each file under the hash of all that it is made from; written by whoever looks at the run. It
   * is a cache: two that write one file write the same bytes, and it may be deleted at any time.
   */
  maps: 'embeddings/.maps',
  /** Histograms of the embedding, one JSON an epoch; written by the trainer. */
  diagnostics: 'diagnostics',
  /** Which samples the run is trained and measured on; written by the trainer when it has read them. */
  dataset: 'dataset.json',
  /** What the shipped classifier answers to each test sample; written by the trainer. */
  predictions: 'predictions.json',
  /** Final figures; written by the trainer. */
  results: 'results.json',
  /** Figures measured after the run, one JSON each; written by `supcon evaluate`. */
  evaluations: 'evaluations',
} as const;

/** The checkpoint of the best validation accuracy so far, in the folder of checkpoints. */
export const BEST_CHECKPOINT = 'best.safetensors';

/** What the name of an event file contains: TensorBoard's own rule. */
export const EVENT_FILE_MARK = 'tfevents';

/** The name of an epoch in the folders that hold one entry an epoch, for example `epoch-000012`. */
export function epochName(epoch: number): string {
  const DIGITS = 6;
  return `epoch-${String(epoch).padStart(DIGITS, '0')}`;
}

/** The epoch of such a name; undefined for any other. */
export function epochOf(name: string): number | undefined {
  const match = /^epoch-(\d{6,9})$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}
