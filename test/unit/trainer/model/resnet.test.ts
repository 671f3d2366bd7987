/** Names, initial values and the forward pass of encoders. */
import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { encoderArchitecture, encoderParameters } from '../../../../src/domain/model/encoder';
import type { ParameterSpec } from '../../../../src/domain/model/parameters';
import { initialValues } from '../../../../src/trainer/model/parameters';

function parametersOf(width: number, channels: number): ParameterSpec[] {
  const { model } = parseConfiguration({ model: { width } }, 'test');
  return encoderParameters(encoderArchitecture(model, { height: 32, width: 32, channels }));
}

test('initial values depend on the seed and the name alone, and have the stated spread', () => {
  const parameters = parametersOf(16, 3);
  const values = initialValues(parameters, 1);
  expect(initialValues(parameters.slice(3), 1)['encoder/stage1/block1/first/kernel']).toEqual(
    values['encoder/stage1/block1/first/kernel'],
  );
  expect(initialValues(parameters, 2)['encoder/stem/kernel']).not.toEqual(values['encoder/stem/kernel']);
  const kernel = values['encoder/stage3/block1/second/kernel'];
  const deviation = Math.sqrt(kernel.reduce((sum, x) => sum + x * x, 0) / kernel.length);
  expect(deviation).toBeCloseTo(Math.sqrt(2 / (9 * 64)), 3);
  expect(values['encoder/stem/variance']).toEqual(new Float32Array(16).fill(1));
});
