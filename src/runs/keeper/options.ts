/** The keeper's command line: `keeper.js <runFolder> --trainer <trainer.js>`, and deadlines for tests. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** How long each rung of the stop ladder is given, in milliseconds. */
export interface LadderDeadlines {
  /** From the polite request to the interrupt. */
  readonly askedMs: number;
  /** From the interrupt to the kill. */
  readonly interruptedMs: number;
}

export interface KeeperOptions {
  readonly folder: string;
  readonly trainerPath: string;
  /** `wait` for the runs before this one, or start `now`. */
  readonly queue: 'wait' | 'now';
  /** Version of SupCon Lab, for run.json. */
  readonly version: string;
  readonly deadlines: LadderDeadlines;
  /** How long the socket outlives the run, so that every watcher learns the end. */
  readonly graceMs: number;
  readonly queuePollMs: number;
}

/** Defaults of the times, in milliseconds. */
export const KEEPER_DEFAULTS = {
  askedMs: 20_000,
  interruptedMs: 10_000,
  graceMs: 2_000,
  queuePollMs: 500,
} as const;

type TimeFlag = 'asked-ms' | 'interrupted-ms' | 'grace-ms' | 'queue-poll-ms';

/** Parses the command line without node and script. Throws an Error that names what is wrong. */
export function parseKeeperOptions(commandLine: readonly string[]): KeeperOptions {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    allowPositionals: true,
    options: {
      trainer: { type: 'string' },
      version: { type: 'string', default: 'unknown' },
      now: { type: 'boolean', default: false },
      'asked-ms': { type: 'string', default: String(KEEPER_DEFAULTS.askedMs) },
      'interrupted-ms': { type: 'string', default: String(KEEPER_DEFAULTS.interruptedMs) },
      'grace-ms': { type: 'string', default: String(KEEPER_DEFAULTS.graceMs) },
      'queue-poll-ms': { type: 'string', default: String(KEEPER_DEFAULTS.queuePollMs) },
    },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1)
    throw new Error('The keeper takes exactly one run folder.');
  if (values.trainer === undefined) throw new Error('The keeper needs --trainer.');
  const time = (flag: TimeFlag) => milliseconds(flag, values[flag]);
  return {
    folder: resolve(folder),
    trainerPath: resolve(values.trainer),
    queue: values.now ? 'now' : 'wait',
    version: values.version,
    deadlines: { askedMs: time('asked-ms'), interruptedMs: time('interrupted-ms') },
    graceMs: time('grace-ms'),
    queuePollMs: time('queue-poll-ms'),
  };
}

function milliseconds(flag: TimeFlag, text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 2 ** 31 - 1)) throw new Error(`--${flag} must be a number of milliseconds.`);
  return value;
}
