/**
 * The loss of a run that others log, under the names of ours, with its collapse line and floor: added behind what the
 * logs of the run hold.
 */
import type { Parameters } from '../../formats/events/sink';
import type { LossKnowledge } from './lossFacts';
import { lossFactsOf, readLossFacts } from './lossFacts';
import type { LossLinesOptions, LossLinesWriter } from './lossLines';
import { createLossLines } from './lossLines';

/** Parameters and output may come late, and looking for them reads a file or two. */
const FACTS_GAP_MS = 5000;

export interface OthersLossOptions extends LossLinesOptions {
  readonly folder: string;
  /** Those that were found in the logs and beside them. */
  readonly parameters: () => Parameters;
  /** Goes up when series were cleared, or are other objects than before. */
  readonly generation: () => number;
}

/** Keeps what is derived of one run. */
export class OthersLoss {
  private writer: LossLinesWriter | undefined;
  private generation = -1;
  private facts: LossKnowledge | undefined;
  private askedAt = -Infinity;

  constructor(private readonly options: OthersLossOptions) {}

  /**
   * Adds what follows from the points that were read since.
   * @param kind of a command's loss, its configuration and its output tell more than its logs
   */
  async update(kind: 'command' | 'foreign'): Promise<void> {
    await this.learn(kind);
    if (this.facts === undefined) return;
    const generation = this.options.generation();
    if (this.generation !== generation) this.writer = undefined;
    this.generation = generation;
    this.writer ??= createLossLines(this.options);
    this.writer.update(this.facts.lines, this.facts.lossTag);
  }

  /** Once the lines are known, nothing more is asked. */
  private async learn(kind: 'command' | 'foreign'): Promise<void> {
    if (this.facts?.lines || performance.now() - this.askedAt < FACTS_GAP_MS) return;
    this.askedAt = performance.now();
    const parameters = this.options.parameters();
    this.facts =
      kind === 'foreign' ? lossFactsOf(parameters) : await readLossFacts(this.options.folder, parameters);
  }
}
