/** Writes down that a kind of alert of a run was seen to, by whatever page somebody says so on. */
import type { RunBackend } from './backend';

/** One kind of alerts of one run. */
export interface SeenAlert {
  /** The run's folder. */
  readonly run: string;
  readonly kind: string;
}

/** Acknowledges it for everybody, from now on. Throws HumanError if it cannot be written. */
export function acknowledge(backend: Pick<RunBackend, 'annotate'>, { run, kind }: SeenAlert): Promise<void> {
  return backend.annotate(run, { acknowledge: { kinds: [kind], at: Date.now() } });
}
