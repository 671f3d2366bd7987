/** Evaluation on a whole job: the test split is read only at the end, and every final figure is there. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { TAG } from '../../../../src/domain/metrics/tags';
import { allocateImageSet } from '../../../../src/formats/datasets/imageSet';
import type { PredictionsFile } from '../../../../src/domain/run/predictions';
import { sampleHashes } from '../../../../src/formats/datasets/contentHash';
import type { ImageSet } from '../../../../src/formats/datasets/imageSet';
import { channelStatistics, splitByClass } from '../../../../src/formats/datasets/split';
import { openEmbeddings } from '../../../../src/formats/embeddings/open';
import { createEngine } from '../../../../src/engine/choose';
import { openCheckpoints } from '../../../../src/trainer/checkpoint';
import { evaluateFinally } from '../../../../src/trainer/evaluation/final';
import { evaluateOnline } from '../../../../src/trainer/evaluation/online';
import type { Job } from '../../../../src/trainer/job';
import { loadSession } from '../../../../src/trainer/job';
import { INITIAL_LOOP } from '../../../../src/trainer/loop/state';
import { createModel } from '../../../../src/trainer/model/model';
import type { Port } from '../../../../src/trainer/port';
import type { Recorder, Scalars } from '../../../../src/trainer/recording/recorder';

const PORT: Port = {
  send: () => undefined,
  stopped: new AbortController().signal,
  flush: () => Promise.resolve(),
};
const recorded: { step: number; scalars: Scalars }[] = [];
const RECORDER: Recorder = {
  record: (step, scalars) => recorded.push({ step, scalars }),
  alert: () => undefined,
  close: () => undefined,
};

let folder: string;
let job: Job;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-job-'));
  job = await makeJob();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Images whose class shows in their brightness. */
function brightness(part: 'train' | 'test', count: number): ImageSet {
  const classNames = ['dark', 'middle', 'bright'];
  const set = allocateImageSet({ part, count, height: 8, width: 8, channels: 1, classNames });
  set.labels.forEach((_, i) => (set.labels[i] = i % 3));
  set.images.forEach((_, i) => (set.images[i] = 40 + 80 * (Math.floor(i / 64) % 3) + ((i * 37) % 30)));
  return set;
}

async function makeJob(): Promise<Job> {
  const configuration = parseConfiguration(
    {
      model: { width: 4, projectionWidth: 8 },
      stage1: { batchSize: 8 },
      stage2: { epochs: 3, batchSize: 16 },
      evaluation: { samples: 10, neighbours: 5 },
      embeddings: { samples: 12 },
    },
    'test',
  );
  const train = brightness('train', 120);
  const dataset = { kind: 'generated' as const, train, test: brightness('test', 30), contentHash: 'none' };
  const split = splitByClass(train, { validationFraction: 0.2, seed: 1 });
  const model = createModel(configuration, train, 3);
  const { engine, info } = await createEngine('onnx', { threads: 1 });
  return {
    folder,
    configuration,
    dataset,
    split,
    statistics: channelStatistics(train, split.train),
    classes: 3,
    model,
    own: {},
    engine,
    engineInfo: info,
    session: await loadSession(engine, configuration, model, dataset),
    checkpoints: openCheckpoints(folder, {}, { keep: 2 }),
    start: INITIAL_LOOP,
    stepsPerEpoch: 12,
    totalSteps: 120,
  };
}

test('evaluation during training never reads the test split, and keeps the embedding of validation images', async () => {
  const untouchable = new Proxy(job.dataset.test, {
    get: (_, key) => {
      throw new Error(`The test split was read: ${String(key)}`);
    },
  });
  const blind = { ...job, dataset: { ...job.dataset, test: untouchable } };
  const accuracy = await evaluateOnline(
    blind,
    { port: PORT, recorder: RECORDER },
    { step: 12, epoch: 1, keepEmbeddings: true },
  );
  expect(accuracy.knn).toBeGreaterThan(0.5);
  const { step, scalars } = recorded.at(-1) ?? { step: -1, scalars: {} };
  expect(step).toBe(11);
  expect(scalars[TAG.knnAccuracy]).toBe(accuracy.knn);
  expect(scalars[TAG.classMeanAccuracy]).toBe(accuracy.nearestClassMean);
  expect(scalars[TAG.onlineProbeAccuracy]).toBeUndefined();
  // Ten images of three classes: the encoder has 16 features and they cannot span more than ten directions.
  expect(scalars[TAG.featureRank]).toBeGreaterThan(1);
  expect(scalars[TAG.featureRank]).toBeLessThan(10);
  const file = join(folder, 'diagnostics', 'epoch-000001.json');
  const { histograms } = JSON.parse(readFileSync(file, 'utf8')) as { histograms: Record<string, number[]> };
  const pairs = Object.values(histograms)
    .flat()
    .reduce((a, b) => a + b);
  expect(pairs).toBe((10 * 9) / 2);
  const embeddings = join(folder, 'embeddings');
  const ids = readFileSync(join(embeddings, 'metadata.tsv'), 'utf8').trim().split('\n').slice(1);
  expect(ids).toHaveLength(12);
  const validation = new Set(Array.from(job.split.validation, (index) => `train/${index}`));
  expect(ids.every((line) => validation.has(line.split('\t')[0]))).toBe(true);
  expect(readdirSync(embeddings)).toContain('epoch-000001');
  // As equal samples of another copy of the data would have them.
  const hashes = sampleHashes(job.dataset.train);
  for (const [id, , , key] of ids.map((line) => line.split('\t'))) {
    expect(key).toBe(hashes[Number(id.replace('train/', ''))]);
  }
  expect(readFileSync(join(embeddings, 'epoch-000001', 'projections.bytes')).length).toBe(12 * 8 * 4);
});

