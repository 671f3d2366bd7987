/** The real backend: runs as they lie on disk, read and commanded by src/runs. */
import { annotateRun } from '../../runs/annotate';
import { requestStop } from '../../runs/control';
import { watchRecords, watchRun } from '../../runs/watch';
import type { RunBackend } from './backend';

/** Creates the backend; `onProblem` takes one sentence about something that cannot be read. */
export function createFolderBackend(onProblem: (sentence: string) => void): RunBackend {
  return {
    watchRuns: (runsFolder, onRecords) => watchRecords(runsFolder, onRecords),
    watchRun: (folder, listener) =>
      watchRun(folder, {
        onState: (run) => listener.onState(run),
        onPoints: (deltas) => listener.onPoints(deltas),
        onAlert: (alert) => listener.onAlerts([alert]),
        onProblem: (sentence) => onProblem(`${folder}: ${sentence}`),
      }),
    annotate: async (folder, annotation) => {
      await annotateRun(folder, annotation);
    },
    requestStop: (folder) => requestStop(folder),
  };
}
