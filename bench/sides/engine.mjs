/**
 * A side that runs the training step on one of our engines. Argument: JSON with the step's size, the engine and
 * its options. Answers `run K` with the times of K steps, the last loss, and the resident memory.
 */
import { createEngine } from '../../src/engine/choose';
import { serve, timeSteps } from './answers.mjs';
import { trainingStep } from './step.mjs';

/**
 * @typedef {object} EngineSetting
 * @property {import('./step.mjs').StepSize} size
 * @property {'onnx' | 'tensorflow' | 'eager'} engine
 * @property {import('../../src/engine/options').EngineOptions} options
 */

/** @type {EngineSetting} */
const { size, engine, options } = JSON.parse(process.argv[2] ?? '');

serve(async () => {
  const chosen = await createEngine(engine, options);
  const { module, initial, batch, parameters } = trainingStep(size);
  const session = await chosen.engine.load(module, initial);
  const step = async () => (await session.run('train', batch))['loss']?.[0];
  const loss = await step();
  return {
    hello: { ...chosen.info, parameters, loss },
    async answer(line) {
      const times = await timeSteps(Number(line.split(' ')[1]), step);
      return { ...times, rss: process.memoryUsage.rss() };
    },
  };
});
