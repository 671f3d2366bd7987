/** Every mistake in a configuration becomes one sentence that names the key and what to write. */
import { describe, expect, test } from 'vitest';
import { configurationJsonSchema } from '../../../../src/domain/configuration/jsonSchema';
import { applyOverride, mergeConfigurations } from '../../../../src/domain/configuration/override';
import { keyPaths, nearestKey, parseConfiguration } from '../../../../src/domain/configuration/parse';
import { PRESETS } from '../../../../src/domain/configuration/presets/presets';

const parse = (input: unknown) => parseConfiguration(input, 'x.supcon.json');

describe('parseConfiguration', () => {
  test('fills in every default', () => {
    const configuration = parse({ stage1: { epochs: 3 } });
    expect(configuration.stage1).toMatchObject({
      epochs: 3,
      batchSize: 64,
      learningRate: 0.2,
      warmupEpochs: 1,
      schedule: 'cosine',
      decayEpochs: [],
    });
    expect(configuration.augmentation.cropArea).toEqual([0.2, 1]);
    expect(configuration.loss.temperature).toBe(0.1);
  });

  test.each([
    [{ stage1: { epoch: 3 } }, /unknown key "stage1.epoch".*nearest known key is "stage1.epochs"/],
    [{ temprature: 1 }, /unknown key "temprature".*"loss.temperature"/],
    [{ stage1: { epochs: 'ten' } }, /"stage1.epochs" must be a whole number from 1 to 100000; it is "ten"/],
    [{ stage1: { epochs: 2.5 } }, /"stage1.epochs" must be a whole number.*2.5/],
    [{ loss: { temperature: 0 } }, /"loss.temperature" must be a number from 0.005 to 10; it is 0/],
    [{ loss: { name: 'hinge' } }, /"loss.name" must be one of "supcon", "cross-entropy".*; it is "hinge"/],
    [{ dataset: { kind: 'cifar' } }, /"dataset.kind" must be one of/],
    [{ dataset: { kind: 'idx' } }, /"dataset.path" is empty; name the folder/],
    [
      { dataset: { kind: 'arrays', path: 'x', arrays: 'a,b,c' } },
      /"dataset.arrays" is "a,b,c"; name two arrays/,
    ],
    [
      { augmentation: { cropArea: [1, 0.2] } },
      /"augmentation.cropArea" must be two numbers in ascending order/,
    ],
    [{ stage1: [] }, /"stage1" must be an object in braces/],
    [{ stage1: { epochs: 1, warmupEpochs: 2 } }, /"stage1.warmupEpochs" is 2, more than/],
    [
      { stage2: { warmupFrom: 6 } },
      /"stage2.warmupFrom" is 6, more than the peak "stage2.learningRate" \(5\)/,
    ],
    [{ stage1: { schedule: 'step' } }, /"stage1.decayEpochs" is empty; name the epochs/],
    [
      { stage1: { decayEpochs: [9, 3] } },
      /"stage1.decayEpochs" must be a list of numbers in ascending order/,
    ],
    [{ stage1: { decayEpochs: 9 } }, /must be a list of numbers in ascending order.*; it is 9/],
    [{ stage1: { accumulate: 2 } }, /accumulated batches give it no more negatives: set it to 1/],
    [
      { stage1: { sampler: 'class-balanced', batchSize: 64, perClass: 5 } },
      /not a multiple of "stage1.perClass" \(5\): the nearest ones are 60 and 65/,
    ],
    [{ optimiser: { name: 'adam', nesterov: true } }, /form of the momentum of "sgd"/],
    [{ optimiser: { momentum: 0, nesterov: true } }, /"optimiser.momentum" above 0/],
    [{ formatVersion: 2 }, /newer SupCon Lab \(format 2\): update/],
    [[], /the configuration must be an object in braces/],
    [null, /the configuration must be an object in braces/],
  ])('%j', (input, sentence) => {
    expect(() => parse(input)).toThrow(sentence);
  });

  test.each(PRESETS)('accepts the preset $name', ({ configuration }) => {
    expect(() => parse(configuration)).not.toThrow();
  });
});

describe('applyOverride', () => {
  test('reads the value as JSON and else as text', () => {
    expect(applyOverride({ seed: 1 }, 'loss.temperature=0.5')).toEqual({
      seed: 1,
      loss: { temperature: 0.5 },
    });
    expect(applyOverride({}, 'name=my run')).toEqual({ name: 'my run' });
    expect(applyOverride({ loss: { name: 'supcon' } }, 'loss.scale=tau')).toEqual({
      loss: { name: 'supcon', scale: 'tau' },
    });
  });

  test('names the nearest key, and the form', () => {
    expect(() => applyOverride({}, 'stage1.batchsize=3')).toThrow(/nearest known key is "stage1.batchSize"/);
    expect(() => applyOverride({}, 'seed')).toThrow(/write it as path=value/);
  });
});

test('mergeConfigurations merges groups and replaces the rest', () => {
  expect(mergeConfigurations({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: 3 }, d: [2] })).toEqual({
    a: { b: 3, c: 2 },
    d: [2],
  });
});

test('the JSON schema describes every key', () => {
  const text = JSON.stringify(configurationJsonSchema());
  for (const path of keyPaths().filter((key) => key !== '$schema')) {
    expect(text).toContain(`"${path.slice(path.lastIndexOf('.') + 1)}"`);
  }
  expect(text).toContain('"additionalProperties":false');
  expect(text).toContain('Passes over the training images.');
});

test('nearestKey prefers the same leaf in another group', () => {
  expect(nearestKey('learningRate')).toBe('stage1.learningRate');
});
