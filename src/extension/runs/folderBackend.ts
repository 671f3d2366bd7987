/** The real backend: runs as they lie on disk, read and commanded by src/runs. */
import { annotate } from '../../domain/run/annotation';
import { annotateRun } from '../../runs/annotate';
import { requestStop } from '../../runs/control';
import { updateForeignUserFile } from '../../runs/foreign/sideFolder';
import { watchForeign, watchForeignRun } from '../../runs/foreign/watchForeign';
import type { RunHandlers } from '../../runs/watch';
import { watchRecords, watchRun } from '../../runs/watch';
import type { ForeignPlace, RunBackend } from './backend';

/** Creates the backend; `onProblem` takes one sentence about something that cannot be read. */
export function createFolderBackend(onProblem: (sentence: string) => void): RunBackend {
  /** Where each run of others was found. */
  const foreign = new Map<string, ForeignPlace>();
  return {
    watchRuns: (runsFolder, onRecords) => watchRecords(runsFolder, onRecords),
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
    annotate: async (folder, annotation) => {
      const runsFolder = foreign.get(folder)?.runsFolder;
      if (runsFolder === undefined) await annotateRun(folder, annotation);
      else await updateForeignUserFile({ folder, runsFolder }, (user) => annotate(user, annotation));
    },
    requestStop: (folder) => requestStop(folder),
  };
}
