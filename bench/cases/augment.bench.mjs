/** Views per second and core of the augmentation kernels, by processor time: medians over rounds. */
import { bundleSide } from '../protocol/bundle.mjs';
import { startChild } from '../protocol/child.mjs';
import { barOf } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';

const ROUNDS = 7;
const VIEWS = 10_000;
/** Rounds before the first that counts: the kernels are compiled as they run. */
const WARM_UPS = 2;
const REQUIRED_VIEWS_PER_SECOND = 20_000;
const NAME = 'views/s';

/**
 * @param {import('../run.mjs').Bench} bench
 * @returns {Promise<import('../protocol/report.mjs').Outcome>}
 */
export async function run(bench) {
  const child = await startChild({
    program: process.execPath,
    args: [await bundleSide('sides/augment.mjs')],
  });
  const rate = async () => (1000 * VIEWS) / Number((await child.ask(`run ${VIEWS}`))['cpuMs']);
  try {
    for (let i = 0; i < WARM_UPS; i++) await rate();
    const sides = [{ name: NAME, measure: async () => [await rate()] }];
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const medians = await measureRounds(sides, { guard: bench.guard, rounds, log: bench.log });
    const measured = Math.round(medians.get(NAME) ?? Number.NaN);
    return {
      results: [{ case: 'default recipe, 32x32x3, one thread', value: measured, unit: 'views/s' }],
      bars: [barOf('32x32 views/s per core', { atLeast: REQUIRED_VIEWS_PER_SECOND }, measured)],
    };
  } finally {
    await child.close();
  }
}
