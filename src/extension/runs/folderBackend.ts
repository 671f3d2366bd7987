/** The real backend: runs as they lie on disk, read and commanded by src/runs. */
import { requestStop } from '../../runs/control';
import { watchRun, watchRuns } from '../../runs/watch';
import type { RunBackend } from './backend';

/** Creates the backend; `onProblem` takes one sentence about something that cannot be read. */
export function createFolderBackend(onProblem: (sentence: string) => void): RunBackend {
  return {
    watchRuns: (runsFolder, onRuns) => watchRuns(runsFolder, onRuns),
    watchRun: (folder, listener) =>
      watchRun(folder, {
        onState: (run) => listener.onState(run),
        onPoints: (deltas) => listener.onPoints(deltas),
        onAlert: (alert) => listener.onAlerts([alert]),
        onProblem: (sentence) => onProblem(`${folder}: ${sentence}`),
      }),
    requestStop: (folder) => requestStop(folder),
  };
}
