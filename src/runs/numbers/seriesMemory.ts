/** How much of the runs' series stays in memory: what was asked for longest ago goes back to the disk first. */
import type { FollowedRun } from './followedRun';

export class SeriesMemory {
  constructor(
    private readonly runs: () => readonly FollowedRun[],
    private readonly mostBytes: number,
  ) {}

  /** Whether it is time to write caches, from which memory can be given back. */
  get isHalfFull(): boolean {
    return this.warmBytes() >= this.mostBytes / 2;
  }

  /** Gives back what is too much, as far as it is on the disk. */
  coolDown(): void {
    let total = this.warmBytes();
    for (const run of [...this.runs()].sort((a, b) => a.lastAsked - b.lastAsked)) {
      if (total <= this.mostBytes) return;
      total -= run.store.warmBytes;
      run.coolDown();
    }
  }

  private warmBytes(): number {
    return this.runs().reduce((sum, { store }) => sum + store.warmBytes, 0);
  }
}
