/** Evaluation from a checkpoint: the right weights, on the run's own images and on others, and fine-tuning that learns. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainBatches } from '../../../../src/trainer/data/plainBatches';
import type { Loader } from '../../../../src/trainer/data/loader';
import { createBatchOrder } from '../../../../src/trainer/data/order';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { EvaluationHost } from '../../../../src/trainer/evaluation/afterwards';
import { measureAll } from '../../../../src/trainer/evaluation/afterwards';
import type { Job } from '../../../../src/trainer/job';
import { prepareJob } from '../../../../src/trainer/job';
import { idxBytes } from '../../formats/datasets/idxBytes';

const SIDE = 8;
const HOST: EvaluationHost = {
  port: { send: () => undefined, stopped: new AbortController().signal, flush: () => Promise.resolve() },
  onProgress: () => undefined,
  createLoader: (job) => Promise.resolve(plainLoader(job)),
};

/** Unchanged images in the order of a run's batches. */
function plainLoader({
  dataset: { train },
  split,
  statistics,
  configuration: { stage1, seed },
}: Job): Loader {
  const order = createBatchOrder({ indices: split.train, labels: train.labels }, { ...stage1, seed });
  return {
    stepsPerEpoch: order.stepsPerEpoch,
    next(step) {
      const samples = order.samplesOf(step);
      const source = { set: train, indices: samples, batchSize: samples.length, statistics };
      const [{ images }] = plainBatches(source);
      const labels = samples.map((sample) => train.labels[sample]);
      return Promise.resolve({ views: images, labels, samples, epoch: 0, waitedMs: 0 });
    },
    close: () => Promise.resolve(),
  };
}

/** Writes images whose class is their brightness: the darkest is class 0, or the brightest where they are `turned`. */
function writeSet(folder: string, classes: number, turned: boolean): void {
  for (const [part, count] of [
    ['train', 120],
    ['t10k', 30],
  ] as const) {
    const label = (i: number) => (turned ? classes - 1 - (i % classes) : i % classes);
    const pixels = Array.from({ length: count * SIDE * SIDE }, (_, i) => {
      const image = Math.floor(i / (SIDE * SIDE));
      return 20 + Math.floor(200 / classes) * (image % classes) + ((i * 37) % 20);
    });
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), idxBytes([count, SIDE, SIDE], pixels));
    writeFileSync(
      join(folder, `${part}-labels-idx1-ubyte`),
      idxBytes(
        [count],
        Array.from({ length: count }, (_, i) => label(i)),
      ),
    );
  }
}

let root: string;
let other: string;
let job: Job;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'supcon-afterwards-'));
  const own = mkdtempSync(join(root, 'own-'));
  other = mkdtempSync(join(root, 'other-'));
  writeSet(own, 3, false);
  writeSet(other, 7, true);
  const configuration = parseConfiguration(
    {
      engine: 'onnx',
      threads: 1,
      dataset: { kind: 'idx', path: own, validationFraction: 0.2 },
      model: { width: 4, projectionWidth: 8 },
      stage1: { batchSize: 8 },
      stage2: { epochs: 10, batchSize: 16 },
      evaluation: { finetuneEpochs: 8, finetuneRate: 0.05 },
    },
    'test',
  );
  job = await prepareJob(mkdtempSync(join(root, 'run-')), configuration);
  await saveAt(10);
});
afterAll(async () => {
  await job.session.dispose();
  rmSync(root, { recursive: true, force: true });
});

async function saveAt(step: number): Promise<void> {
  await job.checkpoints.write({ loop: { ...job.start, step }, state: await job.session.readState() });
}

test('takes the weights of the checkpoint that is asked for', async () => {
  const request = { measures: ['linear-probe'], checkpoint: 'last' } as const;
  const first = await measureAll(job, request, HOST);
  expect(first['linear-probe']?.checkpoint).toEqual({ name: 'last', step: 10 });
  expect(first['linear-probe']?.dataset).toBe('own');
  const top1 = first['linear-probe']?.linearProbe?.top1 ?? 0;
  expect(top1).toBeGreaterThan(0.9);

  await expect(measureAll(job, { ...request, checkpoint: 'best' }, HOST)).rejects.toThrow(
    'no best checkpoint',
  );
  job.checkpoints.markBest();
  // A later checkpoint of an encoder that is dead: all its kernels are zero.
  const state = await job.session.readState();
  await job.session.writeState(
    Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.map(() => 0)])),
  );
  await saveAt(20);
  const last = (await measureAll(job, request, HOST))['linear-probe'];
  expect(last?.checkpoint.step).toBe(20);
  expect(last?.linearProbe?.top1).toBeCloseTo(1 / 3, 6);
  const best = (await measureAll(job, { ...request, checkpoint: 'best' }, HOST))['linear-probe'];
  expect(best?.checkpoint).toEqual({ name: 'best', step: 10 });
  expect(best?.linearProbe?.top1).toBe(top1);
});

test('transfers to other classes, and fine-tuning leaves the run as it was', async () => {
  const before = readdirSync(job.folder, { recursive: true });
  const found = await measureAll(
    job,
    { on: { kind: 'idx', path: other }, measures: ['finetune', 'linear-probe'], checkpoint: 'best' },
    HOST,
  );
  expect(found['linear-probe']?.dataset).toBe(other);
  expect(found['linear-probe']?.datasetHash).not.toBe(job.dataset.contentHash);
  // Seven classes of brightness; chance is one in seven.
  expect(found['linear-probe']?.linearProbe?.top1).toBeGreaterThan(0.6);
  expect(found['linear-probe']?.linearProbe?.top5).toBeGreaterThan(0.9);
  // The dead encoder transfers nothing.
  const dead = await measureAll(
    job,
    { on: { kind: 'idx', path: other }, measures: ['linear-probe'], checkpoint: 'last' },
    HOST,
  );
  expect(dead['linear-probe']?.linearProbe?.top1).toBeLessThan(0.2);
  expect(found.finetune?.finetuned?.top1).toBeGreaterThan(0.6);
  expect(found.finetune?.finetuned?.protocol).toContain('all weights fine-tuned');
  expect(readdirSync(job.folder, { recursive: true })).toEqual(before);
});

test('refuses images with other channels than the encoder reads', async () => {
  const coloured = mkdtempSync(join(root, 'coloured-'));
  // Two records each: a label and 3 x 1,024 pixels.
  const records = new Uint8Array(2 * (1 + 3 * 1024));
  records[1 + 3 * 1024] = 1;
  for (const name of ['data_batch_1.bin', 'test_batch.bin']) {
    writeFileSync(join(coloured, name), records);
  }
  const request = {
    on: { kind: 'cifar-10', path: coloured },
    measures: ['linear-probe'],
    checkpoint: 'best',
  } as const;
  await expect(measureAll(job, request, HOST)).rejects.toThrow(
    '3 channels and the encoder of this run reads 1',
  );
});
