/**
 * Last, smallest and largest value of every tag of a run, from its event files or whatever else its program logs. Of a
 * program of others, its loss, collapse line and headroom come under the names of ours, as they do in charts.
 */
import type { TagFigures } from '../../domain/diff/facts';
import { HumanError } from '../../domain/errors';
import type { Columns, SeriesStore } from '../../formats/events/series';
import { createSeriesStore } from '../../formats/events/series';
import type { Parameters } from '../../formats/events/sink';
import type { LossKnowledge } from '../logs/lossFacts';
import { readLossFacts } from '../logs/lossFacts';
import { createLossLines } from '../logs/lossLines';
import { createRunReader } from '../watch/reader';

/** What was read, and a sentence for each file that cannot be read on. */
export interface ReadTags {
  readonly tags: readonly TagFigures[];
  /** What is known of the loss of a program of others; undefined for a training of ours. */
  readonly program: LossKnowledge | undefined;
  readonly problems: readonly string[];
}

/** Reads the logs of a run folder. Never throws. */
export async function readTags(folder: string): Promise<ReadTags> {
  const store = createSeriesStore();
  const problems: string[] = [];
  const onProblem = (sentence: string) => void problems.push(sentence);
  let parameters: Parameters = {};
  const sink = {
    ...store,
    parameters: (values: Parameters) => void (parameters = { ...parameters, ...values }),
  };
  const reader = createRunReader({ folder, sink, onAlert: () => undefined, onProblem });
  await reader.catchUp();
  const program =
    (await reader.kind()) !== 'training'
      ? await readLossFacts(folder, parameters).catch((thrown: unknown) => explain(thrown, onProblem))
      : undefined;
  if (program !== undefined) addLossLines(store, program);
  const tags = [...store.series.values()]
    .filter(({ length }) => length > 0)
    .map((series) => figuresOf(series.tag, series.columns()));
  return { tags, program, problems };
}

function explain(thrown: unknown, onProblem: (sentence: string) => void): undefined {
  if (!(thrown instanceof HumanError)) throw thrown;
  onProblem(thrown.message);
}

function addLossLines(store: SeriesStore, { lines, lossTag }: LossKnowledge): void {
  const writer = createLossLines({
    tags: () => [...store.series.keys()],
    seriesOf: (tag) => store.series.get(tag),
    scalar: (tag, step, wallTime, value) => store.scalar(tag, step, wallTime, value),
  });
  writer.update(lines, lossTag);
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
