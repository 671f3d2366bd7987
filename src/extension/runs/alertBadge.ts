/** How many alerts of a run want attention, told whenever that changes. Knows nothing of the editor. */
import { countPending, groupAlerts } from '../../domain/run/alertGroups';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { LiveRunPool } from './liveRun';

/** The count for one run at a time. */
export class AlertBadge implements Disposable {
  readonly #pool: LiveRunPool;
  readonly #tell: (count: number) => void;
  #folder: string | undefined;
  #watch = new DisposableStore();
  #told = 0;

  /** @param tell hears of every change; before the first there is nothing */
  constructor(pool: LiveRunPool, tell: (count: number) => void) {
    this.#pool = pool;
    this.#tell = tell;
  }

  /** Counts the alerts of this run from now on; of none, there are none. */
  show(folder: string | undefined): void {
    if (folder === this.#folder) return;
    this.#folder = folder;
    this.#watch.dispose();
    this.#watch = new DisposableStore();
    if (folder === undefined) {
      this.#set(0);
      return;
    }
    const lease = this.#watch.add(this.#pool.acquire(folder));
    const count = () => {
      const { alerts, run } = lease.live;
      this.#set(countPending(groupAlerts(alerts, run?.acknowledged)));
    };
    this.#watch.add(lease.live.onDidChange(count));
    count();
  }

  dispose(): void {
    this.#watch.dispose();
  }

  #set(count: number): void {
    if (count !== this.#told) this.#tell(count);
    this.#told = count;
  }
}
