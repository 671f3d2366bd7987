/**
 * `npm run check:cuda`: whether the engine `tensorflow` works on an NVIDIA card. The same training step runs on the
 * card and on the processor from one initial state; the first losses must agree, and training must lower the loss.
 */
import { barOf, barWithout } from '../protocol/report.mjs';
import { engineCommand, stepTimes, tryStart } from './sides.mjs';

const STEPS = 100;
/** Relative difference of the first losses: convolutions on the card may multiply in TF32, with 10 bits. */
const MOST_DIFFERENCE = 1e-2;
/** Loss after training on one constant batch, as a share of the first. */
const MOST_LEFT = 0.9;

const BARS = {
  agreement: 'relative difference of the first loss, card against processor',
  training: `loss after ${STEPS} steps over the first loss`,
};

/** @type {import('../sides/step.mjs').StepSize} */
const SIZE = { encoder: 'small-resnet', width: 16, images: 64, views: 2 };

/**
 * @typedef {import('../run.mjs').Bench} Bench
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 */

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  if (bench.graphicsCards.length === 0)
    return without('There is no NVIDIA card here: nvidia-smi names none.');
  const processor = await start('cpu');
  const card = await start('gpu');
  try {
    if (typeof card === 'string') return without(card);
    if (typeof processor === 'string') return without(processor);
    bench.log(`on ${String(card.hello['device'])}`);
    return await compare(card, Number(processor.hello['loss']));
  } finally {
    for (const child of [processor, card]) if (typeof child !== 'string') await child.close();
  }
}

/** @param {'cpu' | 'gpu'} kind */
async function start(kind) {
  const options = { device: { kind, index: 0 }, precision: /** @type {const} */ ('float32') };
  return tryStart(await engineCommand({ size: SIZE, engine: 'tensorflow', options }));
}

/**
 * @param {import('../protocol/child.mjs').Child} card
 * @param {number} expected
 * @returns {Promise<Outcome>}
 */
async function compare(card, expected) {
  const first = Number(card.hello['loss']);
  const times = await stepTimes(card, STEPS - 1);
  const { loss } = await card.ask('run 1');
  return {
    results: [
      { case: 'first loss on the card', value: first, unit: 'nats' },
      { case: 'last loss on the card', value: Number(loss), unit: 'nats' },
      { case: 'last step on the card', value: times.at(-1) ?? Number.NaN, unit: 'ms' },
    ],
    bars: [
      barOf(BARS.agreement, { atMost: MOST_DIFFERENCE }, Math.abs(first - expected) / expected),
      barOf(BARS.training, { atMost: MOST_LEFT }, Number(loss) / first),
    ],
  };
}

/**
 * @param {string} reason
 * @returns {Outcome}
 */
function without(reason) {
  return {
    results: [],
    bars: [
      barWithout(BARS.agreement, { atMost: MOST_DIFFERENCE }, reason),
      barWithout(BARS.training, { atMost: MOST_LEFT }, reason),
    ],
  };
}
