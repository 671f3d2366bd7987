/** The real backend: runs as they lie on disk, read and commanded by src/runs. */
import { requestStop } from '../../runs/control';
import { watchForeign, watchForeignRun } from '../../runs/foreign/watchForeign';
import type { RunHandlers } from '../../runs/watch';
import { watchRun, watchRuns } from '../../runs/watch';
import type { ForeignPlace, RunBackend } from './backend';

/** Creates the backend; `onProblem` takes one sentence about something that cannot be read. */
export function createFolderBackend(onProblem: (sentence: string) => void): RunBackend {
  /** Where each run of others was found. */
  const foreign = new Map<string, ForeignPlace>();
  return {
    watchRuns: (runsFolder, onRuns) => watchRuns(runsFolder, onRuns),
    watchForeign: (place, onRuns) =>
      watchForeign(place, (runs) => {
        for (const { folder } of runs) foreign.set(folder, place);
        onRuns(runs);
      }),
    watchRun: (folder, listener) => {
      const handlers: RunHandlers = {
        onState: (run) => listener.onState(run),
        onPoints: (deltas) => listener.onPoints(deltas),
        onAlert: (alert) => listener.onAlerts([alert]),
        onProblem: (sentence) => onProblem(`${folder}: ${sentence}`),
      };
      const place = foreign.get(folder);
      return place === undefined ? watchRun(folder, handlers) : watchForeignRun(folder, place, handlers);
    },
    requestStop: (folder) => requestStop(folder),
  };
}
