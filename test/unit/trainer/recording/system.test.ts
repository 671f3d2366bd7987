import { expect, test } from 'vitest';
import { TAG } from '../../../../src/domain/metrics/tags';
import { parseNvidiaSmi } from '../../../../src/trainer/recording/system';

test('parseNvidiaSmi reads the first GPU and leaves out what it does not say', () => {
  expect(parseNvidiaSmi('87, 1024, 215.50\n3, 10, 30\n')).toEqual({
    [TAG.gpuUtilisation]: 87,
    [TAG.gpuMemory]: 1073741824,
    [TAG.gpuPower]: 215.5,
  });
  expect(parseNvidiaSmi('12, 100, [N/A]\n')).toEqual({
    [TAG.gpuUtilisation]: 12,
    [TAG.gpuMemory]: 104857600,
  });
  expect(parseNvidiaSmi('')).toEqual({});
});
