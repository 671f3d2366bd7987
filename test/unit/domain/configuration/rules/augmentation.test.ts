import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../../src/domain/configuration/parse';

const parse = (input: unknown) => parseConfiguration(input, 'x.supcon.json');
const CROSS_ENTROPY = { name: 'cross-entropy' };

test.each([
  [{ policy: 'auto', hue: 0.2 }, /"augmentation.hue" has no effect with "augmentation.policy" "auto"/],
  [{ policy: 'sim', blur: 1 }, /"augmentation.blur" has no effect with .* "sim"; leave it out/],
  [{ policy: 'rand', blurSigma: [0.1, 1] }, /"augmentation.blurSigma" has no effect/],
  [{ strength: 1 }, /"augmentation.strength" has no effect with "augmentation.policy" "jitter"/],
  [{ policy: 'stacked-rand', autoPolicy: 'imagenet' }, /"augmentation.autoPolicy" has no effect/],
  [{ mix: 'mixup' }, /"augmentation.mix" "mixup" needs "loss.name" "cross-entropy".*no positives/],
  [
    { policy: 'contrast' },
    /"augmentation.policy" must be one of "jitter", "sim", "auto", "rand", "stacked-rand"/,
  ],
  [{ policy: 'rand', randMagnitude: 11 }, /"augmentation.randMagnitude" must be a number from 0 to 10/],
])('%j is refused', (augmentation, sentence) => {
  expect(() => parse({ augmentation })).toThrow(sentence);
});

test.each([
  { policy: 'jitter', hue: 0.2, blur: 0.5, blurSigma: [0.1, 1] },
  { policy: 'sim', strength: 1, warp: 0.5 },
  { policy: 'auto', autoPolicy: 'imagenet-v0' },
  { policy: 'stacked-rand', strength: 1, randLayers: 1, randMagnitude: 5 },
])('%j is accepted', (augmentation) => {
  expect(parse({ augmentation }).augmentation).toMatchObject(augmentation);
});

test('mixing is accepted with cross-entropy', () => {
  expect(parse({ augmentation: { mix: 'cutmix' }, loss: CROSS_ENTROPY }).augmentation.mixAlpha).toBe(1);
});
