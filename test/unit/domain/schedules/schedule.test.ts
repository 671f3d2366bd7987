/** Schedules by values that their definitions give; the default is what released versions computed, to the bit. */
import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import {
  describeSchedule,
  itsTime,
  learningRateAt,
  warmupCosine,
} from '../../../../src/domain/schedules/schedule';

test('warmupCosine rises linearly, peaks, and ends at zero', () => {
  const schedule = { peak: 0.4, warmupSteps: 4, totalSteps: 104 };
  expect([0, 1, 2, 3].map((step) => warmupCosine(schedule, step))).toEqual([
    0.1, 0.2, 0.30000000000000004, 0.4,
  ]);
  expect(warmupCosine(schedule, 4)).toBeCloseTo(0.4, 12);
  expect(warmupCosine(schedule, 54)).toBeCloseTo(0.2, 12);
  expect(warmupCosine(schedule, 104)).toBeCloseTo(0, 12);
});

test('warmupCosine without warm-up starts at the peak', () => {
  expect(warmupCosine({ peak: 1, warmupSteps: 0, totalSteps: 10 }, 0)).toBe(1);
});

test('the default is the warm-up and cosine of version 0.1.0, bit by bit', () => {
  const { stage1 } = parseConfiguration({ stage1: { epochs: 7, warmupEpochs: 0.5 } }, 'test');
  for (let step = 0; step < 7 * 27; step++) {
    // Written as it was: 0.5 epochs of 27 steps round to 14.
    const released =
      step < 14
        ? (0.2 * (step + 1)) / 14
        : (0.2 / 2) * (1 + Math.cos(Math.PI * Math.min(1, (step - 14) / (189 - 14))));
    expect(learningRateAt(stage1, 27, step)).toBe(released);
  }
});

describe('learningRateAt', () => {
  const stage = { epochs: 100, learningRate: 5 };

  test('warms up from a rate to the peak', () => {
    // SupContrast's warm-up from 0.01 to 0.5 in ten steps: one tenth of 0.49 each.
    const setting = { ...stage, learningRate: 0.5, warmupFrom: 0.01, warmupEpochs: 5 };
    expect(learningRateAt(setting, 2, 0)).toBeCloseTo(0.059, 12);
    expect(learningRateAt(setting, 2, 4)).toBeCloseTo(0.255, 12);
    expect(learningRateAt(setting, 2, 9)).toBeCloseTo(0.5, 12);
  });

  test('ends a cosine at its final share', () => {
    const setting = { ...stage, finalShare: 0.1 };
    // Half way the cosine is at the mean of 5 and 0.5.
    expect(learningRateAt(setting, 2, 100)).toBeCloseTo(2.75, 12);
    expect(learningRateAt(setting, 2, 200)).toBeCloseTo(0.5, 12);
  });

  test('steps after given epochs, as the linear stage of SupContrast', () => {
    const setting = { ...stage, schedule: 'step', decayEpochs: [60, 75, 90], decayFactor: 0.2 } as const;
    const atEpoch = (epoch: number) => learningRateAt(setting, 3, epoch * 3);
    expect([0, 59, 60, 74, 75, 90].map(atEpoch).map((rate) => Number(rate.toFixed(6)))).toEqual([
      5, 5, 1, 1, 0.2, 0.04,
    ]);
    expect(learningRateAt(setting, 3, 179)).toBe(5);
  });

  test('decays every half epoch after the warm-up, as the linear stage of the paper', () => {
    const setting = {
      ...stage,
      schedule: 'exponential',
      warmupEpochs: 12,
      decayFactor: 0.97,
      decayEvery: 0.5,
    } as const;
    // Ten steps an epoch, so a decay every five, from step 120 on.
    expect([120, 124].map((step) => learningRateAt(setting, 10, step))).toEqual([5, 5]);
    expect(learningRateAt(setting, 10, 125)).toBeCloseTo(4.85, 12);
    expect(learningRateAt(setting, 10, 139)).toBeCloseTo(5 * 0.97 ** 3, 12);
  });

  test('stays constant', () => {
    expect(learningRateAt({ ...stage, schedule: 'constant' }, 3, 299)).toBe(5);
  });
});

test('describeSchedule names what differs', () => {
  const { stage2 } = parseConfiguration({}, 'test');
  expect(describeSchedule(stage2)).toBe('cosine from 5');
  expect(describeSchedule({ ...stage2, schedule: 'step', decayEpochs: [60, 75], decayFactor: 0.2 })).toBe(
    'x0.2 after epochs 60, 75 from 5',
  );
  expect(describeSchedule({ ...stage2, warmupEpochs: 2, finalShare: 0.1 })).toBe(
    'warm-up of 2 epochs, cosine to 0.1 of the peak from 5',
  );
});

test('itsTime is true after every n-th and after the last, and never for 0', () => {
  expect([1, 2, 3, 4, 5].filter((epoch) => itsTime(epoch, 2, 5))).toEqual([2, 4, 5]);
  expect(itsTime(0, 1, 5)).toBe(false);
  expect(itsTime(5, 0, 5)).toBe(false);
});
