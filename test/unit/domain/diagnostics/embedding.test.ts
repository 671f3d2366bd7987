/** Diagnostics of embeddings whose state is known: collapsed as a whole, collapsed by class, and spread evenly. */
import { expect, test } from 'vitest';
import { PAIR_SAMPLES, diagnoseEmbedding } from '../../../../src/domain/diagnostics/embedding';
import { normaliseRows } from '../../../../src/domain/metrics/neighbours';
import { randomStream } from '../../../../src/domain/random/stream';

const CLASSES = 4;
const WIDTH = 16;
const COUNT = 200;
const LABELS = Int32Array.from({ length: COUNT }, (_, i) => i % CLASSES);

/** Rows made of a class mean of length `signal` and noise of length about `noise`. */
function rows(signal: number, noise: number): Float32Array {
  const random = randomStream(3);
  const values = new Float32Array(COUNT * WIDTH);
  for (let i = 0; i < values.length; i++) {
    const isOwnAxis = i % WIDTH === LABELS[Math.floor(i / WIDTH)];
    values[i] = (isOwnAxis ? signal : 0) + (noise / Math.sqrt(WIDTH)) * random.normal();
  }
  return normaliseRows(values, WIDTH);
}

test('classes collapsed onto a simplex: rank C, no spread within, every pair told apart', () => {
  const table = rows(1, 1e-4);
  const found = diagnoseEmbedding({ features: table, projections: table, labels: LABELS });
  expect(found.featureRank).toBeCloseTo(CLASSES, 0);
  expect(found.nc1).toBeLessThan(1e-6);
  expect(found.cdnv).toBeLessThan(1e-6);
  expect(found.classAlignment).toBeLessThan(1e-6);
  // Orthogonal class means: cosines of 1 and 0.
  expect(found.margin).toBeCloseTo(1, 3);
  expect(found.auc).toBe(1);
  // 50 of each class: of the 19,900 pairs 4 * 1,225 lie at squared distance 0, the rest at 2.
  const share = (4 * 1225) / 19_900;
  expect(found.uniformity).toBeCloseTo(Math.log(share + (1 - share) * Math.exp(-4)), 3);
});

test('noise without classes: full rank, chance between pairs, more spread within classes than between', () => {
  const table = rows(0, 1);
  const found = diagnoseEmbedding({ features: table, projections: table, labels: LABELS });
  expect(found.featureRank).toBeGreaterThan(0.9 * WIDTH);
  expect(Math.abs(found.margin)).toBeLessThan(0.02);
  expect(Math.abs(found.auc - 0.5)).toBeLessThan(0.02);
  expect(found.cdnv).toBeGreaterThan(3);
  expect(found.classAlignment).toBeCloseTo(2, 1);
});

test('everything at one point: rank 1 and uniformity 0', () => {
  const table = new Float32Array(COUNT * WIDTH).fill(0.25);
  const found = diagnoseEmbedding({ features: table, projections: table, labels: LABELS });
  expect(found.featureRank).toBeCloseTo(1, 2);
  expect(found.uniformity).toBeCloseTo(0, 6);
  expect(found.margin).toBeCloseTo(0, 6);
  expect(found.auc).toBe(0.5);
});

test('pairs are formed of the first samples alone, everything else of all', () => {
  const count = PAIR_SAMPLES + 200;
  const random = randomStream(4);
  const table = normaliseRows(
    Float32Array.from({ length: count * 2 }, () => random.normal()),
    2,
  );
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  const { histograms } = diagnoseEmbedding({ features: table, projections: table, labels });
  const pairs = [...histograms.sameClass, ...histograms.otherClass].reduce((a, b) => a + b);
  expect(pairs).toBe((PAIR_SAMPLES * (PAIR_SAMPLES - 1)) / 2);
});
