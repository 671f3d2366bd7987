/** Several batches of one optimiser step are reported as one. */
import { expect, test } from 'vitest';
import { together } from '../../../../src/trainer/loop/batches';

test('outputs are means, the norm is that of the last call, labels and waits add up', () => {
  const result = (loss: number, norm: number, label: number) => ({
    outputs: { loss: Float32Array.of(loss), gradientNorm: Float32Array.of(norm) },
    labels: Int32Array.of(label, label),
    waitedMs: 3,
  });
  expect(together([result(1, 9, 0), result(2, 8, 1), result(6, 7, 2)])).toEqual({
    outputs: { loss: Float32Array.of(3), gradientNorm: Float32Array.of(7) },
    labels: Int32Array.of(0, 0, 1, 1, 2, 2),
    waitedMs: 9,
  });
});
