import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { createSlotFiller } from '../../../../src/trainer/data/fillSlot';
import { augmentationOf } from '../../../../src/trainer/data/jobLoader';
import { plainPicture, previewViews } from '../../../../src/trainer/data/preview';
import { patternSet } from './patternSet';

const STATISTICS = { mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.4] };
const SET = patternSet(10);
const LENGTH = 48;

/** The views of one sample in one epoch, as a worker makes them for training, normalisation undone. */
function trainingViews(augmentation: object, sample: number, epoch: number): number[][] {
  const configuration = parseConfiguration({ seed: 9, augmentation }, 'the test');
  const { views } = configuration.augmentation;
  const slot = {
    samples: new Int32Array(new SharedArrayBuffer(4)),
    views: new Float32Array(new SharedArrayBuffer(4 * views * LENGTH)),
    mix: null,
  };
  slot.samples[0] = sample;
  createSlotFiller({
    size: SET,
    images: SET.images,
    augmentation: augmentationOf(configuration),
    mix: null,
    statistics: STATISTICS,
    seed: 9,
    batchSize: 1,
    views,
    slots: [slot],
  })({ slot: 0, epoch, batch: 0 });
  return Array.from({ length: views }, (_, view) =>
    Array.from(slot.views.subarray(view * LENGTH, (view + 1) * LENGTH), (value, i) => {
      return 255 * (value * STATISTICS.deviation[i % 3] + STATISTICS.mean[i % 3]);
    }),
  );
}

describe('the preview', () => {
  it.each([{}, { policy: 'sim', views: 3 }, { policy: 'auto' }, { policy: 'stacked-rand', views: 1 }])(
    'shows the views of training, %j, epoch after epoch',
    (augmentation) => {
      const configuration = parseConfiguration({ seed: 9, augmentation }, 'the test');
      const source = { image: { values: SET.images, offset: 7 * LENGTH }, size: SET, sample: 7, epoch: 5 };
      const pictures = previewViews(source, configuration, 6);
      const expected = [5, 6, 7, 8, 9, 10]
        .flatMap((epoch) => trainingViews(augmentation, 7, epoch))
        .slice(0, 6);
      expect(pictures).toHaveLength(6);
      pictures.forEach((picture, view) => {
        picture.forEach((value, i) => expect(Math.abs(value - expected[view][i])).toBeLessThan(0.501));
      });
    },
  );

  it('gives grey images three equal channels', () => {
    const values = Uint8Array.of(10, 20, 30, 40);
    const size = { height: 2, width: 2, channels: 1 };
    const still = { cropArea: [1, 1], flip: 0, jitter: 0, grey: 0 };
    const configuration = parseConfiguration({ augmentation: still }, 'the test');
    const source = { image: { values, offset: 0 }, size, sample: 0, epoch: 0 };
    const [picture] = previewViews(source, configuration, 1);
    expect([...picture]).toEqual([10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40]);
    expect(plainPicture(source.image, size)).toEqual(picture);
  });

  it('shows the image itself', () => {
    const image = { values: SET.images, offset: 2 * LENGTH };
    expect(plainPicture(image, SET)).toEqual(new Uint8Array(SET.images.slice(2 * LENGTH, 3 * LENGTH)));
  });
});
