import { expect, it } from 'vitest';
import { fillNormal, fillUniform } from '../../../../src/domain/random/fill';
import { randomStream } from '../../../../src/domain/random/stream';

function deviationOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

it('fills with the wanted standard deviation', () => {
  const values = fillNormal(new Float32Array(50_000), randomStream(1), 0.1);
  expect(deviationOf(values)).toBeCloseTo(0.1, 2);
  expect([...values]).toEqual([...fillNormal(new Float32Array(50_000), randomStream(1), 0.1)]);
});

it('fills uniformly within the limit', () => {
  const values = fillUniform(new Float32Array(50_000), randomStream(2), 0.3);
  expect(deviationOf(values)).toBeCloseTo(0.3 / Math.sqrt(3), 2);
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.3));
});
