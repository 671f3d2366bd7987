/** Parameter counts of the encoders against the published ones. */
import { expect, test } from 'vitest';
import { createEncoder } from '../../../../src/trainer/model/resnet';
import { initialValues } from '../../../../src/trainer/model/parameters';

function trainableCount(name: 'small-resnet' | 'resnet18', width: number): number {
  return createEncoder(name, width, 3)
    .parameters.filter(({ role }) => role !== 'statistic')
    .reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
}

test('resnet18 with the CIFAR stem has the 11.17 million parameters of the reference', () => {
  // torchvision's 11,689,512 less the 513,000 of its classifier and the 7x7 stem's surplus of 7,680.
  expect(trainableCount('resnet18', 64)).toBe(11_168_832);
});

test('small-resnet doubles its width twice', () => {
  const encoder = createEncoder('small-resnet', 16, 1);
  expect(encoder.featureWidth).toBe(64);
  expect(encoder.parameters[0]).toMatchObject({ name: 'encoder/stem/kernel', shape: [3, 3, 1, 16] });
});

test('initial values depend on the seed and the name alone, and have the stated spread', () => {
  const { parameters } = createEncoder('small-resnet', 16, 3);
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
