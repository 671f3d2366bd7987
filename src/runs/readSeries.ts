/** One tag of a run, read from its files from beginning to end. */
import { GrowingSeries } from '../domain/series/growingSeries';
import { createRunReader } from './watch/reader';

export interface ReadSeries {
  /** Undefined if the run has no such tag. */
  readonly series: GrowingSeries | undefined;
  /** Every tag that the run has. */
  readonly tags: readonly string[];
  /** A sentence for each file that cannot be read on. */
  readonly problems: readonly string[];
}

/** Reads the files of a run folder. Never throws. */
export async function readSeries(folder: string, tag: string): Promise<ReadSeries> {
  const series = new GrowingSeries();
  const tags = new Set<string>();
  const problems: string[] = [];
  const sink = {
    scalar: (name: string, step: number, wallTime: number, value: number) => {
      tags.add(name);
      if (name === tag) series.push(step, wallTime, value);
    },
    sessionStart: (step: number) => series.supersedeFrom(step),
  };
  const onProblem = (sentence: string) => problems.push(sentence);
  await createRunReader({ folder, sink, onAlert: () => undefined, onProblem }).catchUp();
  return { series: tags.has(tag) ? series : undefined, tags: [...tags], problems };
}
