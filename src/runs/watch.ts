/**
 * Watching runs. A run's numbers come from its files by one reader; while its keeper lives, the socket brings
 * the same bytes sooner. A lost connection costs nothing but time: the files are watched, and the gap is
 * filled from them. State and points reach the caller in batches.
 */
import type { Alert } from '../domain/run/alert';
import type { RunSummary, StateFile } from '../domain/run/state';
import type { KeeperEvent } from '../protocol/keeper';
import type { SeriesPoints } from '../protocol/series';
import type { Disposable } from './disposable';
import { nearestFolder } from './folder/nearestFolder';
import { mayDie, summariseRun } from './list';
import type { PointsDelta } from './watch/deltas';
import { createLink } from './watch/link';
import { lookAgain, type Looked } from './watch/lookAgain';
import { createNumbers } from './watch/numbers';
import { createProblems } from './watch/problems';

export type { PointsDelta } from './watch/deltas';
export { watchRecords, watchRuns } from './watchRuns';

const STATE_GAP_MS = 100;
const POLL_MS = 1000;

export interface RunHandlers {
  /** The run's state, at first and whenever it changes. */
  readonly onState?: (run: RunSummary) => void;
  /** New points, at most every 100 ms. */
  readonly onPoints?: (deltas: readonly PointsDelta[]) => void;
  readonly onAlert?: (alert: Alert) => void;
  /** One sentence about something that cannot be read; the watch goes on. */
  readonly onProblem?: (sentence: string) => void;
}

export interface RunWatch extends Disposable {
  /** Resolves when everything that was on disk at first has been handed on. */
  readonly caughtUp: Promise<void>;
  /** The last state, undefined before the first. */
  summary(): RunSummary | undefined;
  /** Every point that has been read, by tag. */
  series(): SeriesPoints[];
  alerts(): readonly Alert[];
}

/**
 * Watches a run until disposed. No handler is called afterwards, or before this function has returned.
 * @param summarise reads the run's state; for runs that have no folder of ours
 */
export function watchRun(
  folder: string,
  handlers: RunHandlers,
  summarise: () => Promise<RunSummary> = () => summariseRun(folder),
): RunWatch {
  let summary: RunSummary | undefined;
  let open = true;
  const whileOpen: RunHandlers = {
    onState: (run) => open && handlers.onState?.(run),
    onPoints: (deltas) => open && handlers.onPoints?.(deltas),
    onAlert: (alert) => open && handlers.onAlert?.(alert),
    onProblem: (sentence) => open && handlers.onProblem?.(sentence),
  };
  const problems = createProblems((sentence) => whileOpen.onProblem?.(sentence));
  const isWired = () => link.isUp();
  const numbers = createNumbers({ folder, handlers: whileOpen, problems, isWired });
  const show = (next: RunSummary) => {
    const changed = JSON.stringify(next) !== JSON.stringify(summary);
    summary = next;
    if (changed) whileOpen.onState?.(next);
  };
  const look = async (): Promise<Looked> => {
    try {
      const next = await summarise();
      show(summary !== undefined && link.isUp() ? later(summary, next) : next);
      await link.follow(next);
      return { folders: [folder], isBusy: mayDie(next) };
    } catch (error) {
      problems.ofError(error);
      return { folders: [await nearestFolder(folder)], isBusy: false };
    }
  };
  const state = lookAgain({ look, gapMs: STATE_GAP_MS, pollMs: POLL_MS, heeds: () => !link.isUp() });
  const onEvent = (event: KeeperEvent) => {
    if (event.type === 'appended') numbers.offer(event);
    // The reason of an end is in the exit record.
    if (event.type === 'state' && event.state.state === 'ended') state.soon();
    else if (event.type === 'state' && summary !== undefined) show(withState(summary, event.state));
  };
  const lookAtEverything = () => {
    state.soon();
    numbers.readSoon();
  };
  const link = createLink(folder, { onEvent, onChange: lookAtEverything });

  return {
    caughtUp: Promise.resolve().then(async () => {
      await Promise.all([state.now(), numbers.readNow()]);
    }),
    summary: () => summary,
    series: numbers.series,
    alerts: numbers.alerts,
    dispose: () => {
      open = false;
      state.dispose();
      link.dispose();
      numbers.dispose();
    },
  };
}

/** While there is a keeper, the files lag behind it: what it said after they were written holds. */
function later(known: RunSummary, read: RunSummary): RunSummary {
  const isBehind = read.state !== 'ended' && (known.heartbeat ?? 0) > (read.heartbeat ?? 0);
  if (!isBehind) return read;
  const { name, starred, tags, notes, archived, acknowledged } = read;
  const seen = acknowledged === undefined ? {} : { acknowledged };
  return { ...known, name, starred, tags, notes, archived, ...seen };
}

/** A summary with what the keeper says now. */
function withState(run: RunSummary, state: StateFile): RunSummary {
  const { heartbeat, progress, headline, engine, stop, queuedBehind, trainer } = state;
  return {
    ...run,
    ...{ state: state.state, endState: state.endState, pid: trainer?.pid ?? null },
    ...{ heartbeat, progress, headline, engine, stop, queuedBehind },
  };
}
