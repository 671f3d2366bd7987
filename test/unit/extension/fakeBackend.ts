/** A backend whose runs the test moves by hand. */
import type { RunRecord } from '../../../src/domain/run/record';
import type { RunSummary } from '../../../src/domain/run/state';
import type { RunBackend, RunListener } from '../../../src/extension/runs/backend';

export interface FakeBackend extends RunBackend {
  /** Tells the store what a runs folder holds. */
  tell(runsFolder: string, runs: readonly RunSummary[]): void;
  /** Who watches a run. */
  listenersOf(folder: string): readonly RunListener[];
  readonly watchedFolders: readonly string[];
}

export function createFakeBackend(): FakeBackend {
  const onRuns = new Map<string, (records: readonly RunRecord[]) => void>();
  const listeners = new Map<string, RunListener[]>();
  return {
    watchRuns: (runsFolder, listener) => {
      onRuns.set(runsFolder, listener);
      return { dispose: () => onRuns.delete(runsFolder) };
    },
    watchForeign: ({ root }, listener) => {
      onRuns.set(root, (records) => listener(records.map(({ summary }) => summary)));
      return { dispose: () => onRuns.delete(root) };
    },
    watchRun: (folder, listener) => {
      listeners.set(folder, [...(listeners.get(folder) ?? []), listener]);
      return {
        dispose: () => {
          listeners.set(
            folder,
            (listeners.get(folder) ?? []).filter((other) => other !== listener),
          );
        },
      };
    },
    annotate: () => Promise.resolve(),
    requestStop: () => Promise.resolve(),
    tell: (runsFolder, runs) =>
      onRuns.get(runsFolder)?.(runs.map((summary) => ({ summary, settings: {}, figures: {} }))),
    listenersOf: (folder) => listeners.get(folder) ?? [],
    get watchedFolders() {
      return [...onRuns.keys()];
    },
  };
}
