/**
 * Stage 1, from its first or resumed step to its last: step, record, checkpoint, evaluate. Every question
 * "is it time?" is a pure function; everything that a step draws is keyed by the step.
 */
import { HumanError, toError } from '../../domain/errors';
import { itsTime, learningRateAt, warmupStepsOf } from '../../domain/schedules/schedule';
import type { NamedValues } from '../../engine/engine';
import { evaluateOnline } from '../evaluation/online';
import type { Job } from '../job';
import { StoppedError } from '../port';
import { dueAlerts, endingOf } from './alerts';
import { runBatches } from './batches';
import type { LoopHost } from './host';
import { readStep } from './observe';
import { reportProgress } from './progress';
import type { LoopState } from './state';
import { advance } from './state';

/** Runs stage 1 and returns where it ended. Throws StoppedError after a checkpoint if asked to stop. */
export async function runStageOne(job: Job, host: LoopHost): Promise<LoopState> {
  let loop = job.start;
  let savedAt = performance.now();
  const everyMs = job.configuration.checkpoints.everySeconds * 1000;
  if (loop.step === 0) await saveCheckpoint(job, host, loop);
  // Resumed after a checkpoint at the end of an epoch whose evaluation was cut off.
  if (isEndOfEpoch(job, loop) && loop.evaluated < loop.step) loop = await endEpoch(job, host, loop);
  while (loop.step < job.totalSteps) {
    const taken = await takeStep(job, host, loop);
    loop = taken.loop;
    const endsEpoch = isEndOfEpoch(job, loop);
    const isStopped = host.port.stopped.aborted || taken.ending !== undefined;
    if (endsEpoch || isStopped || performance.now() - savedAt > everyMs) {
      await saveCheckpoint(job, host, loop);
      savedAt = performance.now();
    }
    if (isStopped) throw new StoppedError(taken.ending);
    if (endsEpoch) loop = await endEpoch(job, host, loop);
  }
  return loop;
}

function isEndOfEpoch({ stepsPerEpoch }: Job, { step }: LoopState): boolean {
  return step > 0 && step % stepsPerEpoch === 0;
}

interface Taken {
  readonly loop: LoopState;
  /** Why the run ends after this step, if an alert ends it. */
  readonly ending: string | undefined;
}

async function takeStep(job: Job, host: LoopHost, loop: LoopState): Promise<Taken> {
  const began = performance.now();
  const { stage1, model, alerts } = job.configuration;
  const rate = learningRateAt(stage1, job.stepsPerEpoch, loop.step);
  const result = await runBatches(job, host, { step: loop.step, rate });
  const { scalars, observation } = readStep(job.configuration, job.classes, {
    ...result,
    rate,
    epoch: (loop.step + 1) / job.stepsPerEpoch,
    elapsedMs: performance.now() - began,
  });
  host.recorder.record(loop.step, { ...scalars, ...host.system.sample() });
  requireFinite(result.outputs, loop.step);
  const warmupSteps = warmupStepsOf(stage1, job.stepsPerEpoch);
  const next = advance(loop, observation, { ...alerts, dimensions: model.projectionWidth, warmupSteps });
  const due = dueAlerts(next, alerts, Date.now());
  due.forEach((alert) => host.recorder.alert(alert));
  reportProgress(job, host.port, next);
  // The engine's calls block the event loop: let messages and timers in.
  await new Promise((resolve) => setImmediate(resolve));
  return { loop: next, ending: endingOf(due, next, alerts) };
}

function requireFinite(outputs: NamedValues, step: number): void {
  for (const name of ['loss', 'gradientNorm']) {
    const [value] = outputs[name];
    if (Number.isFinite(value)) continue;
    throw new HumanError(
      `The ${name === 'loss' ? 'loss' : 'gradient'} is not finite (${value}) at step ${step}; the last good checkpoint is kept. ` +
        'Lower stage1.learningRate, lengthen stage1.warmupEpochs, or raise loss.temperature.',
    );
  }
}

/** A checkpoint that cannot be written (a full disk) costs the resume, not the run: it is said and training goes on. */
async function saveCheckpoint(job: Job, host: LoopHost, loop: LoopState): Promise<void> {
  try {
    const { checkpoints, session, engineInfo } = job;
    await checkpoints.write({ loop, state: await session.readState(), engine: engineInfo });
  } catch (thrown) {
    host.recorder.alert({
      kind: 'checkpoint-not-written',
      severity: 'warning',
      step: loop.step,
      at: Date.now(),
      cause: `No checkpoint was written: ${toError(thrown).message}`,
      remedy:
        'Free some space; the next checkpoint is tried as usual, and until then a resume goes back further.',
    });
  }
}

/** Evaluates and keeps the embedding if they are due; the state after it is saved, so that neither is done twice. */
async function endEpoch(job: Job, host: LoopHost, loop: LoopState): Promise<LoopState> {
  const { evaluation, embeddings, stage1 } = job.configuration;
  const epoch = loop.step / job.stepsPerEpoch;
  const isEmbeddingDue = itsTime(epoch, embeddings.everyEpochs, stage1.epochs);
  if (!isEmbeddingDue && !itsTime(epoch, evaluation.everyEpochs, stage1.epochs)) return loop;
  const moment = { step: loop.step, epoch, keepEmbeddings: isEmbeddingDue };
  const { knn } = await evaluateOnline(job, host, moment);
  if (knn > loop.best) job.checkpoints.markBest();
  const next = { ...loop, evaluated: loop.step, best: Math.max(loop.best, knn) };
  await saveCheckpoint(job, host, next);
  return next;
}
