/**
 * The stop ladder: ask, then interrupt, then kill. Each rung has a deadline that everyone can see, and
 * nothing climbs down.
 */
import type { StopLadder } from '../../domain/run/state';
import type { LadderDeadlines } from './options';

export type Rung = StopLadder['level'];

export interface LadderOptions {
  readonly deadlines: LadderDeadlines;
  /** Called once for each rung, as it is taken. */
  readonly take: (stop: StopLadder) => void;
}

export interface Ladder {
  /** Takes the first rung, unless one is taken already. */
  ask(): void;
  /** Skips the polite rung; on the second rung, goes to the last. */
  force(): void;
  current(): StopLadder | null;
  /** No more rungs: the trainer has ended. */
  end(): void;
}

/** A ladder on which nobody stands yet. */
export function createLadder({ deadlines, take }: LadderOptions): Ladder {
  let stop: StopLadder | null = null;
  let timer: NodeJS.Timeout | undefined;
  const patience = { asked: deadlines.askedMs, interrupted: deadlines.interruptedMs, killed: null };

  const climb = (level: Rung) => {
    clearTimeout(timer);
    const since = Date.now();
    const patienceMs = patience[level];
    stop = { level, since, deadline: patienceMs === null ? null : since + patienceMs };
    if (patienceMs !== null) timer = setTimeout(() => climb(nextRung(level)), patienceMs);
    take(stop);
  };

  return {
    ask: () => {
      if (stop === null) climb('asked');
    },
    force: () => {
      if (stop?.level !== 'killed') climb(stop?.level === 'interrupted' ? 'killed' : 'interrupted');
    },
    current: () => stop,
    end: () => clearTimeout(timer),
  };
}

function nextRung(level: Rung): Rung {
  return level === 'asked' ? 'interrupted' : 'killed';
}
