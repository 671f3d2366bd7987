/** What the configured policies make of an image, on the way that training takes. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { randomStream } from '../../../../src/domain/random/stream';
import { createAugmenter, viewKeys } from '../../../../src/trainer/data/augmentation';
import { createColourKernel } from '../../../../src/trainer/data/colour';
import { augmentationOf } from '../../../../src/trainer/data/jobLoader';
import { createBlurKernel } from '../../../../src/trainer/data/blur';
import { createOperationsKernel } from '../../../../src/trainer/data/operations/apply';
import { planView, type AugmentationOptions } from '../../../../src/trainer/data/viewPlan';
import { createWarpKernel } from '../../../../src/trainer/data/warp';

const SIZE = { height: 32, width: 32, channels: 3 };
const PLAIN = { mean: [0, 0, 0], deviation: [1, 1, 1] };
const IMAGE = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 37 + (i >> 5)) % 256);
const UNCROPPED = { cropArea: [1, 1], flip: 0 };

function optionsOf(augmentation: object): AugmentationOptions {
  return augmentationOf(parseConfiguration({ augmentation }, 'the test'));
}

function viewsOf(augmentation: object, count: number, normalisation = PLAIN): Float32Array[] {
  const augment = createAugmenter(SIZE, optionsOf(augmentation), normalisation);
  return Array.from({ length: count }, (_, sample) => {
    const values = new Float32Array(IMAGE.length);
    const random = randomStream(...viewKeys(1, 2, { sample, view: 0 }));
    augment({ values: IMAGE, offset: 0 }, { values, offset: 0 }, random);
    return values;
  });
}

describe('the policy jitter', () => {
  it('gives the views of the first release, bit by bit, for runs that are resumed', () => {
    const hash = createHash('sha256');
    const normalisation = { mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.4] };
    for (const view of viewsOf({}, 200, normalisation)) hash.update(new Uint8Array(view.buffer));
    expect(hash.digest('hex')).toBe('7a237eaa2c7817fa3ac0f860a95d92a438c94d6cb5c23c096416c392ca63dd3e');
  });

  it('blurs as often, and as widely, as asked, and else draws as without', () => {
    const options = optionsOf({ blur: 0.25, blurSigma: [0.5, 1] });
    const plans = Array.from({ length: 4000 }, (_, i) => planView(randomStream(1, i), options, SIZE));
    const sigmas = plans.flatMap(({ blur }) => (blur === null ? [] : [blur]));
    expect(sigmas.length / plans.length).toBeCloseTo(0.25, 1.5);
    expect(Math.min(...sigmas)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...sigmas)).toBeLessThan(1);
    plans.slice(0, 50).forEach((plan, i) => {
      const without = planView(randomStream(1, i), optionsOf({}), SIZE);
      expect({ ...plan, blur: null }).toEqual(without);
    });
  });
});

describe('the policy sim', () => {
  it('is jitter of strength s, grey and blur as published', () => {
    expect(optionsOf({ policy: 'sim', strength: 1 })).toMatchObject({
      jitter: { probability: 0.8, brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2 },
      grey: 0.2,
      operations: null,
      warp: 0,
      blur: { probability: 0.5, sigma: [0.1, 2] },
    });
  });

  it('of strength 0.5 equals the policy jitter with the same numbers', () => {
    expect(viewsOf({ policy: 'sim' }, 20)).toEqual(viewsOf({ blur: 0.5 }, 20));
  });
});

describe('the policies of operations', () => {
  it.each(['auto', 'rand'])('%s leaves colours to its operations', (policy) => {
    const settings = { policy, ...UNCROPPED };
    const operate = createOperationsKernel(SIZE);
    viewsOf(settings, 30).forEach((view, sample) => {
      const random = randomStream(...viewKeys(1, 2, { sample, view: 0 }));
      const plan = planView(random, optionsOf(settings), SIZE);
      const expected = Float32Array.from(IMAGE, (value) => value / 255);
      if (plan.operations.length > 0) operate(expected, plan.operations);
      view.forEach((value, i) => Math.abs(value - expected[i]) > 1e-6 && expect(value).toBe(expected[i]));
    });
  });

  it('stacked-rand jitters, operates, turns grey, warps and blurs, in this order', () => {
    const settings = { policy: 'stacked-rand', warp: 0.5, randLayers: 3, ...UNCROPPED };
    const jitter = createColourKernel(3, PLAIN);
    const [operate, warp, blur] = [
      createOperationsKernel(SIZE),
      createWarpKernel(SIZE),
      createBlurKernel(SIZE),
    ];
    viewsOf(settings, 40).forEach((view, sample) => {
      const random = randomStream(...viewKeys(1, 2, { sample, view: 0 }));
      const plan = planView(random, optionsOf(settings), SIZE);
      const expected = Float32Array.from(IMAGE, (value) => value / 255);
      jitter(expected, { values: expected, offset: 0 }, { ...plan.colour, isGrey: false });
      operate(expected, plan.operations);
      if (plan.colour.isGrey) turnGrey(expected);
      if (plan.warp !== null) warp(expected, plan.warp);
      if (plan.blur !== null) blur(expected, plan.blur);
      const worst = view.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
      expect(worst).toBeLessThan(1e-5);
    });
  });

  it.each(['sim', 'auto', 'rand', 'stacked-rand'])('%s repeats itself and stays within 0 to 1', (policy) => {
    const views = viewsOf({ policy }, 60);
    expect(viewsOf({ policy }, 60)).toEqual(views);
    for (const view of views) {
      expect(Math.min(...view)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...view)).toBeLessThanOrEqual(1.000001);
    }
    expect(new Set(views.map((view) => view.join())).size).toBe(60);
  });
});

function turnGrey(image: Float32Array): void {
  for (let i = 0; i < image.length; i += 3) {
    image.fill(0.2989 * image[i] + 0.587 * image[i + 1] + 0.114 * image[i + 2], i, i + 3);
  }
}
