/**
 * Which samples a training step sees. Each epoch has its own order, a pure function of seed and epoch, and drops
 * the last incomplete step; so any batch can be asked for without walking through those before it.
 */
import { HumanError } from '../../domain/errors';
import { permutation } from '../../domain/random/permutation';
import { PURPOSE } from '../../domain/random/stream';
import { classBalancedOrder } from './classBalanced';

/** Random access to the batches of sample indices of a run. */
export interface BatchOrder {
  /** Batches in an epoch: a multiple of those that make one optimiser step. */
  readonly stepsPerEpoch: number;
  /** The samples of a zero-based batch of the whole run, [batchSize]. */
  samplesOf(step: number): Int32Array;
  /** The zero-based epoch of a batch. */
  epochOf(step: number): number;
  /**
   * Key of the views of a batch: a sample has the same views wherever it comes with the same key. Where an epoch shows
   * each sample once, that is the epoch; where it may come again, the batch.
   */
  drawOf(step: number): number;
}

/** The samples to order, and the label of every sample of their set. */
export interface LabelledSamples {
  readonly indices: Int32Array;
  readonly labels: ArrayLike<number>;
}

export interface SamplingSetting {
  readonly batchSize: number;
  readonly seed: number;
  readonly sampler?: 'shuffled' | 'class-balanced';
  /** Images of a class in a batch of the class-balanced sampler. */
  readonly perClass?: number;
  /** Batches that make one optimiser step; 1 by default. */
  readonly accumulate?: number;
}

/** Orders these samples. Throws HumanError if they do not fill one step, or have too few classes for a batch. */
export function createBatchOrder(samples: LabelledSamples, setting: SamplingSetting): BatchOrder {
  const { batchSize, accumulate = 1 } = setting;
  const stepsPerEpoch = optimiserSteps(samples.indices.length, setting) * accumulate;
  if (stepsPerEpoch < 1) throw new HumanError(tooFewSamples(samples.indices.length, setting));
  const orderOf = remembered(epochOrder(samples, setting, stepsPerEpoch));
  const epochOf = (step: number): number => Math.floor(step / stepsPerEpoch);
  return {
    stepsPerEpoch,
    epochOf,
    drawOf: setting.sampler === 'class-balanced' ? (step) => step : epochOf,
    samplesOf(step) {
      const start = (step % stepsPerEpoch) * batchSize;
      return orderOf(epochOf(step)).subarray(start, start + batchSize);
    },
  };
}

/** Optimiser steps in an epoch of so many samples. */
export function optimiserSteps(
  samples: number,
  { batchSize, accumulate = 1 }: Pick<SamplingSetting, 'batchSize' | 'accumulate'>,
): number {
  return Math.floor(samples / (batchSize * accumulate));
}

function tooFewSamples(count: number, { batchSize, accumulate = 1 }: SamplingSetting): string {
  return accumulate === 1
    ? `The train split has ${count} images, fewer than one batch: set "stage1.batchSize" (now ${batchSize}) to at most ${count}.`
    : `The train split has ${count} images, fewer than ${accumulate} batches of ${batchSize}: lower "stage1.accumulate" or "stage1.batchSize".`;
}

/** The samples of an epoch, batch after batch, as a function of the epoch. */
function epochOrder(samples: LabelledSamples, setting: SamplingSetting, batches: number) {
  const { indices, labels } = samples;
  const { batchSize, seed, sampler = 'shuffled', perClass = 1 } = setting;
  switch (sampler) {
    case 'shuffled':
      return (epoch: number) =>
        permutation(indices.length, seed, PURPOSE.order, epoch).map((place) => indices[place]);
    case 'class-balanced':
      return classBalancedOrder({ indices, labels }, { batchSize, perClass, batches, seed });
  }
}

/** Prefetching looks over the end of one epoch, never further: its neighbours are kept, older orders are not. */
function remembered(orderOf: (epoch: number) => Int32Array): (epoch: number) => Int32Array {
  const orders = new Map<number, Int32Array>();
  return (epoch) => {
    const order = orders.get(epoch) ?? orderOf(epoch);
    orders.set(epoch, order);
    for (const known of [...orders.keys()]) if (Math.abs(known - epoch) > 1) orders.delete(known);
    return order;
  };
}
