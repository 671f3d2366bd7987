/** Folders of runs that have ended, as a keeper leaves them, for tests that need many runs and no training. */
import { join } from 'node:path';
import { DEFAULT_RUNS_FOLDER, RUN_FILE } from '../../../src/domain/run/layout';

/** What tells one run from another. */
export interface EndedRun {
  readonly seed: number;
  /** Later places started later. */
  readonly place: number;
  /** kNN accuracy from 0 to 1. */
  readonly value: number;
  readonly endState?: 'completed' | 'failed' | 'stopped' | 'killed';
}

const HOUR_MS = 3_600_000;
const FIRST_START = 1_785_000_000_000;

/** The files of a run by their path in the workspace. */
export function endedRunFiles(
  name: string,
  { seed, place, value, endState = 'completed' }: EndedRun,
): Readonly<Record<string, string>> {
  const createdAt = FIRST_START + place * HOUR_MS;
  const keeper = { pid: 1, startTime: 'gone' };
  const segments = [{ index: 0, startedAt: createdAt, keeper, socket: 'none' }];
  const about = { stop: null, queuedBehind: null, trainer: null, progress: null, segment: 0 };
  const engine = { name: 'onnx', device: 'cpu, 2 threads', reason: 'the embedded default' };
  const files = {
    [RUN_FILE.config]: { name, seed, loss: { name: 'supcon', temperature: 0.1 } },
    [RUN_FILE.run]: { id: name, createdAt, host: 'a-machine', version: '0.1.0', segments },
    [RUN_FILE.state]: {
      ...about,
      ...{
        state: 'ended',
        endState,
        heartbeat: createdAt + HOUR_MS / 2,
        headline: { label: 'kNN', value },
        engine,
      },
    },
    [RUN_FILE.exit]: {
      ...{ segment: 0, endState, code: 0, reason: null, endedAt: createdAt + HOUR_MS / 2 },
      signal: endState === 'killed' ? 'SIGKILL' : null,
    },
  };
  return Object.fromEntries(
    Object.entries(files).map(([file, content]) => [
      join(DEFAULT_RUNS_FOLDER, name, file),
      JSON.stringify({ formatVersion: 1, ...content }),
    ]),
  );
}
