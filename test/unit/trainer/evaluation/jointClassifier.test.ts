/** The classifier of a joint loss: measured on validation and test as the model itself answers, at the end and afterwards. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { top1, topK } from '../../../../src/domain/metrics/accuracy';
import { TAG } from '../../../../src/domain/metrics/tags';
import { metricNamed } from '../../../../src/domain/run/metrics';
import type { Program } from '../../../../src/engine/engine';
import type { SampleSet } from '../../../../src/formats/datasets/imageSet';
import { plainBatches } from '../../../../src/trainer/data/plainBatches';
import { measureAll } from '../../../../src/trainer/evaluation/afterwards';
import { allIndices } from '../../../../src/trainer/evaluation/encodings';
import { evaluateFinally } from '../../../../src/trainer/evaluation/final';
import type { Job } from '../../../../src/trainer/job';
import { prepareJob } from '../../../../src/trainer/job';
import { INITIAL_LOOP } from '../../../../src/trainer/loop/state';
import { requireJoint } from '../../../../src/trainer/model/jointHead';
import { tensorSpecs } from '../../../../src/trainer/model/parameters';
import type { Scalars } from '../../../../src/trainer/recording/recorder';
import { idxBytes } from '../../formats/datasets/idxBytes';

const SIDE = 8;
const CLASSES = 7;
const PORT = {
  send: () => undefined,
  stopped: new AbortController().signal,
  flush: () => Promise.resolve(),
};
const recorded: Scalars[] = [];
const RECORDER = {
  record: (_: number, scalars: Scalars) => void recorded.push(scalars),
  alert: () => undefined,
  close: () => undefined,
};

let root: string;
let job: Job;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'supcon-joint-'));
  for (const [part, count] of [
    ['train', 140],
    ['t10k', 49],
  ] as const) {
    const pixels = Array.from({ length: count * SIDE * SIDE }, (_, i) => (i * 37 + (i >> 6) * 29) % 256);
    const labels = Array.from({ length: count }, (_, i) => i % CLASSES);
    writeFileSync(join(root, `${part}-images-idx3-ubyte`), idxBytes([count, SIDE, SIDE], pixels));
    writeFileSync(join(root, `${part}-labels-idx1-ubyte`), idxBytes([count], labels));
  }
  const configuration = parseConfiguration(
    {
      engine: 'onnx',
      threads: 1,
      dataset: { kind: 'idx', path: root, validationFraction: 0.25 },
      model: { width: 4, projectionWidth: 8 },
      loss: { name: 'supcon+cross-entropy' },
      stage1: { batchSize: 8 },
      stage2: { epochs: 1, batchSize: 16 },
      evaluation: { references: false, retrievalSamples: 0 },
    },
    'test',
  );
  job = await prepareJob(mkdtempSync(join(root, 'run-')), configuration);
  await job.checkpoints.write({ loop: { ...job.start, step: 3 }, state: await job.session.readState() });
});
afterAll(async () => {
  await job.session.dispose();
  rmSync(root, { recursive: true, force: true });
});

/** Logits of the model's own classifier, by a program of its own. */
async function logitsOf(set: SampleSet, indices: Int32Array): Promise<Float32Array> {
  const { model, engine, statistics } = job;
  const classify: Program = {
    inputs: { images: { shape: [indices.length, SIDE, SIDE, 1], dtype: 'float32' } },
    build(inputs, tensors) {
      const context = { mode: 'infer', tensors, statistics: {} } as const;
      const features = model.encoder.apply(context, inputs['images'] as Tensor4D);
      return { outputs: { logits: requireJoint(model.head).classify(context, features) } };
    },
  };
  const names = model.parameters.map(({ name }) => name);
  const state = await job.session.readState(names);
  const session = await engine.load({ state: tensorSpecs(model.parameters), programs: { classify } }, state);
  const [{ images }] = plainBatches({ set, indices, batchSize: indices.length, statistics });
  const { logits } = await session.run('classify', { images });
  await session.dispose();
  return logits as Float32Array;
}

test('its figures are those of its own logits, labelled, and leave the headline to the probe', async () => {
  const loop = { ...INITIAL_LOOP, step: 3 };
  const results = await evaluateFinally(job, { port: PORT, recorder: RECORDER }, loop);
  const { train, test: tested } = job.dataset;
  const onTest = await logitsOf(tested, allIndices(tested.count));
  const onValidation = await logitsOf(train, job.split.validation);
  const labels = job.split.validation.map((index) => train.labels[index]);
  const said = {
    feature: 'head',
    protocol: expect.stringContaining('supcon+cross-entropy trained beside the projection') as unknown,
  };
  expect(results.jointClassifier).toEqual({
    ...said,
    split: 'test',
    top1: top1(onTest, tested.labels, CLASSES),
    top5: topK(onTest, tested.labels, { classes: CLASSES, k: 5 }),
  });
  expect(results.jointClassifierValidation).toEqual({
    ...said,
    split: 'validation',
    top1: top1(onValidation, labels, CLASSES),
    top5: topK(onValidation, labels, { classes: CLASSES, k: 5 }),
  });
  expect(recorded.at(-1)).toMatchObject({
    [TAG.testJointClassifier]: results.jointClassifier?.top1,
    [TAG.jointClassifierValidation]: results.jointClassifierValidation?.top1,
  });
  expect(results.classifier).toBeUndefined();
  expect(results.perClass?.protocol).toBe('answers of the linear probe');
  expect(metricNamed('classifier').of(results)).toBe(results.jointClassifier?.top1);
  expect(metricNamed('accuracy').of(results)).toBe(results.linearProbe?.top1);

  // A classifier that always answers class 3.
  const bias = new Float32Array(CLASSES);
  bias[3] = 100;
  await job.session.writeState({ 'classifier/bias': bias });
  const fixed = await evaluateFinally(job, { port: PORT, recorder: RECORDER }, loop);
  expect(fixed.jointClassifier?.top1).toBeCloseTo(1 / CLASSES, 12);
  const share = labels.filter((label) => label === 3).length / labels.length;
  expect(fixed.jointClassifierValidation?.top1).toBeCloseTo(share, 12);

  // Afterwards the checkpoint counts, not what the session held.
  const host = { port: PORT, onProgress: () => undefined };
  const found = await measureAll(job, { measures: ['linear-probe'], checkpoint: 'last' }, host);
  expect(found['linear-probe']?.jointClassifier).toEqual(results.jointClassifier);
  const on = { kind: 'idx', path: root } as const;
  const elsewhere = await measureAll(job, { on, measures: ['linear-probe'], checkpoint: 'last' }, host);
  expect(elsewhere['linear-probe']?.jointClassifier).toBeUndefined();
});
