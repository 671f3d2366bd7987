/**
 * Growth of resident memory over thousands of steps of a tiny network (W=4, 8 x 2 views), by engine: the slope of a
 * straight line through samples taken every 100 steps, the first 500 left out. On WebGPU 500 further steps are
 * taken after those. Options: `engine=onnx`, `steps=N`.
 */
import { engineCommand, tryStart } from './sides.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';
import { slope } from '../protocol/statistics.mjs';

const MEGABYTE = 1e6;
const SAMPLE_STEPS = 100;
const SETTLING_STEPS = 500;
const PER_STEPS = 1000;
const MOST_GROWTH_MB = 1;

/** @type {import('../sides/step.mjs').StepSize} */
const SIZE = { encoder: 'small-resnet', width: 4, images: 8, views: 2 };

/** @type {readonly { title: string, engine: 'onnx' | 'tensorflow', kind: 'cpu' | 'gpu', steps: number }[]} */
const CASES = [
  { title: 'onnx cpu', engine: 'onnx', kind: 'cpu', steps: 10_000 },
  { title: 'tensorflow cpu', engine: 'tensorflow', kind: 'cpu', steps: 10_000 },
  { title: 'onnx WebGPU', engine: 'onnx', kind: 'gpu', steps: SETTLING_STEPS + 500 },
];

/** Nothing here is timed. */
export const isTimed = false;

/**
 * @typedef {import('../run.mjs').Bench} Bench
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 */

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  const wanted = CASES.filter(({ title }) => title.includes(bench.options['engine'] ?? ''));
  const outcomes = [];
  for (const memoryCase of wanted) outcomes.push(await measure(bench, memoryCase));
  return { results: outcomes.flatMap(({ results }) => results), bars: outcomes.flatMap(({ bars }) => bars) };
}

/**
 * @param {Bench} bench
 * @param {typeof CASES[number]} memoryCase
 * @returns {Promise<Outcome>}
 */
async function measure(bench, { title, engine, kind, steps }) {
  const bar = `${title}: growth of resident memory in MB per ${PER_STEPS} steps`;
  const limit = { atMost: MOST_GROWTH_MB };
  const options = { device: { kind, index: 0 }, precision: /** @type {const} */ ('float32') };
  const child = await tryStart(await engineCommand({ size: SIZE, engine, options }));
  if (typeof child === 'string') return { results: [], bars: [barWithout(bar, limit, child)] };
  try {
    bench.log(`${title}: ${JSON.stringify(child.hello)}`);
    const samples = await sampleMemory(child, Number(bench.options['steps'] ?? steps), bench);
    const late = samples.filter(([step]) => step >= SETTLING_STEPS);
    const growth = PER_STEPS * slope(late);
    return {
      results: [
        { case: `${title}: growth`, value: growth, unit: `MB per ${PER_STEPS} steps` },
        { case: `${title}: at the end`, value: samples.at(-1)?.[1] ?? Number.NaN, unit: 'MB' },
      ],
      bars: [barOf(bar, limit, growth)],
    };
  } catch (error) {
    return {
      results: [],
      bars: [barWithout(bar, limit, error instanceof Error ? error.message : String(error))],
    };
  } finally {
    await child.close();
  }
}

/**
 * @param {import('../protocol/child.mjs').Child} child
 * @param {number} steps
 * @param {Bench} bench
 * @returns {Promise<[number, number][]>} pairs (steps done, megabytes)
 */
async function sampleMemory(child, steps, bench) {
  /** @type {[number, number][]} */
  const samples = [];
  for (let done = SAMPLE_STEPS; done <= steps; done += SAMPLE_STEPS) {
    const { rss } = await child.ask(`run ${SAMPLE_STEPS}`);
    samples.push([done, Number(rss) / MEGABYTE]);
    if (done % PER_STEPS === 0) bench.log(`  ${done} steps: ${(Number(rss) / MEGABYTE).toFixed(1)} MB`);
  }
  return samples;
}
