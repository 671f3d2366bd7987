/**
 * Which samples a training step sees. Each epoch has its own order, a pure function of seed and epoch, and
 * drops the last incomplete batch; so any step can be asked for without walking through those before it.
 */
import { permutation } from '../../domain/random/permutation';
import { PURPOSE } from '../../domain/random/stream';

/** Random access to the batches of sample indices of a run. */
export interface BatchOrder {
  readonly stepsPerEpoch: number;
  /** The samples of a zero-based step of the whole run, [batchSize]. */
  samplesOf(step: number): Int32Array;
  /** The zero-based epoch of a step. */
  epochOf(step: number): number;
}

/** Orders these samples by seed. Throws RangeError if they do not fill one batch. */
export function createBatchOrder(indices: Int32Array, batchSize: number, seed: number): BatchOrder {
  const stepsPerEpoch = Math.floor(indices.length / batchSize);
  if (stepsPerEpoch < 1) {
    throw new RangeError(`${indices.length} samples do not fill a batch of ${batchSize}`);
  }
  const orders = new Map<number, Int32Array>();

  function orderOf(epoch: number): Int32Array {
    const known = orders.get(epoch);
    if (known !== undefined) {
      return known;
    }
    const order = permutation(indices.length, seed, PURPOSE.order, epoch).map((place) => indices[place]);
    forgetOthers(orders, epoch);
    orders.set(epoch, order);
    return order;
  }

  const epochOf = (step: number): number => Math.floor(step / stepsPerEpoch);
  return {
    stepsPerEpoch,
    epochOf,
    samplesOf(step) {
      const start = (step % stepsPerEpoch) * batchSize;
      return orderOf(epochOf(step)).subarray(start, start + batchSize);
    },
  };
}

/** Prefetching looks over the end of one epoch, never further: its neighbours are kept, older orders are not. */
function forgetOthers(orders: Map<number, Int32Array>, epoch: number): void {
  for (const known of [...orders.keys()]) {
    if (Math.abs(known - epoch) > 1) {
      orders.delete(known);
    }
  }
}
