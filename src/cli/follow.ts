/**
 * Follows a run in the terminal until it ends: one line of progress on a screen, one line a few seconds
 * apart in a file, or JSON lines with every step. What is printed has been read from the run folder first.
 */
import { EXIT_CODE } from '../domain/errors';
import type { Alert } from '../domain/run/alert';
import type { RunSummary } from '../domain/run/state';
import { requestStop } from '../runs/control';
import type { PointsDelta } from '../runs/watch';
import { watchRun } from '../runs/watch';
import { progressLine, stateText } from './words';

/** Time between two progress lines where the output is no screen. */
const LINE_PERIOD_MS = 5000;
const CLEAR_LINE = '\r\u001b[2K';

export interface FollowOptions {
  readonly json: boolean;
}

/** Follows to the end; resolves with the last summary. The first Ctrl+C stops the run, the second kills it. */
export async function followRun(folder: string, { json }: FollowOptions): Promise<RunSummary> {
  const view = json ? jsonView() : textView();
  const release = stopOnInterrupt(folder);
  try {
    const last = await watchToEnd(folder, view);
    view.end(last);
    return last;
  } finally {
    release();
  }
}

function watchToEnd(folder: string, view: View): Promise<RunSummary> {
  return new Promise((resolve) => {
    const watch = watchRun(folder, {
      onState(run) {
        view.state(run);
        if (run.state !== 'ended' && run.state !== 'unknown') return;
        void watch.caughtUp.then(() => {
          watch.dispose();
          resolve(run);
        });
      },
      onPoints: (batch) => view.points(batch),
      onAlert: (alert) => view.alert(alert),
    });
  });
}

/** The exit code of a run that has ended. */
export function exitCodeOf(run: RunSummary): number {
  if (run.endState === 'completed') return EXIT_CODE.completed;
  return run.endState === 'stopped' ? EXIT_CODE.stopped : EXIT_CODE.failed;
}

interface View {
  state(run: RunSummary): void;
  points(batch: readonly PointsDelta[]): void;
  alert(alert: Alert): void;
  end(run: RunSummary): void;
}

function textView(): View {
  const latest = new Map<string, number>();
  const isScreen = process.stdout.isTTY;
  let said = '';
  let printedAt = 0;
  const print = (line: string) => process.stdout.write(isScreen ? `${CLEAR_LINE}${line}\n` : `${line}\n`);
  return {
    state(run) {
      const words = stateText(run);
      if (words !== said) print(`${run.id}: ${words}`);
      said = words;
      if (run.state !== 'running') return;
      const line = progressLine(run, latest);
      if (isScreen) process.stdout.write(CLEAR_LINE + line.slice(0, process.stdout.columns - 1));
      else if (Date.now() - printedAt >= LINE_PERIOD_MS) {
        print(line);
        printedAt = Date.now();
      }
    },
    points(batch) {
      for (const { tag, values } of batch) latest.set(tag, values.at(-1) ?? Number.NaN);
    },
    alert: ({ step, cause, remedy }) => print(`Alert at step ${step}: ${cause} ${remedy}`),
    end(run) {
      if (run.reason !== null) print(run.reason);
    },
  };
}

function jsonView(): View {
  const print = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
  return {
    state: (run) => print({ type: 'state', run }),
    points(batch) {
      for (const { tag, steps, values } of batch) {
        steps.forEach((step, i) =>
          print({ type: 'scalar', tag, step, value: jsonNumber(values[i] ?? Number.NaN) }),
        );
      }
    },
    alert: (alert) => print({ type: 'alert', alert }),
    end: (run) => print({ type: 'end', run }),
  };
}

/** JSON has no NaN and no infinities: they become text. */
function jsonNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** Ctrl+C asks the run to stop; once more, kills it. Returns what takes the handler off. */
function stopOnInterrupt(folder: string): () => void {
  let times = 0;
  const interrupt = () => {
    times++;
    process.stderr.write(
      times === 1 ? '\nStopping after this step; Ctrl+C again kills the run.\n' : '\nKilling the run.\n',
    );
    requestStop(folder, times === 1 ? 'stop' : 'kill').catch((error: unknown) =>
      process.stderr.write(`${String(error)}\n`),
    );
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  };
}
