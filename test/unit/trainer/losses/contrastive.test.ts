/** Every contrastive form as tensors, whole and in chunks, traced and eager, against its closed form. */
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { contrastiveLoss as closedForm } from '../../../../src/domain/losses/contrastive';
import type { ContrastiveLoss } from '../../../../src/domain/losses/contrastive';
import { jaccardWeights, weightsOfViews } from '../../../../src/domain/losses/labelWeights';
import {
  nPairsLoss as closedNPairs,
  sohnNPairsLoss as closedSohn,
} from '../../../../src/domain/losses/nPairs';
import { imagePairs, weightPairs as softPairs } from '../../../../src/domain/losses/pairs';
import { supConLoss as closedSupCon } from '../../../../src/domain/losses/supcon';
import { tripletLoss as closedTriplet } from '../../../../src/domain/losses/triplet';
import type { EngineSession } from '../../../../src/engine/engine';
import { nPairsLoss, sohnNPairsLoss } from '../../../../src/trainer/losses/nPairs';
import { simClrLoss } from '../../../../src/trainer/losses/simclr';
import { supConLoss } from '../../../../src/trainer/losses/supcon';
import { tripletLoss } from '../../../../src/trainer/losses/triplet';
import {
  FORMS,
  PUBLISHED,
  PUBLISHED_BATCH,
  largestDifference,
  randomRows,
} from '../../domain/losses/support';
import type { ChunkedLoss } from './support';
import { loadLosses, runLoss } from './support';

const WIDTH = 6;
const VIEWS = 2;
/** Seven images of four classes, the last alone in its class; two views each. */
const LABELS = Int32Array.from({ length: 14 }, (_, row) => [0, 1, 0, 2, 0, 1, 3][row % 7]);
/** Rounded to float32, so that both sides start from the same numbers. */
const EMBEDDINGS = Float64Array.from(Float32Array.from(randomRows(1, [LABELS.length, WIDTH])));
const TEMPERATURE = 0.1;
/** The losses are compiled one after the other, on a machine that may be busy. */
const LOAD_TIMEOUT_MS = 180_000;
/** Leaves a last chunk of two rows. */
const CHUNK = 6;

interface Case {
  readonly name: string;
  readonly tensors: ChunkedLoss;
  readonly expected: ContrastiveLoss;
}

const SUPCON_CASES: Case[] = FORMS.flatMap((form) =>
  [{ anchors: 'all', maxPositives: 0 } as const, { anchors: 'first', maxPositives: 3 } as const].map(
    ({ anchors, maxPositives }) => {
      const setting = { ...form, anchors, maxPositives, temperature: TEMPERATURE, views: VIEWS };
      return {
        name: `supcon, ${form.sum}, ${form.denominator}, ${anchors} anchors, cap ${maxPositives}`,
        tensors: (chunk) => (z, labels) => ({ ...supConLoss(z, labels, { ...setting, chunk }) }),
        expected: closedSupCon({ ...setting, embeddings: EMBEDDINGS, dimensions: WIDTH, labels: LABELS }),
      };
    },
  ),
);

const IMAGES = LABELS.length / VIEWS;

/** Each class is a set of two of five labels; weights of pairs of images. */
const SOFT_WEIGHTS = jaccardWeights(
  Array.from(LABELS.subarray(0, IMAGES)).flatMap((label) =>
    [0, 1, 2, 3, 4].map((c) => (c === label || c === label + 1 ? 1 : 0)),
  ),
  5,
);

const FORM_CASES: Case[] = FORMS.flatMap((form) => {
  const setting = { ...form, temperature: TEMPERATURE };
  const layout = { views: VIEWS, anchors: 'all', images: IMAGES } as const;
  const expect = (pairs: Parameters<typeof closedForm>[1]) =>
    closedForm({ embeddings: EMBEDDINGS, dimensions: WIDTH }, pairs, setting);
  return [
    {
      name: `soft positives, ${form.sum}, ${form.denominator}`,
      tensors: (chunk) => (z, labels) => {
        const pairWeights = tf.tensor2d(Float32Array.from(SOFT_WEIGHTS), [IMAGES, IMAGES]);
        return { ...supConLoss(z, labels, { ...setting, views: VIEWS, pairWeights, chunk }) };
      },
      expected: expect(softPairs(weightsOfViews(SOFT_WEIGHTS, IMAGES, VIEWS), LABELS.length, layout)),
    },
    {
      name: `no labels, ${form.sum}, ${form.denominator}`,
      tensors: (chunk) => (z, labels) => ({ ...simClrLoss(z, labels, { ...setting, views: VIEWS, chunk }) }),
      expected: expect(imagePairs(LABELS.length, layout)),
    },
  ];
});

