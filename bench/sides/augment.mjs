/**
 * A side that augments on one thread: 32x32 colour views of the generated set by the policy that is its
 * argument, with crop, flip and normalisation. Answers `run K` with the processor time of K views, which is what one
 * core takes when it is left alone.
 */
import { parseConfiguration } from '../../src/domain/configuration/parse';
import { RandomStream } from '../../src/domain/random/stream';
import { generateImageSets } from '../../src/formats/synthetic/imageSets';
import { createAugmenter, viewKeys } from '../../src/trainer/data/augmentation';
import { augmentationOf } from '../../src/trainer/data/jobLoader';
import { serve } from './answers.mjs';

const SEED = 1;
const NORMALISATION = { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] };
/** Prime, so that the samples jump about in memory as shuffled ones do. */
const STRIDE = 7919;

serve(async () => {
  const { train } = generateImageSets(SEED);
  const length = train.height * train.width * train.channels;
  const configuration = parseConfiguration({ augmentation: { policy: process.argv[2] } }, 'the benchmark');
  const augment = createAugmenter(train, augmentationOf(configuration), NORMALISATION);
  const random = new RandomStream();
  const to = { values: new Float32Array(length), offset: 0 };
  let epoch = 0;
  return {
    hello: { size: `${train.height}x${train.width}x${train.channels}` },
    async answer(line) {
      const began = process.cpuUsage();
      const views = Number(line.split(' ')[1]);
      for (let i = 0; i < views; i++) {
        const sample = (i * STRIDE) % train.count;
        random.restart(...viewKeys(SEED, epoch, { sample, view: 0 }));
        augment({ values: train.images, offset: sample * length }, to, random);
      }
      epoch++;
      return { cpuMs: process.cpuUsage(began).user / 1000 };
    },
  };
});
