/**
 * Runs an action at most once per gap, never two at a time, and never loses the last request. `soon` waits
 * for the gap, `now` does not. An action that fails is logged by the owner and tried again.
 */

export interface ThrottleOptions {
  readonly action: () => void | Promise<void>;
  /** Shortest time between two starts asked for by `soon`. */
  readonly gapMs: number;
  /** Told of every failure; returns how long to wait before the next try, or null to give up. */
  readonly onError: (error: unknown) => number | null;
}

export interface Throttle {
  /** Asks for a run within the gap. */
  soon(): void;
  /** Runs at once, or straight after the run in progress; resolves when that is done, failed or not. */
  now(): Promise<void>;
  /** Cancels what is waiting and waits for the run in progress. */
  dispose(): Promise<void>;
}

/** A throttle around an action; see the module. */
export function createThrottle({ action, gapMs, onError }: ThrottleOptions): Throttle {
  let lastStart = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let inFlight: Promise<void> | undefined;
  let disposed = false;

  const attempt = async () => {
    try {
      await action();
    } catch (error) {
      const retryMs = onError(error);
      if (retryMs !== null) schedule(retryMs);
    }
  };
  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    lastStart = performance.now();
    inFlight = attempt().finally(() => (inFlight = undefined));
    return inFlight;
  };
  const schedule = (delayMs: number) => {
    if (disposed || timer !== undefined) return;
    timer = setTimeout(fire, Math.max(0, delayMs));
  };
  const fire = () => {
    timer = undefined;
    if (inFlight === undefined) void start();
    else schedule(gapMs);
  };

  return {
    soon: () => schedule(lastStart + gapMs - performance.now()),
    now: async () => {
      while (inFlight !== undefined) await inFlight;
      if (!disposed) await start();
    },
    dispose: async () => {
      disposed = true;
      clearTimeout(timer);
      await inFlight;
    },
  };
}