const OTHER_CASES: Case[] = [
  {
    name: 'n-pairs',
    tensors: (chunk) => (z, labels) => ({ ...nPairsLoss(z, labels, chunk) }),
    expected: closedNPairs({ embeddings: EMBEDDINGS, dimensions: WIDTH, labels: LABELS }),
  },
  {
    name: 'n-pairs of Sohn',
    tensors: (chunk) => (z, labels) => ({ ...sohnNPairsLoss(z, labels, chunk) }),
    expected: closedSohn({ embeddings: EMBEDDINGS, dimensions: WIDTH, labels: LABELS }),
  },
  ...[0.2, 1.5].map((margin) => ({
    name: `triplet of margin ${margin}`,
    tensors: (chunk: number) => (z: Tensor2D, labels: Tensor1D) => ({
      ...tripletLoss(z, labels, { margin, chunk }),
    }),
    expected: closedTriplet({ embeddings: EMBEDDINGS, dimensions: WIDTH, labels: LABELS, margin }),
  })),
];

const CASES = [...SUPCON_CASES, ...FORM_CASES, ...OTHER_CASES];
const BATCH = { embeddings: EMBEDDINGS, labels: LABELS };

describe.each(['eager', 'onnx'] as const)('losses on %s', (engine) => {
  let session: EngineSession<string>;
  beforeAll(async () => {
    const losses = Object.fromEntries(CASES.map(({ name, tensors }) => [name, tensors]));
    session = await loadLosses(engine, losses, { shape: [LABELS.length, WIDTH], chunk: CHUNK });
  }, LOAD_TIMEOUT_MS);

  test.each(CASES)('$name: whole and chunked are the closed form', async ({ name, expected }) => {
    const outputs = await runLoss(session, name, BATCH);
    const scale = Math.max(...expected.gradient.map(Math.abs));
    for (const prefix of ['', 'chunked ']) {
      const error = Math.abs(outputs[`${prefix}loss`][0] - expected.value);
      expect(error / Math.max(1, Math.abs(expected.value))).toBeLessThan(1e-5);
      const gradientError = largestDifference(outputs[`${prefix}gradient`], expected.gradient);
      expect(gradientError / scale).toBeLessThan(1e-5);
    }
    for (const count of ['positivesPerAnchor', 'anchorsWithoutPositives', 'anchorsWithoutNegatives'])
      expect(outputs[`chunked ${count}`][0]).toBeCloseTo(outputs[count][0], 5);
  });

  test.each(CASES)('$name: an embedding that is not a number shows in the loss', async ({ name }) => {
    const embeddings = EMBEDDINGS.slice();
    embeddings[WIDTH + 1] = Number.NaN;
    const outputs = await runLoss(session, name, { ...BATCH, embeddings });
    expect(outputs['loss'][0]).toBeNaN();
    expect(outputs['chunked loss'][0]).toBeNaN();
  });

  const LABELLED = CASES.filter(({ name }) => !name.startsWith('no labels') && !name.startsWith('soft'));
  test.each(LABELLED)('$name: one class leaves finite numbers and every anchor counted', async ({ name }) => {
    const labels = new Int32Array(LABELS.length);
    const { loss, gradient, anchorsWithoutNegatives } = await runLoss(session, name, { ...BATCH, labels });
    expect(anchorsWithoutNegatives[0]).toBe(name.includes('first') ? 7 : 14);
    expect(Number.isFinite(loss[0])).toBe(true);
    expect(Array.from(gradient).every(Number.isFinite)).toBe(true);
  });

  test('labels that all differ leave a loss of 0 and every anchor counted', async () => {
    const labels = Int32Array.from(LABELS, (_, row) => row);
    for (const name of ['n-pairs', 'n-pairs of Sohn', 'triplet of margin 0.2']) {
      const { loss, gradient, anchorsWithoutPositives } = await runLoss(session, name, { ...BATCH, labels });
      expect(anchorsWithoutPositives[0]).toBe(14);
      expect(loss[0]).toBe(0);
      expect(Array.from(gradient).every((x) => x === 0)).toBe(true);
    }
  });
});

test('the tensor form has the published values to six digits on onnx', async () => {
  const losses = PUBLISHED.map(({ sum, denominator }, at): [string, ChunkedLoss] => [
    String(at),
    (chunk) => (z, labels) => ({ ...supConLoss(z, labels, { sum, denominator, temperature: 1, chunk }) }),
  ]);
  const session = await loadLosses('onnx', Object.fromEntries(losses), { shape: [6, 3], chunk: 4 });
  for (const [at, { expected }] of PUBLISHED.entries()) {
    const outputs = await runLoss(session, String(at), PUBLISHED_BATCH);
    const mean = (expected[0] + expected[1] + expected[2]) / 3;
    expect(outputs['loss'][0]).toBeCloseTo(mean, 6);
    expect(outputs['chunked loss'][0]).toBeCloseTo(mean, 6);
  }
});
