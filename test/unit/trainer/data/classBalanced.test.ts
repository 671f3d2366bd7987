/** The class-balanced sampler on a long-tailed set: 40, 10, 6 and 3 samples of four classes. */
import { describe, expect, it } from 'vitest';
import { createBatchOrder } from '../../../../src/trainer/data/order';

const COUNTS = [40, 10, 6, 3];
const LABELS = Int32Array.from(COUNTS.flatMap((count, label) => Array<number>(count).fill(label)));
const SAMPLES = { indices: LABELS.map((_, i) => i), labels: LABELS };
/** 59 samples in batches of 12 are four batches an epoch, of three classes with four samples each. */
const SETTING = { batchSize: 12, seed: 1, sampler: 'class-balanced', perClass: 4 } as const;
const STEPS = Array.from({ length: 24 }, (_, step) => step);

const tally = (values: Iterable<number>) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('the class-balanced order', () => {
  const order = createBatchOrder(SAMPLES, SETTING);

  it('fills every batch with the same number of samples of different classes', () => {
    expect(order.stepsPerEpoch).toBe(4);
    for (const step of STEPS) {
      const classes = tally([...order.samplesOf(step)].map((sample) => LABELS[sample]));
      expect([...classes.values()]).toEqual([4, 4, 4]);
    }
  });

  it('shows no sample twice in a batch, but those of a class that is too small', () => {
    for (const step of STEPS) {
      for (const [sample, count] of tally(order.samplesOf(step))) {
        if (LABELS[sample] < 3) expect(count).toBe(1);
        // Three members take four places: one comes twice.
        else expect(count).toBeLessThanOrEqual(2);
      }
    }
  });

  it('deals all members of a class before it shuffles again', () => {
    // Ten members, four at a time: two hands of the deck differ, and the rest of two waits for the next shuffle.
    const own = STEPS.slice(0, 4)
      .map((step) => [...order.samplesOf(step)].filter((sample) => LABELS[sample] === 1))
      .filter((hand) => hand.length > 0);
    expect(own.length).toBeGreaterThan(1);
    expect(new Set([...own[0], ...own[1]]).size).toBe(8);
  });

  it('is the same from wherever one starts, and another for another seed', () => {
    const straight = STEPS.map((step) => order.samplesOf(step).join());
    const fresh = createBatchOrder(SAMPLES, SETTING);
    const reversed = STEPS.toReversed().map((step) => fresh.samplesOf(step).join());
    expect(reversed.toReversed()).toEqual(straight);
    const other = createBatchOrder(SAMPLES, { ...SETTING, seed: 2 });
    expect(other.samplesOf(0).join()).not.toBe(straight[0]);
    expect(new Set(straight).size).toBe(STEPS.length);
  });

  it('draws new views for every batch, because a sample may come again', () => {
    expect([3, 4, 7].map((step) => order.drawOf(step))).toEqual([3, 4, 7]);
  });

  it('says what to do where there are too few classes', () => {
    expect(() => createBatchOrder(SAMPLES, { ...SETTING, perClass: 2 })).toThrow(
      /has 4 classes, and batches of 12 with 2 images a class need 6: set "stage1.perClass" to at least 3, or "stage1.batchSize" to at most 8/,
    );
  });
});
