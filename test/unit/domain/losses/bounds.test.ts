/** Both lines of every loss, against the loss itself: collapsed, on a simplex, and as low as descent gets. */
import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../../src/domain/configuration/schema';
import { contrastiveBounds, headroom } from '../../../../src/domain/losses/bounds';
import { contrastiveLoss } from '../../../../src/domain/losses/contrastive';
import { crossEntropyLoss, mixedTargets, softTargets } from '../../../../src/domain/losses/crossEntropy';
import { overlapWeights, weightsOfViews } from '../../../../src/domain/losses/labelWeights';
import { lossLines } from '../../../../src/domain/losses/lines';
import { nPairsLoss, sohnNPairsLoss } from '../../../../src/domain/losses/nPairs';
import { labelPairCounts } from '../../../../src/domain/losses/pairCounts';
import { labelPairs, weightPairs } from '../../../../src/domain/losses/pairs';
import { SUPCON_FORM } from '../../../../src/domain/losses/rowForms';
import { simClrLoss } from '../../../../src/domain/losses/simclr';
import { supConLoss } from '../../../../src/domain/losses/supcon';
import { tripletLoss } from '../../../../src/domain/losses/triplet';
import { FORMS, randomRows } from './support';

const CLASSES = 4;
const ALL = { views: 2, anchors: 'all' } as const;
const VARIANTS = FORMS.flatMap((form) =>
  (['all', 'first'] as const).flatMap((anchors) =>
    [0, 3].map((maxPositives) => ({ ...form, anchors, maxPositives })),
  ),
);

/** Eight images of four classes, two views each, view-major. */
const LABELS = Array.from({ length: 16 }, (_, row) => row % CLASSES);

/** Each view on the corner of its class of a regular simplex in `corners` dimensions. */
function simplex(corners: number, corner: readonly number[]): Float64Array {
  const length = Math.sqrt(1 - 1 / corners);
  return Float64Array.from(
    corner.flatMap((c) =>
      Array.from({ length: corners }, (_, k) => ((k === c ? 1 : 0) - 1 / corners) / length),
    ),
  );
}

function linesOf(loss: NonNullable<PartialConfiguration['loss']>, labels: readonly number[], views: number) {
  const configuration = parseConfiguration({ loss, augmentation: { views } }, 'test');
  return lossLines(configuration.loss, { labels, views, classes: CLASSES });
}

describe.each(VARIANTS)('lines of $sum, $denominator, $anchors anchors, cap $maxPositives', (form) => {
  const setting = { ...form, temperature: 0.2 };
  const { unscaled } = linesOf({ name: 'supcon', ...setting }, LABELS, 2);
  const valueOf = (embeddings: Float64Array) =>
    supConLoss({ ...setting, embeddings, dimensions: CLASSES, labels: LABELS, views: 2 }).value;

  test('are the loss collapsed and on a simplex', () => {
    expect(valueOf(new Float64Array(16 * CLASSES).fill(0.5))).toBeCloseTo(unscaled.collapse, 9);
    expect(valueOf(simplex(CLASSES, LABELS))).toBeCloseTo(unscaled.floor, 9);
  });
});

test.each(VARIANTS.filter(({ maxPositives }) => maxPositives === 0))(
  'nothing lies below the floor, which descent nears: $sum, $denominator, $anchors anchors',
  (form) => {
    const setting = { ...form, temperature: 0.2 };
    const { unscaled } = linesOf({ name: 'supcon', ...setting }, LABELS, 2);
    const pairs = labelPairs(LABELS, { views: 2, anchors: form.anchors });
    const embeddings = randomRows(1, [16, CLASSES]);
    let lowest = Infinity;
    for (let step = 0; step < 400; step++) {
      const { value, gradient } = contrastiveLoss({ embeddings, dimensions: CLASSES }, pairs, setting);
      lowest = Math.min(lowest, value);
      embeddings.forEach((x, i) => (embeddings[i] = x - gradient[i]));
      normalise(embeddings);
    }
    expect(lowest).toBeGreaterThan(unscaled.floor - 1e-9);
    expect(headroom(lowest, unscaled)).toBeLessThan(0.1);
  },
);

