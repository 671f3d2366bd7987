/**
 * One watched run as the pages need it: everything so far for a snapshot, and what is new for deltas. Pages
 * that show the same run share one watch; it ends with the last of them.
 */
import type { Alert } from '../../domain/run/alert';
import type { RunSummary } from '../../domain/run/state';
import type { Column } from '../../domain/series/column';
import { append, EMPTY_COLUMN, stepsOf, valuesOf, wallTimesOf } from '../../domain/series/column';
import type { SeriesPoints } from '../../protocol/series';
import type { Disposable } from '../disposable';
import { Emitter } from '../disposable';
import type { AppendedPoints, RunBackend } from './backend';

/** What is new about a run. */
export interface RunChange {
  readonly run: RunSummary | null;
  readonly series: readonly AppendedPoints[];
  readonly alerts: readonly Alert[];
}

/** A run that is being watched. */
export class LiveRun {
  readonly #changed = new Emitter<RunChange>();
  readonly #series = new Map<string, Column>();
  readonly #alerts: Alert[] = [];
  readonly #watch: Disposable;
  #run: RunSummary | null = null;

  constructor(backend: RunBackend, folder: string) {
    this.#watch = backend.watchRun(folder, {
      onState: (run) => this.#change({ run, series: [], alerts: [] }),
      onPoints: (series) => this.#change({ run: this.#run, series, alerts: [] }),
      onAlerts: (alerts) => this.#change({ run: this.#run, series: [], alerts }),
    });
  }

  readonly onDidChange = this.#changed.event;

  /** The last summary; null before the first reading. */
  get run(): RunSummary | null {
    return this.#run;
  }

  get alerts(): Alert[] {
    return [...this.#alerts];
  }

  /** Copies of all columns; copies, because a view onto storage would drag the whole buffer along. */
  copySeries(): SeriesPoints[] {
    return [...this.#series].map(([tag, column]) => ({
      tag,
      steps: stepsOf(column).slice(),
      wallTimes: wallTimesOf(column).slice(),
      values: valuesOf(column).slice(),
    }));
  }

  dispose(): void {
    this.#watch.dispose();
  }

  #change(change: RunChange): void {
    this.#run = change.run;
    for (const points of change.series) {
      const column = this.#series.get(points.tag) ?? EMPTY_COLUMN;
      this.#series.set(points.tag, append(column, points, points.restart));
    }
    this.#alerts.push(...change.alerts);
    this.#changed.fire(change);
  }
}

/** A counted hold on a live run. */
export interface LiveRunLease extends Disposable {
  readonly live: LiveRun;
}

/** Shares live runs between pages. */
export class LiveRunPool {
  readonly #backend: RunBackend;
  readonly #held = new Map<string, { live: LiveRun; holders: number }>();

  constructor(backend: RunBackend) {
    this.#backend = backend;
  }

  /** Watches a run until the lease is disposed. */
  acquire(folder: string): LiveRunLease {
    const entry = this.#held.get(folder) ?? { live: new LiveRun(this.#backend, folder), holders: 0 };
    entry.holders++;
    this.#held.set(folder, entry);
    let isHeld = true;
    return {
      live: entry.live,
      dispose: () => {
        if (!isHeld) return;
        isHeld = false;
        if (--entry.holders > 0) return;
        this.#held.delete(folder);
        entry.live.dispose();
      },
    };
  }
}
