/**
 * Time of one training step: our engines against PyTorch on the same network, batch and threads. All sides of a
 * precision are alive at once and take turns. Options: `case=W=16` measures the cases whose name holds the text,
 * `group=float32` those precisions, `rounds=N`.
 */
import { barOf, barWithout } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';
import { stepTimes, tryStart } from './sides.mjs';
import { CASES, groupsOf } from './stepSides.mjs';

const ROUNDS = 5;
/** Each side runs about this long in a round, and never fewer than two steps. */
const TURN_MS = 3000;
const LEAST_STEPS = 2;
const WARM_UP_STEPS = 2;

/**
 * @typedef {import('../run.mjs').Bench} Bench
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 * @typedef {import('../protocol/child.mjs').Child} Child
 * @typedef {import('./stepSides.mjs').StepCase} StepCase
 * @typedef {import('./stepSides.mjs').Group} Group
 * @typedef {{ name: string, child: Child, steps: number }} LiveSide
 */

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  const { case: caseText = '', group: groupText = '' } = bench.options;
  const wanted = CASES.filter(({ title }) => title.includes(caseText));
  const outcomes = [];
  for (const stepCase of wanted) {
    const groups = await groupsOf(stepCase, bench.graphicsCards.length > 0);
    for (const group of groups.filter(({ title }) => title.includes(groupText)))
      outcomes.push(await measureGroup(bench, stepCase, group));
  }
  return { results: outcomes.flatMap(({ results }) => results), bars: outcomes.flatMap(({ bars }) => bars) };
}

/**
 * @param {Bench} bench
 * @param {StepCase} stepCase
 * @param {Group} group
 * @returns {Promise<Outcome>}
 */
async function measureGroup(bench, { title }, group) {
  bench.log(`${title}, ${group.title}`);
  const { live, missing } = await startSides(bench, group);
  try {
    const sides = live.map(({ name, child, steps }) => ({ name, measure: () => stepTimes(child, steps) }));
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const medians = await measureRounds(sides, { guard: bench.guard, rounds, log: bench.log });
    return outcomeOf(title, group, { medians, missing, live });
  } finally {
    await Promise.all(live.map(({ child }) => child.close()));
  }
}

/**
 * @param {Bench} bench
 * @param {Group} group
 */
async function startSides(bench, { sides }) {
  /** @type {LiveSide[]} */
  const live = [];
  /** @type {Map<string, string>} */
  const missing = new Map();
  for (const { name, command } of sides) {
    const child = await tryStart(command);
    if (typeof child === 'string') missing.set(name, child);
    else live.push({ name, child, steps: await stepsPerTurn(child) });
    bench.log(`  ${name}: ${typeof child === 'string' ? child : JSON.stringify(child.hello)}`);
  }
  return { live, missing };
}

/** Warms the side up; how many steps fill its turn. */
async function stepsPerTurn(/** @type {Child} */ child) {
  const times = await stepTimes(child, WARM_UP_STEPS);
  return Math.max(LEAST_STEPS, Math.round(TURN_MS / (times.at(-1) ?? TURN_MS)));
}

/**
 * @param {string} title
 * @param {Group} group
 * @param {{ medians: ReadonlyMap<string, number>, missing: ReadonlyMap<string, string>, live: LiveSide[] }} measured
 * @returns {Outcome}
 */
function outcomeOf(title, { peer, sides }, { medians, missing, live }) {
  const peerMs = medians.get(peer);
  const times = [...medians].map(([name, ms]) => ({ case: `${title}: ${name}`, value: ms, unit: 'ms/step' }));
  const counts = live.map(({ name, child }) => ({
    case: `${title}: ${name}: trained values`,
    value: Number(child.hello['parameters']),
    unit: 'values',
  }));
  const ratios = [...medians].flatMap(([name, ms]) =>
    peerMs === undefined || name === peer
      ? []
      : [{ case: `${title}: ${name} against ${peer}`, value: peerMs / ms, unit: 'x' }],
  );
  const bars = sides.flatMap(({ name, atLeast }) => {
    if (atLeast === undefined) return [];
    const bar = `${title}: ${name} against ${peer}`;
    const ms = medians.get(name);
    const reason = missing.get(name) ?? missing.get(peer) ?? 'It was not measured.';
    if (ms === undefined || peerMs === undefined) return [barWithout(bar, { atLeast }, reason)];
    return [barOf(bar, { atLeast }, peerMs / ms)];
  });
  return { results: [...times, ...ratios, ...counts], bars };
}