function normalise(embeddings: Float64Array): void {
  for (let row = 0; row < embeddings.length; row += CLASSES) {
    const own = embeddings.subarray(row, row + CLASSES);
    const length = Math.hypot(...own);
    own.forEach((x, k) => (own[k] = x / length));
  }
}

describe('collapse lines of other losses are their values when all embeddings are equal', () => {
  const embeddings = new Float64Array(16 * CLASSES).fill(0.5);
  const batch = { embeddings, dimensions: CLASSES, labels: LABELS };

  test('SimCLR, whose simplex has a corner for each image', () => {
    const { unscaled } = linesOf({ name: 'simclr', temperature: 0.2 }, LABELS, 2);
    expect(simClrLoss({ ...batch, views: 2, temperature: 0.2 }).value).toBeCloseTo(unscaled.collapse, 9);
    const spread = simplex(
      8,
      LABELS.map((_, row) => row % 8),
    );
    const lowest = simClrLoss({ embeddings: spread, dimensions: 8, views: 2, temperature: 0.2 });
    expect(lowest.value).toBeCloseTo(unscaled.floor, 9);
  });

  test('N-pairs in both forms', () => {
    const { unscaled } = linesOf({ name: 'n-pairs' }, LABELS, 1);
    expect(nPairsLoss(batch).value).toBeCloseTo(unscaled.collapse, 9);
    expect(nPairsLoss({ ...batch, embeddings: simplex(CLASSES, LABELS) }).value).toBeCloseTo(
      unscaled.floor,
      9,
    );
    const sohn = linesOf({ name: 'n-pairs-sohn' }, LABELS, 1).unscaled;
    expect(sohnNPairsLoss(batch).value).toBeCloseTo(sohn.collapse, 9);
    const long = simplex(CLASSES, LABELS).map((x) => 10 * x);
    expect(sohnNPairsLoss({ ...batch, embeddings: long }).value).toBeCloseTo(sohn.floor, 9);
    expect(linesOf({ name: 'n-pairs-sohn' }, LABELS, 1).optimised.collapse).toBeNaN();
    const free = linesOf({ name: 'n-pairs-sohn', lengthPenalty: 0 }, LABELS, 1);
    expect(free.optimised).toEqual(free.unscaled);
  });

  test('triplet, for which the simplex is free of loss up to the largest margin', () => {
    const { unscaled } = linesOf({ name: 'triplet', tripletMargin: 2 }, LABELS, 2);
    expect(tripletLoss({ ...batch, margin: 2 }).value).toBeCloseTo(unscaled.collapse, 9);
    const spread = { ...batch, embeddings: simplex(CLASSES, LABELS) };
    expect(tripletLoss({ ...spread, margin: 2 }).value).toBeCloseTo(unscaled.floor, 9);
  });

  test('SupCon with SimCLR, which has no known floor', () => {
    const { unscaled, optimised } = linesOf({ name: 'supcon+simclr', weight: 0.3, scale: 'tau' }, LABELS, 2);
    // Both collapse at ln 15, whatever the weight; tau is 0.1.
    expect(unscaled.collapse).toBeCloseTo(Math.log(15), 12);
    expect(optimised.collapse).toBeCloseTo(0.1 * Math.log(15), 12);
    expect(unscaled.floor).toBeNaN();
    expect(headroom(2, unscaled)).toBeNaN();
  });

  test('SupCon with cross-entropy, whose scale concerns SupCon alone', () => {
    const loss = { name: 'supcon+cross-entropy', weight: 0.25, scale: 'tau' } as const;
    const { unscaled, optimised } = linesOf(loss, LABELS, 2);
    expect(unscaled.collapse).toBeCloseTo(0.25 * Math.log(15) + 0.75 * Math.log(4), 12);
    expect(optimised.collapse).toBeCloseTo(0.25 * 0.1 * Math.log(15) + 0.75 * Math.log(4), 12);
  });
});

