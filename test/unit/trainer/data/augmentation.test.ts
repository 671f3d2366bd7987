import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { createAugmenter, viewKeys } from '../../../../src/trainer/data/augmentation';
import { NO_COLOUR_CHANGE } from '../../../../src/trainer/data/colour';
import { planView, type AugmentationOptions, type ViewPlan } from '../../../../src/trainer/data/viewPlan';

const SIZE = { height: 32, width: 32, channels: 3 };
const PLAIN = { mean: [0, 0, 0], deviation: [1, 1, 1] };
const RECIPE: AugmentationOptions = {
  crop: { area: [0.2, 1] },
  flip: 0.5,
  jitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 },
  grey: 0.2,
  operations: null,
  warp: 0,
  blur: null,
};
const NOTHING: AugmentationOptions = {
  crop: null,
  flip: 0,
  jitter: null,
  grey: 0,
  operations: null,
  warp: 0,
  blur: null,
};
const IMAGE = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 37 + (i >> 5)) % 256);

function plans(options: AugmentationOptions, count: number, size = SIZE): ViewPlan[] {
  return Array.from({ length: count }, (_, i) => planView(randomStream(3, i), options, size));
}

function view(keys: readonly number[], options = RECIPE): Float32Array {
  const into = new Float32Array(IMAGE.length);
  createAugmenter(SIZE, options, PLAIN)(
    { values: IMAGE, offset: 0 },
    { values: into, offset: 0 },
    randomStream(...keys),
  );
  return into;
}

describe('a plan of a view', () => {
  it('takes boxes inside the image, of the asked area and aspect ratio', () => {
    const shares = plans(RECIPE, 3000).map(({ box }) => {
      expect(box.top >= 0 && box.left >= 0).toBe(true);
      expect(box.top + box.height).toBeLessThanOrEqual(32);
      expect(box.left + box.width).toBeLessThanOrEqual(32);
      // Whole pixels bend the ratio a little.
      expect(box.width / box.height).toBeGreaterThan(0.7);
      expect(box.width / box.height).toBeLessThan(1.43);
      return (box.width * box.height) / 1024;
    });
    expect(Math.min(...shares)).toBeGreaterThan(0.17);
    expect(Math.max(...shares)).toBe(1);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    // 0.6 without rejection; wide boxes are rejected more often.
    expect(mean).toBeGreaterThan(0.5);
    expect(mean).toBeLessThan(0.6);
  });

  it('falls back to the central box where no random one fits', () => {
    const options = { ...NOTHING, crop: { area: [1, 1] as const } };
    for (const { box } of plans(options, 50, { height: 4, width: 40, channels: 1 })) {
      expect(box).toEqual({ top: 0, left: 17, height: 4, width: 5 });
    }
    for (const { box } of plans(options, 50, { height: 40, width: 4, channels: 1 })) {
      expect(box).toEqual({ top: 17, left: 0, height: 5, width: 4 });
    }
  });

  it('does each thing as often, and as strongly, as asked', () => {
    const drawn = plans(RECIPE, 5000);
    const share = (holds: (plan: ViewPlan) => boolean): number => drawn.filter(holds).length / drawn.length;
    expect(share(({ flipped }) => flipped)).toBeCloseTo(0.5, 1);
    expect(share(({ colour }) => colour.isGrey)).toBeCloseTo(0.2, 1);
    expect(share(({ colour }) => colour.brightness !== 1)).toBeCloseTo(0.8, 1);
    for (const { colour } of drawn) {
      for (const factor of [colour.brightness, colour.contrast, colour.saturation]) {
        expect(factor >= 0.6 && factor <= 1.4).toBe(true);
      }
      expect(Math.abs(colour.hueTurns)).toBeLessThanOrEqual(0.1);
    }
  });

  it('does nothing where nothing is asked', () => {
    for (const plan of plans(NOTHING, 20)) {
      expect(plan).toEqual({
        box: { top: 0, left: 0, height: 32, width: 32 },
        flipped: false,
        colour: NO_COLOUR_CHANGE,
        operations: [],
        warp: null,
        blur: null,
      });
    }
    view([1], NOTHING).forEach((value, i) => expect(value).toBeCloseTo(IMAGE[i] / 255, 6));
  });
});

describe('a view', () => {
  it('is a pure function of its keys, and differs with each of them', () => {
    const keys = viewKeys(1, 2, { sample: 3, view: 0 });
    const first = view(keys);
    expect(view(keys)).toEqual(first);
    const others = [
      viewKeys(2, 2, { sample: 3, view: 0 }),
      viewKeys(1, 3, { sample: 3, view: 0 }),
      viewKeys(1, 2, { sample: 4, view: 0 }),
      viewKeys(1, 2, { sample: 3, view: 1 }),
    ];
    for (const other of others) {
      expect(view(other)).not.toEqual(first);
    }
  });

  it('does not depend on what the augmenter did before', () => {
    const augment = createAugmenter(SIZE, RECIPE, PLAIN);
    const into = new Float32Array(IMAGE.length);
    for (let i = 0; i < 20; i++) {
      augment({ values: IMAGE, offset: 0 }, { values: into, offset: 0 }, randomStream(i));
      expect(into).toEqual(view([i]));
    }
  });

  it('stays within the range of pixels', () => {
    for (let i = 0; i < 200; i++) {
      const values = view([5, i]);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
    }
  });
});
