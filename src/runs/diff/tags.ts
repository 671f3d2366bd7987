/** Last, smallest and largest value of every tag of a run, from its event files. */
import type { TagFigures } from '../../domain/diff/facts';
import type { Columns } from '../../formats/events/series';
import { createSeriesStore } from '../../formats/events/series';
import { createRunReader } from '../watch/reader';

/** What was read, and a sentence for each file that cannot be read on. */
export interface ReadTags {
  readonly tags: readonly TagFigures[];
  readonly problems: readonly string[];
}

/** Reads the event files of a run folder. Never throws. */
export async function readTags(folder: string): Promise<ReadTags> {
  const sink = createSeriesStore();
  const problems: string[] = [];
  const onProblem = (sentence: string) => problems.push(sentence);
  await createRunReader({ folder, sink, onAlert: () => undefined, onProblem }).catchUp();
  const tags = [...sink.series.values()]
    .filter(({ length }) => length > 0)
    .map((series) => figuresOf(series.tag, series.columns()));
  return { tags, problems };
}

/** NaN where a series has no finite value, except for the last value, which is what it is. */
function figuresOf(tag: string, { steps, values }: Columns): TagFigures {
  let [min, minStep, max, maxStep] = [Number.NaN, 0, Number.NaN, 0];
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const step = steps[i] ?? 0;
    if (!(value >= min)) [min, minStep] = [value, step];
    if (!(value <= max)) [max, maxStep] = [value, step];
  });
  const last = values.at(-1) ?? Number.NaN;
  const lastStep = steps.at(-1) ?? 0;
  return { tag, points: values.length, last, lastStep, min, minStep, max, maxStep };
}