test('the floor of cross-entropy is its value at the targets themselves', () => {
  const mix = { labels: [0, 1, 2], partnerLabels: [3, 1, 0], ownShare: [0.7, 0.2, 0.5] };
  const configuration = parseConfiguration({ loss: { name: 'cross-entropy', labelSmoothing: 0.1 } }, 'test');
  const { unscaled } = lossLines(configuration.loss, { ...mix, views: 1, classes: CLASSES, mix });
  const targets = mixedTargets(mix, CLASSES, 0.1);
  const best = crossEntropyLoss(targets.map(Math.log), targets, CLASSES).value;
  expect(unscaled.floor).toBeCloseTo(best, 12);
  expect(unscaled.collapse).toBeCloseTo(Math.log(CLASSES), 12);
  expect(linesOf({ name: 'large-margin' }, LABELS, 2).unscaled.floor).toBeCloseTo(0, 12);
});

describe('lines of samples with several labels', () => {
  /** Labels {0}, {0, 1}, {2}, {2, 3}; two views. */
  const labelWeights = [...[1, 0, 0, 0], ...[1, 1, 0, 0], ...[0, 0, 1, 0], ...[0, 0, 1, 1]];
  const pairWeights = overlapWeights(labelWeights, CLASSES, 'jaccard');
  const weighted = { labelWeights, pairWeights };
  const labels = [0, 0, 2, 2, 0, 0, 2, 2];
  const lines = (loss: NonNullable<PartialConfiguration['loss']>) =>
    lossLines(parseConfiguration({ loss }, 'test').loss, { labels, views: 2, classes: CLASSES, weighted });

  test.each(FORMS)('have the collapse line of their weights and no floor: $sum, $denominator', (form) => {
    const embeddings = new Float64Array(8 * 3).fill(Math.sqrt(1 / 3));
    const pairs = weightPairs(weightsOfViews(pairWeights, 4, 2), 8, ALL);
    const { value } = contrastiveLoss({ embeddings, dimensions: 3 }, pairs, { ...form, temperature: 0.1 });
    const { unscaled } = lines({ name: 'supcon', ...form });
    expect(unscaled.collapse).toBeCloseTo(value, 9);
    expect(unscaled.floor).toBeNaN();
  });

  test('have the entropy of the targets as the floor of cross-entropy', () => {
    const targets = softTargets(labelWeights, CLASSES);
    const best = crossEntropyLoss(
      targets.map((t) => Math.log(Math.max(t, 1e-300))),
      targets,
      CLASSES,
    ).value;
    expect(lines({ name: 'cross-entropy' }).unscaled.floor).toBeCloseTo(best, 12);
    // Two rows of one label, two of two.
    expect(best).toBeCloseTo(Math.log(2) / 2, 12);
  });
});

test('bounds agree with the table of the specification', () => {
  const boundsOf = (classes: number, views: number) => {
    const labels = Array.from({ length: views }, (_, row) => row % classes);
    return contrastiveBounds(labelPairCounts(labels, ALL), SUPCON_FORM, { classes, temperature: 0.1 });
  };
  expect(boundsOf(100, 2000).floor).toBeCloseTo(Math.log(19 + 1980 * Math.exp(-(100 / 99) / 0.1)), 9);
  expect(boundsOf(10, 2048).collapse).toBeCloseTo(7.624, 3);
  // (0.1 / 0.07) ln 127: the value that users of SupContrast report as "stuck at 6.92".
  expect((0.1 / 0.07) * boundsOf(10, 128).collapse).toBeCloseTo(6.92, 2);
});

test('a batch without a valid anchor has no lines', () => {
  const { unscaled } = linesOf({ name: 'supcon', denominator: 'negatives' }, [1, 1, 1, 1], 2);
  expect(unscaled.collapse).toBeNaN();
  expect(unscaled.floor).toBeNaN();
});
