/** The memory estimate against resident memory that was measured, and the batch size that it proposes. */
import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { estimateMemory, fittingBatchSize } from '../../../../src/domain/cost/memory';

const SHAPE = { height: 32, width: 32, channels: 3 };

function estimate(encoder: string, width: number, batchSize: number): number {
  const configuration = parseConfiguration({ model: { encoder, width }, stage1: { batchSize } }, 'test');
  return estimateMemory(configuration, SHAPE, 5000);
}

test.each([
  ['small-resnet', 16, 64, 0.57e9],
  ['small-resnet', 64, 64, 1.54e9],
  ['resnet18', 16, 64, 0.71e9],
  ['resnet50', 16, 32, 1.19e9],
])('%s of width %d is estimated above what a batch of %d took, by less than half', (...measured) => {
  const [encoder, width, batchSize, bytes] = measured;
  expect(estimate(encoder, width, batchSize)).toBeGreaterThan(bytes);
  expect(estimate(encoder, width, batchSize)).toBeLessThan(1.5 * bytes);
});

test('a wide encoder needs room for its weights whatever the batch', () => {
  // 62.6 million values of resnet200, of which a step has at least value, momentum and gradient at hand.
  expect(estimate('resnet200', 64, 2)).toBeGreaterThan(3 * 62.6e6 * 4);
});

test('fittingBatchSize proposes a smaller batch that fits', () => {
  const configuration = parseConfiguration({ model: { width: 64 }, stage1: { batchSize: 1024 } }, 'test');
  const size = fittingBatchSize(configuration, SHAPE, 4e9);
  expect(size).toBe(128);
  const smaller = { ...configuration, stage1: { ...configuration.stage1, batchSize: size } };
  expect(estimateMemory(smaller, SHAPE, 5000)).toBeLessThan(4e9);
});
