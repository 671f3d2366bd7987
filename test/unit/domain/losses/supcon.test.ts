/** The closed form against the vectors of the paper's reference tests and against finite differences. */
import { describe, expect, test } from 'vitest';
import { supConBounds } from '../../../../src/domain/losses/bounds';
import { positiveCounts, supConLoss } from '../../../../src/domain/losses/supcon';
import { randomStream } from '../../../../src/domain/random/stream';

/** Three images, two views, three dimensions, not normalised; rows are view-major. */
const VECTORS = [
  [0.01, 0.02, 0.14],
  [0.86, 0.97, 0.33],
  [0.32, 0.64, 0.28],
  [0.38, 0.61, 0.5],
  [0.26, 0.68, 0.45],
  [0.45, 0.74, 0.73],
];
const LABELS = [0, 0, 1, 0, 0, 1];

function randomBatch(seed: number) {
  const stream = randomStream(seed);
  const [count, dimensions] = [8, 5];
  const embeddings = Float64Array.from({ length: count * dimensions }, () => stream.normal());
  return { embeddings, dimensions, labels: [0, 1, 2, 0, 1, 2, 2, 3], temperature: 0.3 };
}

describe('supConLoss', () => {
  test('reproduces the published values per image to six digits', () => {
    const { perAnchor } = supConLoss({
      embeddings: Float64Array.from(VECTORS.flat()),
      dimensions: 3,
      labels: LABELS,
      temperature: 1,
    });
    const perImage = [0, 1, 2].map((i) => (perAnchor[i] + perAnchor[i + 3]) / 2);
    [1.6755852, 1.7973773, 1.58471].forEach((expected, i) => expect(perImage[i]).toBeCloseTo(expected, 6));
  });

  test('leaves anchors without a positive out of the mean', () => {
    const { perAnchor, validAnchors, value } = supConLoss(randomBatch(1));
    expect(validAnchors).toBe(7);
    expect(perAnchor[7]).toBeNaN();
    const valid = Array.from(perAnchor).slice(0, 7);
    expect(value).toBeCloseTo(valid.reduce((a, b) => a + b) / 7, 12);
  });

  test('has the gradient that finite differences show', () => {
    const batch = randomBatch(2);
    const { gradient } = supConLoss(batch);
    const h = 1e-5;
    batch.embeddings.forEach((x, i) => {
      const at = (value: number) =>
        supConLoss({ ...batch, embeddings: batch.embeddings.with(i, value) }).value;
      expect(gradient[i]).toBeCloseTo((at(x + h) - at(x - h)) / (2 * h), 7);
    });
  });

  test('is ln(M - 1) when every embedding is equal', () => {
    const embeddings = new Float64Array(128 * 4).fill(0.5);
    const labels = Array.from({ length: 128 }, (_, i) => i % 10);
    const { value } = supConLoss({ embeddings, dimensions: 4, labels, temperature: 0.1 });
    expect(value).toBeCloseTo(supConBounds(labels, 10, 0.1).collapse, 9);
    // (0.1 / 0.07) ln 127: the value that users of SupContrast report as "stuck at 6.92".
    expect((0.1 / 0.07) * value).toBeCloseTo(6.92, 2);
  });

  test('reaches the floor on a regular simplex of class means', () => {
    const classes = 4;
    const labels = Array.from({ length: 32 }, (_, i) => i % classes);
    const length = Math.sqrt(1 - 1 / classes);
    const vertex = (c: number) =>
      Array.from({ length: classes }, (_, k) => ((k === c ? 1 : 0) - 1 / classes) / length);
    const embeddings = Float64Array.from(labels.flatMap(vertex));
    const { value } = supConLoss({ embeddings, dimensions: classes, labels, temperature: 0.1 });
    expect(value).toBeCloseTo(supConBounds(labels, classes, 0.1).floor, 9);
  });
});

test('positiveCounts counts the other views of a label', () => {
  expect(Array.from(positiveCounts([3, 3, 5, 3]))).toEqual([2, 2, 0, 2]);
});

test('bounds agree with the table of the specification', () => {
  const labels = (classes: number, views: number) => Array.from({ length: views }, (_, i) => i % classes);
  const bounds = supConBounds(labels(100, 2000), 100, 0.1);
  expect(bounds.floor).toBeCloseTo(Math.log(19 + 1980 * Math.exp(-(100 / 99) / 0.1)), 9);
  expect(supConBounds(labels(10, 2048), 10, 0.1).collapse).toBeCloseTo(7.624, 3);
});
