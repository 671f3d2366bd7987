/** Tells the keeper how far the run is and when it will be done. */
import { isContrastive } from '../../domain/losses/kinds';
import type { Headline, Progress, Stage } from '../../domain/run/state';
import type { Job } from '../job';
import type { Port } from '../port';
import type { LoopState } from './state';

/** Share of a run's time that stage 1 takes; the rest is stage 2 and evaluation. */
const STAGE_ONE_SHARE = 0.9;

/** Progress after a step of stage 1. */
export function stageOneProgress(job: Job, loop: LoopState): Progress {
  const done = loop.step / job.totalSteps;
  const msPerStep = loop.elapsedMs / Math.max(1, loop.step);
  const stageLeftMs = msPerStep * (job.totalSteps - loop.step);
  const laterMs = msPerStep * job.totalSteps * (1 / STAGE_ONE_SHARE - 1);
  return {
    stage: isContrastive(job.configuration.loss.name) ? 'contrastive' : 'cross-entropy',
    epoch: Math.min(Math.floor(loop.step / job.stepsPerEpoch) + 1, job.configuration.stage1.epochs),
    epochs: job.configuration.stage1.epochs,
    step: loop.step,
    steps: job.totalSteps,
    fraction: STAGE_ONE_SHARE * done,
    secondsLeft: loop.step === 0 ? null : (stageLeftMs + laterMs) / 1000,
    viewsPerSecond: viewsPerSecond(loop),
  };
}

/** Reports a step of stage 1. */
export function reportProgress(job: Job, port: Port, loop: LoopState): void {
  port.send({ type: 'progress', progress: stageOneProgress(job, loop), headline: headlineOf(loop) });
}

/** Reports a later stage; `done` goes from 0 to 1 over stage 2 and evaluation together. */
export function reportLater(
  job: Job,
  port: Port,
  loop: LoopState,
  later: { stage: Stage; done: number },
): void {
  const atEnd = stageOneProgress(job, loop);
  const totalMs = (loop.elapsedMs / Math.max(1, loop.step)) * job.totalSteps * (1 / STAGE_ONE_SHARE - 1);
  const progress: Progress = {
    ...atEnd,
    stage: later.stage,
    fraction: STAGE_ONE_SHARE + (1 - STAGE_ONE_SHARE) * later.done,
    secondsLeft: (totalMs * (1 - later.done)) / 1000,
  };
  port.send({ type: 'progress', progress, headline: headlineOf(loop) });
}

/** Views per second over the whole of stage 1, or null before the first step. */
export function viewsPerSecond({ views, elapsedMs }: LoopState): number | null {
  return elapsedMs > 0 ? (1000 * views) / elapsedMs : null;
}

function headlineOf(loop: LoopState): Headline | null {
  return loop.best < 0 ? null : { label: 'kNN', value: loop.best };
}
