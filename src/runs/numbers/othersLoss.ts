/**
 * The loss of a run that others log, under the names of ours, with its collapse line and floor: added to the run's store
 * behind what its files hold.
 */
import type { LossKnowledge } from '../logs/lossFacts';
import { readLossFacts } from '../logs/lossFacts';
import type { LossLinesWriter } from '../logs/lossLines';
import { createLossLines } from '../logs/lossLines';
import type { RunStore } from './store/runStore';

/** Parameters and output may come late, and looking for them reads a file or two. */
const FACTS_GAP_MS = 5000;

/** Keeps what is derived of one run. */
export class OthersLoss {
  private writer: LossLinesWriter | undefined;
  private generation = -1;
  private facts: LossKnowledge | undefined;
  private askedAt = -Infinity;

  constructor(
    private readonly folder: string,
    private readonly store: RunStore,
  ) {}

  /** Adds what follows from the points that were read since. */
  async update(): Promise<void> {
    await this.learn();
    const { facts, store } = this;
    if (facts === undefined) return;
    // Series that were cleared or put on the disk are other objects than before.
    if (this.generation !== store.generation) this.writer = undefined;
    this.writer ??= createLossLines({
      tags: () => store.tags,
      seriesOf: (tag) => (store.has(tag) ? store.seriesOf(tag) : undefined),
      scalar: (tag, step, wallTime, value) => {
        store.seriesOf(tag).push(step, wallTime, value);
        store.version++;
      },
    });
    this.generation = store.generation;
    this.writer.update(facts.lines, facts.lossTag);
  }

  /** Once the lines are known, nothing more is asked. */
  private async learn(): Promise<void> {
    if (this.facts?.lines || performance.now() - this.askedAt < FACTS_GAP_MS) return;
    this.askedAt = performance.now();
    this.facts = await readLossFacts(this.folder, this.store.parameters);
  }
}