test('a snapshot says what the neighbours of each row vote for, as the accuracy was counted', async () => {
  const moment = { step: 24, epoch: 2, keepEmbeddings: true };
  const { knn } = await evaluateOnline(job, { port: PORT, recorder: RECORDER }, moment);
  const { tables, notes } = await openEmbeddings(folder);
  expect(notes).toContain('Predictions are those of the vote of the 5 nearest training images.');
  const columns = await tables[0].epochs[tables[0].epochs.length - 1].columns();
  expect(columns.map(({ name }) => name)).toEqual(['prediction', 'confidence', 'correct']);
  const [, confidence, correct] = columns;
  // The evaluation asks about ten of the twelve rows.
  const codes = correct.kind === 'category' ? [...correct.codes] : [];
  expect(codes).toHaveLength(12);
  expect(codes.slice(0, 10).filter((code) => code === 0)).toHaveLength(Math.round(10 * knn));
  const shares = confidence.kind === 'number' ? [...confidence.values] : [];
  expect(shares.every((share) => share > 1 / 3 && share <= 1)).toBe(true);
});

test('diagnostics are left out at epochs that are not theirs', async () => {
  const evaluation = { ...job.configuration.evaluation, diagnosticsEveryEpochs: 2 };
  const rarer = { ...job, configuration: { ...job.configuration, evaluation } };
  const moment = { step: 36, epoch: 3, keepEmbeddings: false };
  await evaluateOnline(rarer, { port: PORT, recorder: RECORDER }, moment);
  expect(Object.keys(recorded.at(-1)?.scalars ?? {}).sort()).toEqual(
    [TAG.classMeanAccuracy, TAG.knnAccuracy].sort(),
  );
  expect(readdirSync(join(folder, 'diagnostics'))).not.toContain('epoch-000003.json');
});

test('the final evaluation gives every figure, each with split and protocol', async () => {
  const results = await evaluateFinally(
    job,
    { port: PORT, recorder: RECORDER },
    { ...INITIAL_LOOP, step: 120 },
  );
  const { formatVersion, ...figures } = results;
  expect(formatVersion).toBe(1);
  for (const [name, figure] of Object.entries(figures)) {
    expect(figure.protocol, name).not.toBe('');
    expect(['train', 'test'], name).toContain(figure.split);
  }
  expect(Object.keys(figures).sort()).toEqual([
    'calibration',
    'clusters',
    'collapseTest',
    'collapseTrain',
    'knn',
    'knnProjection',
    'linearProbe',
    'loss',
    'nearestClassMean',
    'perClass',
    'rawPixelClassMean',
    'rawPixelProbe',
    'retrieval',
    'scaledCalibration',
    'throughput',
    'untrainedProbe',
  ]);
  expect(recorded.at(-1)).toMatchObject({
    step: 119 + job.configuration.stage2.epochs,
    scalars: { [TAG.testLinearProbe]: figures.linearProbe?.top1, [TAG.testRawPixels]: 1 },
  });
  // Brightness is all there is to know, and pixels show it.
  expect(figures.rawPixelClassMean?.top1).toBe(1);
  expect(figures.linearProbe?.top1).toBeGreaterThan(0.9);
  // What is told by class adds up to what is told of the whole.
  const { accuracy = [], confusion = [] } = figures.perClass ?? {};
  expect(accuracy.reduce<number>((sum, share) => sum + (share ?? 0) / 3, 0)).toBeCloseTo(
    figures.linearProbe?.top1 ?? 0,
    12,
  );
  expect(confusion.flat().reduce((a, b) => a + b)).toBe(30);
  const predictions = JSON.parse(readFileSync(join(folder, 'predictions.json'), 'utf8')) as PredictionsFile;
  const right = predictions.answers.filter((answer, i) => answer === predictions.labels[i]).length;
  expect(right / 30).toBeCloseTo(figures.linearProbe?.top1 ?? 0, 12);
  expect(predictions).toMatchObject({ datasetHash: 'none', classes: ['dark', 'middle', 'bright'] });
  expect(predictions.hashes).toEqual(sampleHashes(job.dataset.test));
  expect(figures.calibration?.reliability?.reduce((sum, { count }) => sum + count, 0)).toBe(30);
  expect(figures.retrieval).toMatchObject({ samples: 30, split: 'test' });
  expect(figures.retrieval?.mapAtR).toBeLessThanOrEqual(figures.retrieval?.rPrecision ?? 0);
  // Three classes are all within the first five.
  expect(figures.linearProbe?.top5).toBeUndefined();
});

test('what is switched off costs and says nothing', async () => {
  const evaluation = { ...job.configuration.evaluation, retrievalSamples: 0 };
  const frugal = { ...job, configuration: { ...job.configuration, evaluation } };
  const loop = { ...INITIAL_LOOP, step: 120 };
  const { retrieval, clusters } = await evaluateFinally(frugal, { port: PORT, recorder: RECORDER }, loop);
  expect([retrieval, clusters]).toEqual([undefined, undefined]);
});
