import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import { cutApart, shortNames } from '../../../../src/domain/display/shortNames';

describe('names beside each other', () => {
  it('lose the words that they share, wherever these stand', () => {
    expect(shortNames(['fmnist-supcon-tau0.1-s1', 'fmnist-supcon-tau0.2-s1'])).toEqual([
      '…tau0.1-s1',
      '…tau0.2-s1',
    ]);
    expect(shortNames(['supcon-resnet18-strong-s1', 'simclr-resnet18-strong-s2'])).toEqual([
      'supcon-…s1',
      'simclr-…s2',
    ]);
    expect(shortNames(['a-with-a-long-end', 'bc-d-with-a-long-end'])).toEqual(['a…', 'bc-d…']);
  });

  it('stay as they are where little would be won, or nothing tells them apart', () => {
    for (const names of [['ab-1', 'ab-2'], ['only-one-run'], ['same-same', 'same-same'], [], ['', 'x']])
      expect(shortNames(names)).toEqual(names);
    expect(shortNames(['supcon-run', 'supcon-run-b'])).toEqual(['…run', '…run-b']);
  });

  it('differ as the whole names do', () => {
    for (const names of madeUpNames(300)) {
      expect(new Set(shortNames(names)).size).toBe(new Set(names).size);
      for (const [i, short] of shortNames(names).entries())
        expect(short.length).toBeLessThanOrEqual(names[i]?.length ?? 0);
    }
  });
});

describe('names that are cut', () => {
  it('are cut in the middle where that tells them apart', () => {
    expect(cutApart(['short', 'fmnist-supcon-r18-s3'], 11)).toEqual(['short', 'fmnis…18-s3']);
  });

  it('are cut elsewhere where the middle is what differs', () => {
    const cut = cutApart(['resnet-temperature-0.07-seed', 'resnet-temperature-0.50-seed'], 12);
    expect(cut[0]).not.toBe(cut[1]);
    expect(cut[0]).toContain('07');
    expect(cut[1]).toContain('50');
  });

  it('never take more room than there is', () => {
    for (const names of madeUpNames(300))
      for (const most of [5, 9, 18])
        for (const cut of cutApart(names, most)) expect(Array.from(cut).length).toBeLessThanOrEqual(most);
  });
});

/** Lists of experiments' names that share some of their words. */
function madeUpNames(lists: number): string[][] {
  const random = new RandomStream(7, 1);
  const words = ['supcon', 'simclr', 'resnet18', 'tau0.1', 'tau0.5', 's1', 's2', '𝛼', 'a'];
  const pick = () => words[random.integer(words.length)] ?? '';
  return Array.from({ length: lists }, () => {
    const stem = Array.from({ length: 1 + random.integer(4) }, pick);
    return Array.from({ length: 2 + random.integer(4) }, () =>
      [...stem, pick(), ...(random.uniform() < 0.3 ? [pick()] : []), 'resnet18', pick()].join('-'),
    );
  });
}
