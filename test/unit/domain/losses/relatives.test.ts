/** SimCLR, N-pairs, triplet and joint losses in closed form against their formulas written out and finite differences. */
import { describe, expect, test } from 'vitest';
import { jointLoss } from '../../../../src/domain/losses/joint';
import { meanSquaredLength, nPairsLoss, sohnNPairsLoss } from '../../../../src/domain/losses/nPairs';
import { simClrLoss } from '../../../../src/domain/losses/simclr';
import { supConLoss } from '../../../../src/domain/losses/supcon';
import { tripletLoss } from '../../../../src/domain/losses/triplet';
import { largestDifference, numericalGradient, randomRows } from './support';

const WIDTH = 4;

function dots(embeddings: Float64Array): (i: number, j: number) => number {
  return (i, j) =>
    Array.from({ length: WIDTH }, (_, k) => embeddings[i * WIDTH + k] * embeddings[j * WIDTH + k]).reduce(
      (sum, x) => sum + x,
    );
}

function expectGradient(
  lossOf: (z: Float64Array) => { value: number; gradient: Float64Array },
  x: Float64Array,
) {
  const numerical = numericalGradient((z) => lossOf(z).value, x);
  expect(largestDifference(lossOf(x).gradient, numerical)).toBeLessThan(1e-7);
}

describe('simClrLoss', () => {
  const embeddings = randomRows(1, [8, WIDTH]);
  const batch = { embeddings, dimensions: WIDTH, views: 2, temperature: 0.5 };

  test('is NT-Xent', () => {
    const s = dots(embeddings);
    const e = (i: number, j: number) => Math.exp(s(i, j) / 0.5);
    const rows = [0, 1, 2, 3, 4, 5, 6, 7];
    const losses = rows.map((i) => {
      const others = rows.filter((a) => a !== i).reduce((sum, a) => sum + e(i, a), 0);
      return -Math.log(e(i, (i + 4) % 8) / others);
    });
    expect(largestDifference(simClrLoss(batch).perAnchor, losses)).toBeLessThan(1e-12);
  });

  test('is SupCon with every image a class of its own', () => {
    const labelled = supConLoss({ ...batch, labels: [0, 1, 2, 3, 0, 1, 2, 3] });
    expect(simClrLoss(batch).value).toBeCloseTo(labelled.value, 12);
  });

  test('has the gradient of finite differences', () => {
    expectGradient((z) => simClrLoss({ ...batch, embeddings: z }), embeddings);
  });
});

describe('nPairsLoss', () => {
  /** Two images a class, one view each. */
  const labels = [0, 1, 2, 2, 0, 1];
  const embeddings = randomRows(2, [6, WIDTH]);

  test('is the formula of the paper with two samples a class, and SupCon at temperature 1', () => {
    const s = dots(embeddings);
    const partner = [4, 5, 3, 2, 0, 1];
    const losses = labels.map((_, i) => {
      const others = [0, 1, 2, 3, 4, 5].filter((a) => a !== i);
      return -s(i, partner[i]) + Math.log(others.reduce((sum, a) => sum + Math.exp(s(i, a)), 0));
    });
    const { perAnchor, value } = nPairsLoss({ embeddings, dimensions: WIDTH, labels });
    expect(largestDifference(perAnchor, losses)).toBeLessThan(1e-12);
    const supCon = supConLoss({ embeddings, dimensions: WIDTH, labels, temperature: 1 });
    expect(value).toBeCloseTo(supCon.value, 12);
  });

  test('has the gradient of finite differences, also with three samples of a class', () => {
    const more = [0, 1, 2, 2, 0, 0];
    expectGradient((z) => nPairsLoss({ embeddings: z, dimensions: WIDTH, labels: more }), embeddings);
  });
});

