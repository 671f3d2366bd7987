/** Batches are a pure function of seed and step, whichever sampler makes them. */
import { describe, expect, it } from 'vitest';
import { createBatchOrder } from '../../../../src/trainer/data/order';

const INDICES = Int32Array.from({ length: 23 }, (_, i) => 100 + i);
const SAMPLES = { indices: INDICES, labels: new Int32Array(123) };

describe('the order of batches', () => {
  it('shows each sample at most once an epoch and drops the incomplete batch', () => {
    const order = createBatchOrder(SAMPLES, { batchSize: 5, seed: 1 });
    expect(order.stepsPerEpoch).toBe(4);
    for (let epoch = 0; epoch < 5; epoch++) {
      const seen = Array.from({ length: 4 }, (_, i) => [...order.samplesOf(4 * epoch + i)]).flat();
      expect(new Set(seen).size).toBe(20);
      expect(seen.every((sample) => INDICES.includes(sample))).toBe(true);
      expect(order.epochOf(4 * epoch + 3)).toBe(epoch);
    }
  });

  it('is the same from wherever one starts', () => {
    const steps = Array.from({ length: 40 }, (_, i) => i);
    const forward = createBatchOrder(SAMPLES, { batchSize: 5, seed: 1 });
    const straight = steps.map((step) => forward.samplesOf(step).join());
    const backward = createBatchOrder(SAMPLES, { batchSize: 5, seed: 1 });
    const reversed = steps.toReversed().map((step) => backward.samplesOf(step).join());
    expect(reversed.toReversed()).toEqual(straight);
  });

  it('changes with epoch and seed', () => {
    const order = createBatchOrder(SAMPLES, { batchSize: 5, seed: 1 });
    expect(order.samplesOf(0)).not.toEqual(order.samplesOf(4));
    expect(order.samplesOf(0)).not.toEqual(createBatchOrder(SAMPLES, { batchSize: 5, seed: 2 }).samplesOf(0));
  });

  it('drops what does not fill an optimiser step of several batches', () => {
    const order = createBatchOrder(SAMPLES, { batchSize: 5, seed: 1, accumulate: 3 });
    expect(order.stepsPerEpoch).toBe(3);
    expect([2, 3].map((step) => order.epochOf(step))).toEqual([0, 1]);
  });

  it('draws the views of a sample once an epoch', () => {
    const order = createBatchOrder(SAMPLES, { batchSize: 5, seed: 1 });
    expect([3, 4, 7].map((step) => order.drawOf(step))).toEqual([0, 1, 1]);
  });

  it('needs samples for one step', () => {
    expect(() => createBatchOrder(SAMPLES, { batchSize: 24, seed: 1 })).toThrow(
      /23 images, fewer than one batch: set "stage1.batchSize" \(now 24\) to at most 23/,
    );
    expect(() => createBatchOrder(SAMPLES, { batchSize: 12, seed: 1, accumulate: 2 })).toThrow(
      /fewer than 2 batches of 12: lower "stage1.accumulate"/,
    );
  });
});
