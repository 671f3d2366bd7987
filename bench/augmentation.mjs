/**
 * Views per second and core of the augmentation kernels: 32x32 colour views by the default recipe (crop, flip,
 * colour jitter, grey) from the generated set, medians over rounds. Ends with one line of JSON.
 */
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROUNDS = 9;
const VIEWS_PER_ROUND = 10_000;
const REQUIRED_VIEWS_PER_SECOND = 20_000;
const RECIPE = {
  crop: { area: [0.2, 1] },
  flip: 0.5,
  jitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 },
  grey: 0.2,
};

const { generateImageSets, createAugmenter, viewKeys, RandomStream } = await loadSources();
const { train } = generateImageSets(1);
const imageLength = train.height * train.width * train.channels;
const augment = createAugmenter(train, RECIPE, { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] });
const random = new RandomStream();
const to = { values: new Float32Array(imageLength), offset: 0 };

const rates = Array.from({ length: ROUNDS }, (_, round) => measureRound(round)).slice(2);
const measured = Math.round(rates.toSorted((a, b) => a - b)[rates.length >> 1]);
const bar = {
  bar: '32x32 views/s per core',
  required: REQUIRED_VIEWS_PER_SECOND,
  measured,
  holds: measured >= REQUIRED_VIEWS_PER_SECOND,
};
process.stdout.write(
  `${JSON.stringify({
    name: 'augmentation',
    machine: `${cpus()[0].model}, ${cpus().length} threads, Node ${process.version}`,
    results: [{ case: 'default recipe, 32x32x3, one thread', value: measured, unit: 'views/s' }],
    bars: [bar],
  })}\n`,
);

/** Processor time, not wall time: what one core does when it is left alone. */
function measureRound(round) {
  const began = process.cpuUsage().user;
  for (let i = 0; i < VIEWS_PER_ROUND; i++) {
    const sample = (i * 7919) % train.count;
    random.restart(...viewKeys(1, round, { sample, view: 0 }));
    augment({ values: train.images, offset: sample * imageLength }, to, random);
  }
  return (1e6 * VIEWS_PER_ROUND) / (process.cpuUsage().user - began);
}

async function loadSources() {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-bench-'));
  const outfile = join(folder, 'sources.mjs');
  const contents = [
    "export { generateImageSets } from './src/formats/synthetic/imageSets';",
    "export { createAugmenter, viewKeys } from './src/trainer/data/augmentation';",
    "export { RandomStream } from './src/domain/random/stream';",
  ].join('\n');
  await build({
    stdin: { contents, resolveDir: join(import.meta.dirname, '..') },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  const sources = await import(pathToFileURL(outfile).href);
  rmSync(folder, { recursive: true });
  return sources;
}
