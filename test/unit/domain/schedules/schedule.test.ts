import { expect, test } from 'vitest';
import { itsTime, warmupCosine } from '../../../../src/domain/schedules/schedule';

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

test('itsTime is true after every n-th and after the last, and never for 0', () => {
  expect([1, 2, 3, 4, 5].filter((epoch) => itsTime(epoch, 2, 5))).toEqual([2, 4, 5]);
  expect(itsTime(0, 1, 5)).toBe(false);
  expect(itsTime(5, 0, 5)).toBe(false);
});
