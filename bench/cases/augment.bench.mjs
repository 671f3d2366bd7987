/** Views per second and core of each policy of augmentation, by processor time: medians over rounds. */
import { bundleSide } from '../protocol/bundle.mjs';
import { startChild } from '../protocol/child.mjs';
import { barOf } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';

const ROUNDS = 7;
const VIEWS = 10_000;
/** Rounds before the first that counts: the kernels are compiled as they run. */
const WARM_UPS = 2;
const REQUIRED_VIEWS_PER_SECOND = 20_000;
/** The bar is for it. */
const DEFAULT = 'jitter';
const POLICIES = [DEFAULT, 'sim', 'auto', 'rand', 'stacked-rand'];

/**
 * @param {import('../run.mjs').Bench} bench
 * @returns {Promise<import('../protocol/report.mjs').Outcome>}
 */
export async function run(bench) {
  const sides = await Promise.all(POLICIES.map(startSide));
  try {
    for (const { measure } of sides) for (let i = 0; i < WARM_UPS; i++) await measure();
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const medians = await measureRounds(sides, { guard: bench.guard, rounds, log: bench.log });
    const measured = (/** @type {string} */ policy) => Math.round(medians.get(policy) ?? Number.NaN);
    return {
      results: POLICIES.map((policy) => ({
        case: `policy ${policy}, 32x32x3, one thread`,
        value: measured(policy),
        unit: 'views/s',
      })),
      bars: [barOf('32x32 views/s per core', { atLeast: REQUIRED_VIEWS_PER_SECOND }, measured(DEFAULT))],
    };
  } finally {
    await Promise.all(sides.map(({ close }) => close()));
  }
}

/**
 * A process for each policy, as each run has one: the kernels are compiled for what they are used for.
 * @param {string} policy
 */
async function startSide(policy) {
  const program = process.execPath;
  const child = await startChild({ program, args: [await bundleSide('sides/augment.mjs'), policy] });
  const cpuMs = async () => Number((await child.ask(`run ${VIEWS}`))['cpuMs']);
  return { name: policy, measure: async () => [(1000 * VIEWS) / (await cpuMs())], close: child.close };
}
