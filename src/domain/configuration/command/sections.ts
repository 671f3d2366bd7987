/** What a `*.supcon.json` with a command may say: the program, where its numbers appear, and what its loss is. */
import * as v from 'valibot';
import { LOSS_NAMES } from '../../losses/kinds';
import { choice, group, realOrUnknown, text, wholeOrUnknown } from '../fields';

/** Stands for the run's own folder in arguments, variables and the place of the logs. */
export const RUN_PLACEHOLDER = '{run}';

const MOST_ARGUMENTS = 1000;
const COUNT = { minimum: 1, maximum: 1_000_000_000 };

/** No operating system passes on a text with a zero byte in it. */
const passable = (sentence: string) =>
  v.pipe(
    v.string(sentence),
    v.check((value) => !value.includes('\0'), sentence),
  );

const variableName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be named by letters, digits and underscores'),
);

/** The section `command`. */
export const command = v.pipe(
  v.strictObject(
    {
      program: v.pipe(
        passable('must be the name or path of a program in quotes'),
        v.nonEmpty('must be the name or path of a program in quotes'),
        v.description(
          'The program: a name that is looked up in PATH, or a path, relative to the working folder. No shell reads it.',
        ),
      ),
      arguments: v.optional(
        v.pipe(
          v.array(passable('must be a text in quotes'), 'must be a list of texts, one for each argument'),
          v.maxLength(MOST_ARGUMENTS, `must be a list of at most ${MOST_ARGUMENTS} texts`),
          v.description('Its arguments, one text each; "{run}" stands for the folder of the run.'),
        ),
        (): string[] => [],
      ),
      workingFolder: text('', 'Where it runs, relative to this file; the folder of this file when empty.'),
      environment: v.optional(
        v.pipe(
          v.record(
            variableName,
            passable('must be a text in quotes'),
            'must be an object of texts in braces',
          ),
          v.description(
            'Variables beside those of the machine. Their values are shown and stored with the run: secrets do not belong here.',
          ),
        ),
        {},
      ),
      logs: text(
        '',
        'Folder or file where its TensorBoard events, CSV or JSONL appear, relative to the working folder; "{run}" stands for the folder of the run, which is also the default.',
      ),
      steps: wholeOrUnknown(COUNT, 'Steps of the whole run, for the progress; null if unknown.'),
      batchSize: wholeOrUnknown(COUNT, 'Images N in a batch; null looks in arguments and logs.'),
      views: wholeOrUnknown(COUNT, 'Views V of each image; null looks in arguments and logs.'),
      classes: wholeOrUnknown(
        COUNT,
        'Classes C of the data set, for the floor of the loss; null if unknown.',
      ),
      lossTag: text('', 'Tag of the loss in its logs; the first that reads like a training loss when empty.'),
    },
    'must be an object in braces',
  ),
  v.description('Run this program in place of a training of ours. It is asked about before it first runs.'),
);

/** The section `loss` beside a command: what the program optimises, as far as it is known. */
export const commandLoss = group(
  {
    name: choice(['unknown', ...LOSS_NAMES], 'unknown', 'The loss that the program optimises.'),
    temperature: realOrUnknown(
      { minimum: 0.0001, maximum: 1000 },
      'Its temperature tau; null looks in arguments and logs.',
    ),
    scale: choice(
      ['unknown', 'raw', 'tau', 'tau/base'],
      'unknown',
      'Factor on the logged loss: raw is 1, tau the code of the paper, tau/base SupContrast.',
    ),
    baseTemperature: realOrUnknown(
      { minimum: 0.0001, maximum: 1000 },
      'The base of the scale "tau/base"; SupContrast has 0.07, which null stands for.',
    ),
  },
  'What the program optimises, for the collapse line.',
);
