/** Warnings before a run, against values worked out in the comments, and the preset that a run departs from. */
import { describe, expect, test } from 'vitest';
import { adviceAlerts, countClasses, describeAdvice, warningsOf } from '../../../../src/domain/advice/advice';
import { shareAlone, shareOfSingleClass } from '../../../../src/domain/advice/batch';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';

const TEN_CLASSES = Array<number>(10).fill(4500);
const configure = (changes: object) => parseConfiguration(changes, 'test');
const kinds = (changes: object, counts: readonly number[] = TEN_CLASSES) =>
  warningsOf(configure(changes), counts).map(({ kind }) => kind);

test('the defaults and every size of class between them are worth no warning', () => {
  expect(kinds({})).toEqual([]);
});

describe('the learning rate', () => {
  const preset = { preset: 'supcontrast-cifar-10' };

  test('is compared with the preset in proportion to the batch', () => {
    // SupContrast #127: 0.5 for 1024 images left as it was at 64, where 0.5 / 16 = 0.03125 belongs.
    const [warning] = warningsOf(
      configure({ ...preset, stage1: { batchSize: 64, learningRate: 0.5 } }),
      TEN_CLASSES,
    );
    expect(warning.kind).toBe('learning-rate-for-batch');
    expect(warning.remedy).toContain('Set stage1.learningRate to 0.0313, or stage1.batchSize to 1024');
  });

  test.each([
    [{ batchSize: 64, learningRate: 0.06 }, []],
    [{ batchSize: 64, learningRate: 0.07 }, ['learning-rate-for-batch']],
    [{ batchSize: 1024, learningRate: 0.2 }, ['learning-rate-for-batch']],
  ])('%j', (stage1, expected) => {
    expect(kinds({ ...preset, stage1 })).toEqual(expected);
  });

  test('is what to change where the batch of the preset would not help', () => {
    const [warning] = warningsOf(
      configure({ ...preset, stage1: { batchSize: 64, learningRate: 3 } }),
      TEN_CLASSES,
    );
    expect(warning.remedy).toBe('Set stage1.learningRate to 0.0313.');
  });

  test('counts the images of accumulated batches', () => {
    const loss = { name: 'cross-entropy' };
    const stage1 = { batchSize: 64, accumulate: 16, learningRate: 0.5 };
    expect(kinds({ ...preset, loss, stage1 })).toEqual([]);
  });

  test('of SGD is too large for Adam', () => {
    expect(kinds({ optimiser: { name: 'adamw' } })).toEqual(['learning-rate-for-adam']);
    expect(kinds({ optimiser: { name: 'adamw' }, stage1: { learningRate: 0.001 } })).toEqual([]);
    // The rate of stage 2 is 5 by default, which is made for SGD.
    expect(kinds({ stage2: { optimiser: 'adam' } })).toEqual(['learning-rate-of-probe']);
    expect(kinds({ stage2: { optimiser: 'adam', learningRate: 0.01 } })).toEqual([]);
    const probeRates = [0.01, 5];
    expect(kinds({ stage2: { optimiser: 'rmsprop' }, evaluation: { probeRates } })).toEqual([]);
    expect(kinds({ stage2: { optimiser: 'lars' } })).toEqual([]);
  });
});

describe('the temperature', () => {
  test.each([
    // 2^-8 / 0.1 = 0.039 and 2^-8 / 0.03 = 0.13 in a logit; 2 / 0.019 = 105 is more than ln 2^149 = 103.3.
    [0.1, 'mixed', []],
    [0.03, 'mixed', ['temperature-for-precision']],
    [0.03, 'float32', []],
    [0.02, 'float32', []],
    [0.019, 'float32', ['temperature-underflow']],
  ])('%d in %s', (temperature, precision, expected) => {
    expect(kinds({ precision, loss: { temperature } })).toEqual(expected);
  });

  test('is none of cross-entropy', () => {
    expect(kinds({ loss: { name: 'cross-entropy', temperature: 0.01 } })).toEqual([]);
  });
});

describe('the batch', () => {
  test('shareAlone is the chance that the others are of other classes', () => {
    // Two of 2 + 2 images: the other one is of the other class with chance 2/3.
    expect(shareAlone(2, [2, 2])).toBeCloseTo(2 / 3, 12);
    // Three of 3 + 1: an image of the first class (3/4) always has another, the single one (1/4) never.
    expect(shareAlone(3, [3, 1])).toBeCloseTo(1 / 4, 12);
    // Many images of C classes approach (1 - 1/C)^(N-1): 0.99^63 = 0.531.
    expect(shareAlone(64, Array<number>(100).fill(10_000))).toBeCloseTo(0.99 ** 63, 3);
  });

  test('shareOfSingleClass is the chance that all are of one class', () => {
    // Two of 2 + 2 images are of one class with chance 1/3, two of 3 + 1 with 1/2 (3 pairs of 6).
    expect(shareOfSingleClass(2, [2, 2])).toBeCloseTo(1 / 3, 12);
    expect(shareOfSingleClass(2, [3, 1])).toBeCloseTo(1 / 2, 12);
    expect(shareOfSingleClass(2, [5])).toBe(1);
  });

  const HUNDRED = Array<number>(100).fill(450);

  test('with many classes leaves anchors alone, unless it is class-balanced', () => {
    expect(kinds({}, HUNDRED)).toEqual(['few-positives']);
    const balanced = { sampler: 'class-balanced', perClass: 2 };
    expect(kinds({ stage1: balanced }, HUNDRED)).toEqual([]);
    expect(kinds({ stage1: { ...balanced, perClass: 1 } }, HUNDRED)).toEqual(['few-positives']);
  });

  test('with one view leaves them without any positive', () => {
    const [warning] = warningsOf(configure({ augmentation: { views: 1 } }), HUNDRED);
    expect(warning.cause).toContain('53 %');
    expect(warning.cause).toContain('left out of the loss');
  });

  test('of a single class has no negatives', () => {
    expect(kinds({}, [5000])).toEqual(['single-class-batches']);
    const stage1 = { sampler: 'class-balanced', batchSize: 64, perClass: 64 };
    expect(kinds({ stage1 })).toEqual(['single-class-batches']);
    expect(kinds({ loss: { name: 'cross-entropy' }, stage1 })).toEqual([]);
  });

  test('shows images of small classes twice', () => {
    const stage1 = { sampler: 'class-balanced', perClass: 4 };
    const [warning] = warningsOf(configure({ stage1 }), [...Array<number>(20).fill(100), 3]);
    expect(warning).toMatchObject({ kind: 'small-classes' });
    expect(warning.remedy).toContain('stage1.perClass to 3');
  });
});

test('advice is the same in the terminal and as alerts of step 0', () => {
  const configuration = configure({ preset: 'cifar-10', dataset: { kind: 'cifar-10', path: 'x' } });
  const lines = describeAdvice(configuration, TEN_CLASSES);
  expect(lines).toEqual([
    'It departs from the preset cifar-10, whose values are in brackets: stage1.epochs 10 (4), stage1.warmupEpochs 1 (0.5).',
  ]);
  const alerts = adviceAlerts(configuration, TEN_CLASSES, 5);
  expect(alerts).toEqual([expect.objectContaining({ kind: 'departs-from-preset', step: 0, at: 5 })]);
  expect(alerts[0].cause).toBe(lines[0]);
});

test('countClasses counts the training images alone', () => {
  expect(countClasses({ labels: [0, 1, 1, 2, 1], classes: 4 }, [0, 1, 2])).toEqual([1, 2, 0, 0]);
});
