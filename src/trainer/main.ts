/**
 * Entry of the training process: `trainer <run folder>`. Reads the folder's configuration, trains, evaluates,
 * writes results.json, and exits 0 completed, 1 failed, 2 bad input, 130 stopped.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adviceAlerts, countClasses } from '../domain/advice/advice';
import { parseConfiguration } from '../domain/configuration/parse';
import { EXIT_CODE, HumanError, causeChain } from '../domain/errors';
import { FORMAT_VERSION, RUN_FILE } from '../domain/run/layout';
import { OutOfMemoryError } from '../engine/outOfMemory';
import { UnsupportedOperationError } from '../engine/trace/errors';
import { writeJson } from '../formats/files';
import { createJobLoader } from './data/jobLoader';
import { evaluateFinally } from './evaluation/final';
import { outOfMemoryAdvice } from './advice';
import type { Job } from './job';
import { prepareJob } from './job';
import type { LoopHost } from './loop/host';
import { runStageOne } from './loop/stageOne';
import type { Port } from './port';
import { StoppedError, connectToKeeper } from './port';
import { damageAlert } from './recording/damage';
import { describeDataset } from './recording/dataset';
import type { Recorder } from './recording/recorder';
import { openRecorder } from './recording/recorder';
import { severalLabelsAlert } from './recording/severalLabels';
import { startSystemSampler } from './recording/system';

/** Everything that is wrong with the configuration or its data shows here, before training begins. */
async function prepare(folder: string, port: Port): Promise<{ job: Job; host: LoopHost }> {
  const path = join(folder, RUN_FILE.config);
  const job = await prepareJob(folder, parseConfiguration(JSON.parse(readFileSync(path, 'utf8')), path));
  await writeJson(join(folder, RUN_FILE.dataset), describeDataset(job));
  const loader = await createJobLoader(job);
  const recorder = openRecorder(folder, job.start.step, port);
  const { damaged } = job.dataset;
  if (damaged !== undefined && job.start.step === 0) recorder.alert(damageAlert(damaged, Date.now()));
  const several = severalLabelsAlert(job.configuration, job.dataset, Date.now());
  if (several !== undefined && job.start.step === 0) recorder.alert(several);
  port.send({ type: 'ready', formatVersion: FORMAT_VERSION, engine: job.engineInfo });
  if (job.start.step === 0) advise(job, recorder);
  return { job, host: { port, recorder, system: startSystemSampler(), loader } };
}

/** Records with the run what the command line said before it. */
function advise({ configuration, dataset, split, classes }: Job, recorder: Recorder): void {
  const { labels, labelWeights } = dataset.train;
  // What a batch can contain is told from one label a sample alone.
  const counts = labelWeights === undefined ? countClasses({ labels, classes }, split.train) : [];
  for (const alert of adviceAlerts(configuration, counts, Date.now())) recorder.alert(alert);
}

/** Both stages, then results.json. */
async function train(job: Job, host: LoopHost): Promise<void> {
  try {
    const loop = await runStageOne(job, host);
    await writeJson(join(job.folder, RUN_FILE.results), await evaluateFinally(job, host, loop));
  } finally {
    await host.loader.close();
    host.system.close();
    host.recorder.close();
  }
}

async function main(folder: string): Promise<number> {
  const port = connectToKeeper();
  let onHumanError: number = EXIT_CODE.badInput;
  try {
    const { job, host } = await prepare(folder, port);
    onHumanError = EXIT_CODE.failed;
    await train(job, host);
    port.send({ type: 'completed' });
    return EXIT_CODE.completed;
  } catch (thrown) {
    return explain(thrown, port, onHumanError);
  } finally {
    await port.flush();
  }
}

/** Tells keeper and log why the run ends; the exit code. */
function explain(thrown: unknown, port: Port, onHumanError: number): number {
  if (thrown instanceof StoppedError) {
    const { reason } = thrown;
    port.send({ type: 'stopped', ...(reason === undefined ? {} : { reason }) });
    return EXIT_CODE.stopped;
  }
  process.stderr.write(`${causeChain(thrown)}\n`);
  port.send({ type: 'failed', reason: reasonOf(thrown) });
  return thrown instanceof HumanError ? onHumanError : EXIT_CODE.failed;
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof HumanError) return thrown.message;
  // The gradient of an operation may lack a kernel that the operation itself has.
  if (thrown instanceof UnsupportedOperationError) return thrown.message;
  if (thrown instanceof OutOfMemoryError) return outOfMemoryAdvice(process.argv[2]);
  return 'The trainer failed unexpectedly; its log has the details.';
}

void main(process.argv[2]).then((code) => process.exit(code));
