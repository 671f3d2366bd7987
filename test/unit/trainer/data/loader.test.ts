import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { createAugmenter, viewKeys } from '../../../../src/trainer/data/augmentation';
import { overlapWeights } from '../../../../src/domain/losses/labelWeights';
import { dataInputs } from '../../../../src/trainer/data/dataInputs';
import { createLoader, type Loader, type LoaderOptions } from '../../../../src/trainer/data/loader';
import { createFeatureAugmenter } from '../../../../src/trainer/data/featureViews';
import { createMixer, mixKeys } from '../../../../src/trainer/data/mix';
import { featureSet, patternSet } from './patternSet';

let folder = '';
let entry = '';
let loaders: Loader[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-loader-'));
  entry = join(folder, 'worker.mjs');
  await build({
    entryPoints: ['src/trainer/data/worker.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: entry,
  });
});
afterEach(async () => {
  await Promise.all(loaders.map((loader) => loader.close()));
  loaders = [];
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function options(changes: Partial<LoaderOptions> = {}): LoaderOptions {
  return {
    set: patternSet(30),
    indices: Int32Array.from({ length: 22 }, (_, i) => i + 3),
    batchSize: 4,
    views: 2,
    augmentation: {
      crop: { area: [0.2, 1] },
      flip: 0.5,
      jitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 },
      grey: 0.2,
      operations: null,
      warp: 0,
      blur: null,
    },
    mix: null,
    seed: 7,
    statistics: { mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.4] },
    workers: { entry, count: 1 },
    ...changes,
  };
}

async function open(changes: Partial<LoaderOptions> = {}): Promise<Loader> {
  const loader = await createLoader(options(changes));
  loaders.push(loader);
  return loader;
}

/** Everything of a step's batch that must not depend on how it came about. */
async function contentOf(loader: Loader, step: number): Promise<unknown> {
  const { views, labels, samples, epoch } = await loader.next(step);
  return { views: views.slice(), labels: labels.slice(), samples: samples.slice(), epoch };
}

async function contents(loader: Loader, steps: readonly number[]): Promise<unknown[]> {
  const result: unknown[] = [];
  for (const step of steps) {
    result.push(await contentOf(loader, step));
  }
  return result;
}

const STEPS = Array.from({ length: 17 }, (_, i) => i);

