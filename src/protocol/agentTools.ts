/**
 * The wire between language models and the extension: the input of each tool. The manifest repeats the schemas as JSON
 * schemas, which an editor may check or not; a test holds the two together.
 */
import * as v from 'valibot';
import { HumanError } from '../domain/errors';

const run = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(300),
  v.description('Id of the run, its name, or the only id or name that begins so; see the list of runs.'),
);

function whole(most: number, description: string) {
  return v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most), v.description(description));
}

/** Most runs in one list, and in one comparison. */
export const MOST_RUNS = 100;
const MOST_COMPARED = 8;
const MOST_POINTS = 200;

export const listSchema = v.object({
  text: v.exactOptional(
    v.pipe(v.string(), v.maxLength(300), v.description('Words that name, id, notes or tags must contain.')),
  ),
  states: v.exactOptional(
    v.pipe(
      v.array(v.pipe(v.string(), v.maxLength(40))),
      v.maxLength(20),
      v.description(
        'States, any of which will do: running, queued, completed, stopped, failed, killed, crashed.',
      ),
    ),
  ),
  limit: v.exactOptional(whole(MOST_RUNS, 'How many runs at most, newest first; 20 by default.')),
});

export const showSchema = v.object({ run });

export const compareSchema = v.object({
  runs: v.pipe(
    v.array(run),
    v.minLength(2),
    v.maxLength(MOST_COMPARED),
    v.description('Two to eight runs, the first being the baseline.'),
  ),
});

export const seriesSchema = v.object({
  run,
  tag: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(300),
    v.description('The tag of the metric, for example loss/optimised.'),
  ),
  points: v.exactOptional(
    whole(
      MOST_POINTS,
      'Most points; 50 by default. Longer series come as buckets with exact minimum, maximum and last value.',
    ),
  ),
});

export const startSchema = v.object({
  file: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(1000),
    v.description('Path of a *.supcon.json of the workspace, absolute or relative to the workspace folder.'),
  ),
});

export const stopSchema = v.object({ run });

/** A parser of a tool's input. It throws HumanError with the key that is wrong, which the model is told. */
export type ToolInput<Input> = (input: unknown) => Input;

/** The parsers of all tools. */
export const TOOL_INPUT = {
  list: inputOf(listSchema),
  show: inputOf(showSchema),
  compare: inputOf(compareSchema),
  series: inputOf(seriesSchema),
  start: inputOf(startSchema),
  stop: inputOf(stopSchema),
};

function inputOf<Input>(schema: v.GenericSchema<unknown, Input>): ToolInput<Input> {
  return (input) => {
    const result = v.safeParse(schema, input);
    if (result.success) return result.output;
    const [{ message, path }] = result.issues;
    const key = path?.map((step) => String(step.key)).join('.') ?? 'the input';
    throw new HumanError(`"${key}" is not as the tool needs it (${message}): correct it.`);
  };
}
