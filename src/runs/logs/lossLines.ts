/**
 * The loss that somebody else logs, under the names of ours: the same curve as the optimised loss, its collapse line,
 * floor and headroom beside it. So a dashboard and a comparison need not know whose run it is.
 */
import { headroom } from '../../domain/losses/bounds';
import type { LossBounds } from '../../domain/losses/bounds';
import { TAG } from '../../domain/metrics/tags';
import { isTrainingLoss } from '../../domain/run/logTags';
import type { EventSink } from '../../formats/events/sink';
import type { SeriesColumns } from '../../domain/series/growingSeries';

/** The points of one tag in the order in which they were recorded. */
export interface RecordedSeries {
  readonly length: number;
  columns(from?: number): SeriesColumns;
}

export interface LossLinesOptions {
  /** All tags of the run; what is derived is added to them through `scalar`. */
  readonly tags: () => readonly string[];
  /** The series of a tag that the run has. */
  readonly seriesOf: (tag: string) => RecordedSeries | undefined;
  readonly scalar: EventSink['scalar'];
}

export interface LossLinesWriter {
  /**
   * Adds what is new.
   * @param lines null while they are not known; once they are, they are drawn from the first step on
   * @param named tag of the loss; the first that reads like a training loss if empty
   */
  update(lines: LossBounds | null, named: string): void;
}

/** A writer that goes on behind what was derived before. */
export function createLossLines({ tags, seriesOf, scalar }: LossLinesOptions): LossLinesWriter {
  let chosen: string | undefined;
  const written = { loss: 0, lines: 0 };
  const choose = (named: string) => {
    chosen = lossTag(tags(), named);
    written.loss = seriesOf(TAG.loss)?.length ?? 0;
    written.lines = seriesOf(TAG.collapseLine)?.length ?? 0;
  };
  const addLoss = (loss: RecordedSeries) => {
    if (chosen === TAG.loss) return;
    const { steps, wallTimes, values } = loss.columns(written.loss);
    steps.forEach((step, i) => scalar(TAG.loss, step, wallTimes[i] ?? 0, values[i] ?? NaN));
  };
  const addLines = (loss: RecordedSeries, lines: LossBounds) => {
    const { steps, wallTimes, values } = loss.columns(written.lines);
    steps.forEach((step, i) => {
      const add = (tag: string, value: number) => {
        if (!Number.isNaN(value)) scalar(tag, step, wallTimes[i] ?? 0, value);
      };
      add(TAG.collapseLine, lines.collapse);
      add(TAG.floor, lines.floor);
      add(TAG.headroom, headroom(values[i] ?? NaN, lines));
    });
  };
  return {
    update: (lines, named) => {
      if (chosen === undefined) choose(named);
      const loss = chosen === undefined ? undefined : seriesOf(chosen);
      if (loss === undefined) return;
      // A session that began again has taken points back, and what was derived from them with them.
      written.loss = Math.min(written.loss, loss.length);
      written.lines = Math.min(written.lines, loss.length);
      addLoss(loss);
      written.loss = loss.length;
      if (lines === null) return;
      addLines(loss, lines);
      written.lines = loss.length;
    },
  };
}

function lossTag(tags: readonly string[], named: string): string | undefined {
  if (named !== '') return tags.includes(named) ? named : undefined;
  // A program that writes our own names needs no guess.
  return tags.includes(TAG.loss) ? TAG.loss : tags.find(isTrainingLoss);
}