describe('sohnNPairsLoss', () => {
  const labels = [0, 1, 2, 2, 0, 1, 1];
  const embeddings = randomRows(3, [7, WIDTH], 'free');

  test('is the formula of Sohn over one pair a class', () => {
    const f = dots(embeddings);
    // Anchors are rows 0, 1, 2; positives rows 4, 5, 3; row 6 takes no part.
    const positives = [4, 5, 3];
    const losses = positives.map((own, i) => {
      const rest = positives.filter((p) => p !== own);
      return Math.log(1 + rest.reduce((sum, p) => sum + Math.exp(f(i, p) - f(i, own)), 0));
    });
    const { value, validAnchors } = sohnNPairsLoss({ embeddings, dimensions: WIDTH, labels });
    expect(validAnchors).toBe(3);
    expect(value).toBeCloseTo((losses[0] + losses[1] + losses[2]) / 3, 12);
  });

  test('has the gradient of finite differences', () => {
    expectGradient((z) => sohnNPairsLoss({ embeddings: z, dimensions: WIDTH, labels }), embeddings);
  });

  test('is penalised by the mean squared length', () => {
    expect(meanSquaredLength({ embeddings: Float64Array.of(3, 4, 0, 1), dimensions: 2 })).toBe(13);
  });
});

describe('tripletLoss', () => {
  /** Points on a circle by angle in degrees; squared distances are 2 - 2 cos of the difference. */
  const onCircle = (degrees: readonly number[]) =>
    Float64Array.from(degrees.flatMap((d) => [Math.cos((d * Math.PI) / 180), Math.sin((d * Math.PI) / 180)]));
  const squared = (degrees: number) => 2 - 2 * Math.cos((degrees * Math.PI) / 180);

  test('takes the nearest negative that is farther than the positive', () => {
    const embeddings = onCircle([0, 30, 20, 40, 90]);
    const labels = [0, 0, 1, 2, 3];
    const { perAnchor } = tripletLoss({ embeddings, dimensions: 2, labels, margin: 0.2 });
    // Anchor 0: positive at 30 degrees; the negative at 20 is hard, that at 40 semi-hard.
    expect(perAnchor[0]).toBeCloseTo(squared(30) - squared(40) + 0.2, 12);
    expect(perAnchor[2]).toBeNaN();
  });

  test('has no loss where the nearest farther negative is beyond the margin', () => {
    const embeddings = onCircle([0, 5, 180]);
    const { value } = tripletLoss({ embeddings, dimensions: 2, labels: [0, 0, 1], margin: 0.2 });
    expect(value).toBe(0);
  });

  test('falls back on the farthest negative where all are nearer than the positive', () => {
    const embeddings = onCircle([0, 120, 10, -30]);
    const { perAnchor } = tripletLoss({ embeddings, dimensions: 2, labels: [0, 0, 1, 2], margin: 0.2 });
    expect(perAnchor[0]).toBeCloseTo(squared(120) - squared(30) + 0.2, 12);
  });

  test('is the margin when all embeddings are equal', () => {
    const embeddings = onCircle([10, 10, 10, 10]);
    expect(tripletLoss({ embeddings, dimensions: 2, labels: [0, 0, 1, 1], margin: 0.3 }).value).toBeCloseTo(
      0.3,
      12,
    );
  });

  test('is the mean over pairs and has the gradient of finite differences', () => {
    const labels = [0, 1, 0, 1, 2, 0];
    expectGradient(
      (z) => tripletLoss({ embeddings: z, dimensions: WIDTH, labels, margin: 0.7 }),
      randomRows(5, [6, WIDTH]),
    );
  });
});

test('jointLoss weighs values and gradients', () => {
  const embeddings = randomRows(6, [8, WIDTH]);
  const batch = { embeddings, dimensions: WIDTH, views: 2, temperature: 0.2 };
  const of = (z: Float64Array) =>
    jointLoss(
      supConLoss({ ...batch, embeddings: z, labels: [0, 1, 0, 1, 0, 1, 0, 1] }),
      simClrLoss({ ...batch, embeddings: z }),
      0.3,
    );
  const [supCon, simClr] = [1, 0].map((alpha) =>
    jointLoss(supConLoss({ ...batch, labels: [0, 1, 0, 1, 0, 1, 0, 1] }), simClrLoss(batch), alpha),
  );
  expect(of(embeddings).value).toBeCloseTo(0.3 * supCon.value + 0.7 * simClr.value, 12);
  expectGradient(of, embeddings);
});
