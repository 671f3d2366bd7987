import { describe, expect, it } from 'vitest';
import { differingScales, isRawLoss, scaleSentence } from '../../../../src/domain/run/lossScale';

const BASE = {
  'loss.name': 'supcon',
  'loss.temperature': 0.1,
  'stage1.batchSize': 128,
  'augmentation.views': 2,
  seed: 1,
};

describe('raw losses of several runs', () => {
  it.each([
    ['loss.name', 'simclr', 'loss'],
    ['loss.temperature', 0.2, 'temperature'],
    ['loss.scale', 'tau/base', 'scale'],
    ['stage1.batchSize', 256, 'batch size'],
    ['augmentation.views', 4, 'views'],
  ])('do not compare when %s differs', (key, value, words) => {
    const first = { ...BASE, 'loss.scale': 'raw' };
    expect(differingScales([first, { ...first, [key]: value }])).toEqual([words]);
  });

  it('compare when only what does not set their scale differs', () => {
    expect(differingScales([BASE, { ...BASE, seed: 2, 'optimiser.learningRate': 1 }])).toEqual([]);
    expect(differingScales([BASE, {}])).toEqual([]);
  });

  it('are told by the names that scripts of others use', () => {
    expect(
      differingScales([
        { temp: 0.07, batch_size: 256 },
        { temp: 0.1, 'batch-size': 512 },
      ]),
    ).toEqual(['temperature', 'batch size']);
    expect(differingScales([{ temp: 0.07 }, { 'loss.temperature': 0.07 }])).toEqual([]);
  });

  it('are named in one sentence, and headroom is none of them', () => {
    expect(scaleSentence(['temperature', 'batch size', 'views'])).toContain(
      'temperature, batch size and views',
    );
    expect(isRawLoss('loss/optimised')).toBe(true);
    expect(isRawLoss('loss/headroom')).toBe(false);
  });
});
