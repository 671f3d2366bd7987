/** Parameters and multiply-adds of every encoder against the published figures. */
import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../../src/domain/configuration/schema';
import type { Cost, ModelCost } from '../../../../src/domain/cost/operations';
import { modelCost } from '../../../../src/domain/cost/operations';

type Model = NonNullable<PartialConfiguration['model']>;

function costOf(model: Model, side = 32, loss: 'supcon' | 'cross-entropy' = 'supcon'): ModelCost {
  const image = { height: side, width: side, channels: 3 };
  return modelCost(parseConfiguration({ model, loss: { name: loss } }, 'test'), image, 10);
}

function encoderOf(encoder: Model['encoder'], stem: Model['stem'], side = 32): Cost {
  return costOf({ encoder, stem, width: 64 }, side).encoder;
}

describe('trainable values of a standard encoder without its classifier', () => {
  // torchvision's counts less the classifier's 512 x 1000 + 1000 or 2048 x 1000 + 1000.
  test.each([
    ['resnet18', 11_689_512 - 513_000],
    ['resnet34', 21_797_672 - 513_000],
    ['resnet50', 25_557_032 - 2_049_000],
    ['resnet101', 44_549_160 - 2_049_000],
    // Not in torchvision: the sum of its layers in the next test.
    ['resnet200', 62_624_832],
  ] as const)('%s with the ImageNet stem', (encoder, expected) => {
    expect(encoderOf(encoder, 'imagenet').parameters).toBe(expected);
  });

  test('resnet200 is the sum of its layers', () => {
    const inner = (c: number) => 4 * c * c + 9 * c * c + 4 * c * c + 2 * (c + c + 4 * c);
    const first = (c: number, from: number) =>
      from * c + 9 * c * c + 4 * c * c + 2 * (c + c + 4 * c) + 4 * from * c + 2 * 4 * c;
    const stem = 7 * 7 * 3 * 64 + 2 * 64;
    const firsts = first(64, 64) + first(128, 256) + first(256, 512) + first(512, 1024);
    const others = 2 * inner(64) + 23 * inner(128) + 35 * inner(256) + 2 * inner(512);
    expect(encoderOf('resnet200', 'imagenet').parameters).toBe(stem + firsts + others);
  });

  test('the CIFAR stem has 7x7 - 3x3 taps less', () => {
    const surplus = (49 - 9) * 3 * 64;
    for (const encoder of ['resnet18', 'resnet50'] as const) {
      const [large, small] = [encoderOf(encoder, 'imagenet'), encoderOf(encoder, 'cifar')];
      expect(large.parameters - small.parameters).toBe(surplus);
    }
  });
});

test.each([
  ['resnet18', 'cifar', 32, '0.555'],
  ['resnet50', 'cifar', 32, '1.298'],
  ['resnet18', 'imagenet', 32, '0.037'],
  ['resnet50', 'imagenet', 32, '0.083'],
  ['resnet18', 'imagenet', 224, '1.81'],
  ['resnet50', 'imagenet', 224, '4.09'],
  ['resnet101', 'imagenet', 224, '7.80'],
  ['resnet200', 'imagenet', 224, '15.0'],
] as const)(
  '%s with the %s stem at %i pixels has the published multiply-adds',
  (encoder, stem, side, giga) => {
    const digits = giga.split('.')[1]?.length;
    expect(encoderOf(encoder, stem, side).multiplyAdds / 1e9).toBeCloseTo(Number(giga), digits);
  },
);

test('an odd image keeps its first and last positions at stride 2', () => {
  // Stem 28 x 28 x 9 x 4; stage 1 twice 28 x 28 x 9 x 16; stage 2 at 14: 9 x 32 + 9 x 64 + 32; stage 3 at 7.
  const expected =
    28 * 28 * (27 * 4 + 2 * 144) + 14 * 14 * (288 + 576 + 32) + 7 * 7 * (9 * 128 + 9 * 256 + 128);
  expect(costOf({ width: 4 }, 28).encoder.multiplyAdds).toBe(expected);
  // At 27 the stages have 27, 14 and 7 rows.
  const odd = 27 * 27 * (27 * 4 + 2 * 144) + 14 * 14 * (288 + 576 + 32) + 7 * 7 * (9 * 128 + 9 * 256 + 128);
  expect(costOf({ width: 4 }, 27).encoder.multiplyAdds).toBe(odd);
});

test('a perceptron counts each weight once', () => {
  const { encoder } = costOf({ encoder: 'mlp', mlpLayers: 3, mlpWidth: 20 }, 4);
  expect(encoder.multiplyAdds).toBe(48 * 20 + 20 * 20 + 20 * 20);
  expect(encoder.parameters).toBe(encoder.multiplyAdds + 3 * 20);
});

describe('a head on 64 features', () => {
  const head = (model: Model) => costOf({ ...model, width: 16, projectionWidth: 8 }).head;

  test.each([
    [{}, 64 * 64 + 64 + 64 * 8 + 8],
    [{ projection: 'linear' }, 64 * 8 + 8],
    [{ projectionLayers: 1 }, 64 * 8 + 8],
    [{ projectionHidden: 32, projectionBias: false }, 64 * 32 + 32 + 32 * 8],
    // Scale and shift in the place of the bias.
    [
      { projectionLayers: 3, projectionHidden: 32, projectionBatchNorm: true },
      64 * 32 + 64 + 32 * 32 + 64 + 32 * 8 + 8,
    ],
  ] as const)('%j', (model, expected) => {
    expect(head(model).parameters).toBe(expected);
  });

  test('that classifies has one row a class', () => {
    const { head: classifier } = costOf({ width: 16 }, 32, 'cross-entropy');
    expect(classifier).toEqual({ parameters: 64 * 10 + 10, multiplyAdds: 64 * 10 });
  });
});
