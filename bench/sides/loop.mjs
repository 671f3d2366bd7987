/**
 * A side that runs the product's training loop, or the same session's step on one constant batch. Argument: JSON
 * with a run folder that holds config.json. Answers `loop K` with the time of K steps of stage 1 (loader, step,
 * recording, checkpoints as they fall due), and `constant K` with that of K bare steps.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfiguration } from '../../src/domain/configuration/parse';
import { RUN_FILE } from '../../src/domain/run/layout';
import { createJobLoader } from '../../src/trainer/data/jobLoader';
import { prepareJob } from '../../src/trainer/job';
import { runStageOne } from '../../src/trainer/loop/stageOne';
import { connectToKeeper } from '../../src/trainer/port';
import { openRecorder } from '../../src/trainer/recording/recorder';
import { startSystemSampler } from '../../src/trainer/recording/system';
import { serve } from './answers.mjs';

/** @type {{ folder: string }} */
const { folder } = JSON.parse(process.argv[2] ?? '');

serve(async () => {
  const port = connectToKeeper();
  const path = join(folder, RUN_FILE.config);
  const configuration = parseConfiguration(JSON.parse(readFileSync(path, 'utf8')), path);
  const job = await prepareJob(folder, configuration);
  if (job.engineInfo.name !== configuration.engine) throw new Error(job.engineInfo.reason);
  const loader = await createJobLoader(job);
  const host = { port, recorder: openRecorder(folder, 0, port), system: startSystemSampler(), loader };
  const { views, labels } = await loader.next(0);
  const batch = { views: views.slice(), labels: labels.slice(), rate: Float32Array.of(0.01) };
  let loop = job.start;

  /** @param {number} steps */
  async function runLoop(steps) {
    const began = performance.now();
    loop = await runStageOne({ ...job, start: loop, totalSteps: loop.step + steps }, host);
    return { msPerStep: (performance.now() - began) / steps };
  }

  /** @param {number} steps */
  async function runConstant(steps) {
    const began = performance.now();
    for (let i = 0; i < steps; i++) await job.session.run('train', batch);
    return { msPerStep: (performance.now() - began) / steps };
  }

  return {
    hello: { ...job.engineInfo, views: labels.length },
    answer(line) {
      const [what, steps] = line.split(' ');
      return what === 'loop' ? runLoop(Number(steps)) : runConstant(Number(steps));
    },
  };
});
