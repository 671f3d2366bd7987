/** SupCon in closed form against the vectors of the paper's reference tests, its relatives and finite differences. */
import { describe, expect, test } from 'vitest';
import { supConLoss } from '../../../../src/domain/losses/supcon';
import {
  FORMS,
  PUBLISHED,
  PUBLISHED_BATCH,
  largestDifference,
  numericalGradient,
  randomRows,
} from './support';

/** Four images of three classes, two views each; the last label has no positive but its other view. */
function randomBatch(seed: number) {
  const labels = [0, 1, 0, 2, 0, 1, 0, 2];
  return { embeddings: randomRows(seed, [8, 5]), dimensions: 5, labels, temperature: 0.3, views: 2 };
}

describe('supConLoss', () => {
  test.each(PUBLISHED)('reproduces the published values per image, sum $sum, $denominator', (form) => {
    const { perAnchor } = supConLoss({ ...form, ...PUBLISHED_BATCH, temperature: 1 });
    const perImage = [0, 1, 2].map((i) => (perAnchor[i] + perAnchor[i + 3]) / 2);
    expect(largestDifference(perImage, form.expected)).toBeLessThan(5e-7);
  });

  test('leaves anchors without a positive out of the mean', () => {
    const labels = [0, 1, 2, 0, 1, 2, 2, 3];
    const { perAnchor, validAnchors, value } = supConLoss({ ...randomBatch(1), labels, views: 1 });
    expect(validAnchors).toBe(7);
    expect(perAnchor[7]).toBeNaN();
    const valid = Array.from(perAnchor).slice(0, 7);
    expect(value).toBeCloseTo(valid.reduce((a, b) => a + b) / 7, 12);
  });

  const variants = FORMS.flatMap((form) => [
    { ...form, anchors: 'all' as const, maxPositives: 0 },
    { ...form, anchors: 'first' as const, maxPositives: 0 },
    { ...form, anchors: 'all' as const, maxPositives: 1 },
  ]);
  test.each(variants)(
    'has the gradient that finite differences show: $sum, $denominator, $anchors, cap $maxPositives',
    (form) => {
      const batch = { ...randomBatch(2), ...form };
      const { gradient } = supConLoss(batch);
      const numerical = numericalGradient(
        (embeddings) => supConLoss({ ...batch, embeddings }).value,
        batch.embeddings,
      );
      expect(largestDifference(gradient, numerical)).toBeLessThan(1e-7);
    },
  );

  test.each([1, 2, 3, 4, 5])('L_in is at most L_out for every anchor, batch %d', (seed) => {
    for (const denominator of ['all', 'one-positive', 'negatives'] as const) {
      const batch = { ...randomBatch(seed), denominator };
      const [inside, outside] = [supConLoss({ ...batch, sum: 'in' }), supConLoss({ ...batch, sum: 'out' })];
      inside.perAnchor.forEach((loss, i) => expect(loss).toBeLessThanOrEqual(outside.perAnchor[i] + 1e-12));
      expect(inside.value).toBeLessThan(outside.value);
    }
  });

  test('with one positive in the denominator is SINCERE', () => {
    const batch = randomBatch(6);
    const { perAnchor } = supConLoss({ ...batch, denominator: 'one-positive' });
    expect(largestDifference(perAnchor, sincere(batch))).toBeLessThan(1e-12);
  });

  test('a cap of the other view alone leaves the rest of the class out of both sums', () => {
    const batch = randomBatch(7);
    const { perAnchor } = supConLoss({ ...batch, maxPositives: 1 });
    // Anchor 0 (image 0, class 0): its other view is row 4; rows 2 and 6 are its class; negatives are 1, 3, 5, 7.
    const s = (a: number) => Math.exp(dot(batch.embeddings, 0, a) / batch.temperature);
    expect(perAnchor[0]).toBeCloseTo(-Math.log(s(4) / (s(4) + s(1) + s(3) + s(5) + s(7))), 12);
  });

  test('is not a number where nothing is valid', () => {
    const single = { ...randomBatch(8), labels: new Int32Array(8) };
    expect(supConLoss({ ...single, denominator: 'negatives' }).value).toBeNaN();
    expect(supConLoss({ ...single, denominator: 'one-positive' }).validAnchors).toBe(0);
    expect(supConLoss(single).validAnchors).toBe(8);
    expect(supConLoss({ ...single, labels: [0, 1, 2, 3, 4, 5, 6, 7], views: 1 }).value).toBeNaN();
  });
});

/** Equation 6 of arXiv 2309.14277: each positive is scored against the negatives and itself. */
function sincere({ embeddings, labels, temperature }: ReturnType<typeof randomBatch>): number[] {
  const rows = labels.map((_, i) => i);
  const e = (i: number, j: number) => Math.exp(dot(embeddings, i, j) / temperature);
  return rows.map((i) => {
    const negatives = rows.filter((n) => labels[n] !== labels[i]).reduce((sum, n) => sum + e(i, n), 0);
    const positives = rows.filter((p) => p !== i && labels[p] === labels[i]);
    const losses = positives.map((p) => -Math.log(e(i, p) / (e(i, p) + negatives)));
    return losses.reduce((sum, l) => sum + l, 0) / losses.length;
  });
}

function dot(embeddings: Float64Array, i: number, j: number): number {
  return [0, 1, 2, 3, 4].reduce((sum, k) => sum + embeddings[i * 5 + k] * embeddings[j * 5 + k], 0);
}
