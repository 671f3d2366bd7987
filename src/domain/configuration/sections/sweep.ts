/** Many runs from one configuration: which keys vary, over which values and seeds. */
import * as v from 'valibot';
import { whole } from '../fields';

const SEEDS = 'must be how many seeds (1 to 1000), or a list of seeds (whole numbers from 0)';
const SEED = v.pipe(
  v.number(SEEDS),
  v.integer(SEEDS),
  v.minValue(0, SEEDS),
  v.maxValue(4_294_967_295, SEEDS),
);
const SEED_COUNT = v.pipe(v.number(SEEDS), v.integer(SEEDS), v.minValue(1, SEEDS), v.maxValue(1000, SEEDS));
const VALUES = v.pipe(v.array(v.unknown(), 'must be a list of values'), v.minLength(1, 'must not be empty'));

const range = v.strictObject(
  {
    from: v.number('must be a number'),
    to: v.number('must be a number'),
    scale: v.optional(v.picklist(['linear', 'log'], 'must be one of "linear", "log"'), 'linear'),
  },
  'must be a list of values, or {"from", "to", "scale"}',
);

/** Absent in the configuration of a single run. */
export const sweep = v.exactOptional(
  v.pipe(
    v.strictObject(
      {
        grid: v.optional(
          v.pipe(
            v.record(v.string(), VALUES, 'must be an object in braces'),
            v.description('Key paths, each with its values; every combination is run.'),
          ),
          {},
        ),
        random: v.optional(
          v.pipe(
            v.record(v.string(), v.union([VALUES, range]), 'must be an object in braces'),
            v.description(
              'Key paths, each with values to choose from or a range to draw from; "samples" says how often.',
            ),
          ),
          {},
        ),
        samples: whole(
          0,
          { minimum: 0, maximum: 10_000 },
          'How many times the keys of "random" are drawn, for every combination of the grid.',
        ),
        seeds: v.optional(
          v.pipe(
            v.union([SEED_COUNT, v.pipe(v.array(SEED, SEEDS), v.minLength(1, SEEDS))], SEEDS),
            v.description('How many seeds each setting is run with, counted from "seed", or which ones.'),
          ),
          1,
        ),
      },
      'must be an object in braces',
    ),
    v.description('Many runs from this file: a grid, random draws, several seeds.'),
  ),
);
