/** Times one candidate: loads the step, runs it once to warm up, then for about a second. */
import type { Engine } from '../engine';
import { moduleOf, type Trial } from './trial';

/** What a candidate did. */
export interface Measurement {
  /** Median of the timed steps, in milliseconds. */
  readonly stepMs: number;
  /** Loss of the first step, from the initial state. */
  readonly loss: number;
}

/** Timed steps go on for this long, and are at least one. */
const TIMED_MS = 1000;
const MOST_STEPS = 20;
/** A candidate that is this many times slower than the best has lost. */
const HOPELESS = 3;
/** A first step also prepares kernels and memory; one that takes longer than this is not repeated. */
const LONGEST_FIRST_MS = 10_000;

/**
 * Runs a step on an engine.
 * @param bestMs time of the fastest candidate so far; Infinity if this is the first
 * @param now milliseconds of a clock that never goes back
 */
export async function measure(
  engine: Engine,
  trial: Trial,
  bestMs: number,
  now = (): number => performance.now(),
): Promise<Measurement> {
  const session = await engine.load(moduleOf(trial), trial.initial);
  const step = async (): Promise<Measurement> => {
    const began = now();
    const { loss } = await session.run('train', trial.inputs);
    return { stepMs: now() - began, loss: loss[0] };
  };
  const { stepMs: firstMs, loss } = await step();
  const times: number[] = firstMs > LONGEST_FIRST_MS ? [firstMs] : [];
  while (!isEnough(times, bestMs)) times.push((await step()).stepMs);
  await session.dispose();
  return { stepMs: median(times), loss };
}

function isEnough(times: readonly number[], bestMs: number): boolean {
  if (times.length === 0) return false;
  const total = times.reduce((sum, time) => sum + time);
  return total >= TIMED_MS || times.length === MOST_STEPS || times[times.length - 1] > HOPELESS * bestMs;
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
