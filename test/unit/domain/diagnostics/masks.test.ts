/** The alerts about empty masks come once, on batches that are wrong, and not on a healthy run. */
import { describe, expect, test } from 'vitest';
import type { MaskObservation } from '../../../../src/domain/diagnostics/masks';
import { NO_MASK_STREAKS, maskAlerts, observeMasks } from '../../../../src/domain/diagnostics/masks';
import { imagePairCounts, labelPairCounts } from '../../../../src/domain/losses/pairCounts';
import type { PairCounts } from '../../../../src/domain/losses/pairCounts';
import { randomStream } from '../../../../src/domain/random/stream';

const IN_A_ROW = 3;

/** Kind and step of every alert over the steps. */
function alertsOver(steps: readonly MaskObservation[]): string[] {
  let streaks = NO_MASK_STREAKS;
  return steps.flatMap((seen, step) => {
    streaks = observeMasks(streaks, seen, IN_A_ROW);
    return maskAlerts(streaks, IN_A_ROW, { step, at: 0 }).map(
      ({ kind, severity }) => `${severity} ${kind} at ${step}`,
    );
  });
}

function observation({ positives, negatives }: PairCounts): MaskObservation {
  const empty = (counts: ArrayLike<number>) => Array.from(counts).filter((count) => count === 0).length;
  return {
    anchors: positives.length,
    withoutPositives: empty(positives),
    withoutNegatives: empty(negatives),
  };
}

/** Steps of a shuffled run; labels are view-major. */
function run(steps: number, batch: { images: number; views: number; classes: number }): MaskObservation[] {
  const stream = randomStream(7);
  return Array.from({ length: steps }, () => {
    const own = Array.from({ length: batch.images }, () => stream.uint32() % batch.classes);
    const labels = Array.from({ length: batch.views }, () => own).flat();
    return observation(labelPairCounts(labels, { views: batch.views, anchors: 'all' }));
  });
}

describe('maskAlerts', () => {
  test('is silent over 500 healthy steps of 100 classes, with two views and with one', () => {
    expect(alertsOver(run(500, { images: 64, views: 2, classes: 100 }))).toEqual([]);
    expect(alertsOver(run(500, { images: 64, views: 1, classes: 100 }))).toEqual([]);
  });

  test('is silent on SimCLR', () => {
    const step = observation(imagePairCounts(128, { views: 2, anchors: 'all' }));
    expect(alertsOver(Array.from({ length: 100 }, () => step))).toEqual([]);
  });

  test('names batches without positives as an error, once', () => {
    const steps = run(50, { images: 8, views: 1, classes: 4_000_000 });
    expect(alertsOver(steps)).toEqual(['error no-positives at 2']);
  });

  test('names batches of one class as a warning, once', () => {
    expect(alertsOver(run(50, { images: 8, views: 2, classes: 1 }))).toEqual(['warning no-negatives at 2']);
  });

  test('forgives two bad batches in a row', () => {
    const [good] = run(1, { images: 8, views: 2, classes: 2 });
    const bad = { ...good, withoutNegatives: good.anchors };
    expect(alertsOver([bad, bad, good, bad, bad, good])).toEqual([]);
  });
});
