/** The memory estimate against resident memory that was measured, and the batch size that it proposes. */
import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { estimateMemory, fittingBatchSize } from '../../../../src/domain/cost/memory';

const SHAPE = { height: 32, width: 32, channels: 3 };

function estimate(encoder: string, width: number): number {
  return estimateMemory(parseConfiguration({ model: { encoder, width } }, 'test'), SHAPE, 5000);
}

test.each([
  ['small-resnet', 16, 0.57e9],
  ['small-resnet', 64, 1.54e9],
  ['resnet18', 16, 0.71e9],
])('%s of width %d is estimated above what it took, by less than half', (encoder, width, measured) => {
  expect(estimate(encoder, width)).toBeGreaterThan(measured);
  expect(estimate(encoder, width)).toBeLessThan(1.5 * measured);
});

test('fittingBatchSize proposes a smaller batch that fits', () => {
  const configuration = parseConfiguration({ model: { width: 64 }, stage1: { batchSize: 1024 } }, 'test');
  const size = fittingBatchSize(configuration, SHAPE, 4e9);
  expect(size).toBe(128);
  const smaller = { ...configuration, stage1: { ...configuration.stage1, batchSize: size } };
  expect(estimateMemory(smaller, SHAPE, 5000)).toBeLessThan(4e9);
});
