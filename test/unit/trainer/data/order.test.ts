import { describe, expect, it } from 'vitest';
import { createBatchOrder } from '../../../../src/trainer/data/order';

const INDICES = Int32Array.from({ length: 23 }, (_, i) => 100 + i);

describe('the order of batches', () => {
  it('shows each sample at most once an epoch and drops the incomplete batch', () => {
    const order = createBatchOrder(INDICES, 5, 1);
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
    const forward = createBatchOrder(INDICES, 5, 1);
    const straight = steps.map((step) => forward.samplesOf(step).join());
    const backward = createBatchOrder(INDICES, 5, 1);
    const reversed = steps.toReversed().map((step) => backward.samplesOf(step).join());
    expect(reversed.toReversed()).toEqual(straight);
  });

  it('changes with epoch and seed', () => {
    const order = createBatchOrder(INDICES, 5, 1);
    expect(order.samplesOf(0)).not.toEqual(order.samplesOf(4));
    expect(order.samplesOf(0)).not.toEqual(createBatchOrder(INDICES, 5, 2).samplesOf(0));
  });

  it('needs samples for one batch', () => {
    expect(() => createBatchOrder(INDICES, 24, 1)).toThrow(RangeError);
  });
});
