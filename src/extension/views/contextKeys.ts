/** Keys for when-clauses: which commands make sense now. */
import * as vscode from 'vscode';
import { canStop, isLive } from '../../domain/display/runLook';
import type { RunSummary } from '../../domain/run/state';
import { CONTEXT } from '../constants';
import type { Disposable } from '../disposable';
import type { RunStore } from '../runs/runStore';

/** Keeps the keys up to date. */
export function createContextKeys(store: RunStore): Disposable {
  const last = new Map<string, boolean>();
  return store.onDidChange((runs) => {
    for (const [key, value] of Object.entries(keysOf(runs, store.isLoaded))) {
      if (last.get(key) === value) continue;
      last.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  });
}

function keysOf(runs: readonly RunSummary[], isLoaded: boolean): Record<string, boolean> {
  return {
    [CONTEXT.runsRead]: isLoaded,
    [CONTEXT.hasRuns]: runs.length > 0,
    [CONTEXT.hasLiveRun]: runs.some(canStop),
    [CONTEXT.hasResumableRun]: runs.some((run) => run.resumable && !isLive(run)),
  };
}
