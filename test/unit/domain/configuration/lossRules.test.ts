/** What cannot work with a loss is refused in one sentence that names the key; what can is accepted. */
import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { LOSS_NAMES, lossKind } from '../../../../src/domain/losses/kinds';

const parse = (input: unknown) => parseConfiguration(input, 'x.supcon.json');

const REFUSED: [object, RegExp][] = [
  [
    { loss: { name: 'simclr' }, augmentation: { views: 1 } },
    /"simclr", whose positives are other views.*2 or more/,
  ],
  [{ loss: { name: 'supcon+simclr' }, augmentation: { views: 1 } }, /set "augmentation.views" to 2 or more/],
  [{ loss: { name: 'n-pairs' } }, /"augmentation.views" to 1 instead of 2/],
  [{ loss: { name: 'n-pairs-sohn' }, augmentation: { views: 3 } }, /to 1 instead of 3/],
  [{ loss: { anchors: 'first' }, augmentation: { views: 1 } }, /"loss.anchors" is "first".*write "all"/],
  [{ loss: { maxPositives: 2 } }, /"loss.maxPositives" is 2;.* 1 plus a multiple of 2, for example 3/],
  [{ loss: { maxPositives: 1 }, augmentation: { views: 3 } }, /2 plus a multiple of 3, for example 2/],
  [{ loss: { name: 'triplet' }, stage1: { batchSize: 1024 } }, /at most 1024 views/],
  [{ loss: { name: 'triplet', scale: 'tau' } }, /"triplet" has no temperature/],
  [{ loss: { name: 'triplet' }, stage1: { batchSize: 2 }, augmentation: { views: 1 } }, /at least 4 views/],
  [{ loss: { labelSmoothing: 1 } }, /"loss.labelSmoothing" must be a number from 0 to 0.99/],
];

const ACCEPTED: object[] = [
  { loss: { maxPositives: 3 } },
  { loss: { maxPositives: 1 }, augmentation: { views: 1 } },
  { loss: { name: 'simclr', maxPositives: 2 } },
  // The cross-entropy baseline of a run keeps the keys of its loss.
  {
    loss: { name: 'cross-entropy', scale: 'tau', anchors: 'first', maxPositives: 2 },
    augmentation: { views: 1 },
  },
  { loss: { name: 'triplet' }, stage1: { batchSize: 512 } },
];

describe('rules of the loss', () => {
  test.each(REFUSED)('%j is refused', (input, sentence) => {
    expect(() => parse(input)).toThrow(sentence);
  });

  test.each(ACCEPTED)('%j is accepted', (input) => {
    expect(() => parse(input)).not.toThrow();
  });
});

test.each(LOSS_NAMES)('%s needs a head that fits its objective', (name) => {
  const { objective, head } = lossKind(name);
  expect(head.includes('projection')).toBe(objective === 'contrastive');
});