describe('the loader', () => {
  it('lays views out view-major, each the pure function of its keys', async () => {
    const loader = await open();
    const { batchSize, seed, augmentation, statistics } = options();
    const set = patternSet(30);
    expect(loader.stepsPerEpoch).toBe(5);
    const augment = createAugmenter(set, augmentation, statistics);
    for (const step of [0, 4, 5]) {
      const batch = await loader.next(step);
      expect(batch.epoch).toBe(Math.floor(step / 5));
      expect(batch.waitedMs).toBeGreaterThanOrEqual(0);
      for (let row = 0; row < 2 * batchSize; row++) {
        const sample = batch.samples[row % batchSize];
        const keys = viewKeys(seed, batch.epoch, { sample, view: Math.floor(row / batchSize) });
        const expected = new Float32Array(48);
        augment(
          { values: set.images, offset: sample * 48 },
          { values: expected, offset: 0 },
          randomStream(...keys),
        );
        expect(batch.views.subarray(row * 48, (row + 1) * 48)).toEqual(expected);
        expect(batch.labels[row]).toBe(set.labels[sample]);
      }
    }
  });

  it('gives the same batches with any number of workers, and from any step on', async () => {
    const straight = await contents(await open(), STEPS);
    expect(await contents(await open({ workers: { entry, count: 3 } }), STEPS)).toEqual(straight);
    expect(await contents(await open(), STEPS.slice(7))).toEqual(straight.slice(7));
    const jumps = [3, 3, 16, 0, 9, 10, 2];
    expect(await contents(await open({ workers: { entry, count: 2 } }), jumps)).toEqual(
      jumps.map((step) => straight[step]),
    );
  });

  it('mixes batches alike with any number of workers, and tells partners and shares', async () => {
    const mix = { kind: 'mixup', alpha: 1 } as const;
    const plain = await open();
    const [one, two] = [await open({ mix }), await open({ mix, workers: { entry, count: 2 } })];
    for (const step of [0, 6, 3]) {
      const unmixed = await plain.next(step);
      const mixed = await one.next(step);
      expect(await two.next(step)).toMatchObject({ views: mixed.views, partnerLabels: mixed.partnerLabels });
      expect(mixed.labels).toEqual(unmixed.labels);
      const record = { partners: new Int32Array(8), ownShare: new Float32Array(8) };
      const random = randomStream(...mixKeys(7, mixed.epoch, step % 5));
      createMixer(patternSet(1), mix, 8)(unmixed.views, record, random);
      expect(mixed.views).toEqual(unmixed.views);
      expect(mixed.ownShare).toEqual(record.ownShare);
      expect(mixed.partnerLabels).toEqual(record.partners.map((partner) => mixed.labels[partner]));
    }
  });

  it('gives an image that a small class shows again in a batch views of its own', async () => {
    const indices = Int32Array.of(0, 1, 2, 3);
    const set = patternSet(30);
    set.labels.set([0, 1, 0, 1]);
    const sampling = { sampler: 'class-balanced', perClass: 4 } as const;
    const loader = await open({
      set,
      indices,
      sampling,
      batchSize: 4,
      augmentation: { ...options().augmentation, flip: 0 },
    });
    const { samples, views } = await loader.next(0);
    expect(new Set(samples).size).toBe(2);
    const rows = Array.from({ length: 8 }, (_, row) => views.subarray(row * 48, (row + 1) * 48).join());
    expect(new Set(rows).size).toBe(8);
  });

  it('says nothing of partners where nothing is mixed', async () => {
    const { partnerLabels, ownShare } = await (await open()).next(0);
    expect([partnerLabels, ownShare]).toEqual([undefined, undefined]);
  });

  it('tells the weights of several labels, and how much those of a batch overlap', async () => {
    const plain = patternSet(30);
    const labelWeights = new Float32Array(new SharedArrayBuffer(4 * 30 * 3));
    labelWeights.forEach((_, at) => (labelWeights[at] = ((at * 7) % 5) / 4));
    const loader = await open({ set: { ...plain, labelWeights }, overlap: 'cosine' });
    const batch = await loader.next(3);
    const rows = [...batch.samples].flatMap((sample) => [
      ...labelWeights.subarray(3 * sample, 3 * sample + 3),
    ]);
    expect([...(batch.labelWeights ?? [])]).toEqual(rows);
    expect(batch.pairWeights).toEqual(Float32Array.from(overlapWeights(rows, 3, 'cosine')));
    expect(dataInputs(batch)).toMatchObject({
      labelWeights: batch.labelWeights,
      pairWeights: batch.pairWeights,
    });
    const single = await (await open()).next(3);
    expect(Object.keys(dataInputs(single))).toEqual(['views', 'labels']);
  });

  it('draws any number of views', async () => {
    const { views, labels } = await (await open({ views: 1 })).next(0);
    expect([views.length, labels.length]).toEqual([4 * 48, 4]);
    const three = await (await open({ views: 3 })).next(0);
    expect([three.views.length, three.labels.length]).toEqual([12 * 48, 12]);
  });

  it('draws views of features as of images', async () => {
    const set = featureSet(30);
    const featureViews = { noise: 0.2, mask: 0.1 };
    const loader = await open({ set, featureViews });
    const augment = createFeatureAugmenter(featureViews, options().statistics);
    const batch = await loader.next(6);
    expect([batch.views.length, batch.epoch]).toEqual([2 * 4 * 3, 1]);
    for (let row = 0; row < 8; row++) {
      const sample = batch.samples[row % 4];
      const expected = new Float32Array(3);
      const keys = viewKeys(7, 1, { sample, view: Math.floor(row / 4) });
      augment(
        { values: set.values, offset: sample * 3 },
        { values: expected, offset: 0 },
        randomStream(...keys),
      );
      expect(batch.views.subarray(row * 3, (row + 1) * 3)).toEqual(expected);
      expect(batch.labels[row]).toBe(set.labels[sample]);
    }
  });

  it('names a worker that dies, and says so again', async () => {
    const dying = join(folder, 'dying.mjs');
    writeFileSync(
      dying,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => { throw new Error('no more memory'); });
       parentPort.postMessage({ type: 'ready' });`,
    );
    const loader = await open({ workers: { entry: dying, count: 2 } });
    await expect(loader.next(0)).rejects.toThrow(/data worker [12] of 2 stopped: no more memory/);
    await expect(loader.next(1)).rejects.toThrow(/data worker/);
  });

  it('names a worker that leaves without an error', async () => {
    const leaving = join(folder, 'leaving.mjs');
    writeFileSync(
      leaving,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => process.exit(3));
       parentPort.postMessage({ type: 'ready' });`,
    );
    const loader = await open({ workers: { entry: leaving, count: 1 } });
    await expect(loader.next(0)).rejects.toThrow(/data worker 1 of 1 stopped: exit code 3/);
  });

  it('does not start without its worker', async () => {
    await expect(open({ workers: { entry: join(folder, 'none.mjs'), count: 2 } })).rejects.toThrow(
      /none\.mjs/,
    );
  });

  it('needs no file once it has started', async () => {
    const copy = join(folder, 'copy.mjs');
    await build({
      entryPoints: ['src/trainer/data/worker.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: copy,
    });
    const loader = await open({ workers: { entry: copy, count: 2 } });
    rmSync(copy);
    expect(await contents(loader, [0, 1, 2])).toHaveLength(3);
  });

  it('refuses after it was closed', async () => {
    const loader = await open();
    await loader.next(0);
    await loader.close();
    await expect(loader.next(1)).rejects.toThrow(/closed/);
  });
});
