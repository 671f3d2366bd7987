/** Patterns against the language's own regular expressions, and against what makes those hang. */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import { compilePattern } from '../../../../src/domain/text/pattern';

const ATOMS = [
  'a',
  'b',
  'c',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\w',
  '(?:ab|c)',
  '(a|)',
  '^',
  '$',
  '\\b',
  '\\B',
  '[0-9c]',
];
const COUNTS = ['', '', '', '*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'];
const LETTERS = 'aabbccA1 \n-';

describe('patterns', () => {
  it('find what the language finds, for 3,000 random patterns and texts', () => {
    const random = new RandomStream(7);
    const pick = (from: readonly string[] | string) => from[random.uint32() % from.length] ?? '';
    let found = 0;
    for (let i = 0; i < 3000; i++) {
      const atom = () => {
        const one = pick(ATOMS);
        return /^(\^|\$|\\b)$/i.test(one) ? one : one + pick(COUNTS);
      };
      const pattern = Array.from({ length: 1 + (random.uint32() % 4) }, atom).join(
        random.uint32() % 5 ? '' : '|',
      );
      const text = Array.from({ length: random.uint32() % 9 }, () => pick(LETTERS)).join('');
      const expected = new RegExp(pattern, 'im').test(text);
      expect(compilePattern(pattern)(text), `${pattern} in ${JSON.stringify(text)}`).toBe(expected);
      if (expected) found++;
    }
    expect(found).toBeGreaterThan(500);
    expect(found).toBeLessThan(2900);
  });

  it('answer where the language would go back for years', () => {
    const text = `${'a'.repeat(400)}!`;
    for (const pattern of ['(a+)+$', '(a|aa)*b', '(a*)*(a*)*(a*)*c', 'a*a*a*a*a*a*a*b'])
      expect(compilePattern(pattern)(text)).toBe(false);
  });

  it.each([
    ['(', 'a bracket is not closed'],
    ['a)', 'a bracket is closed that was not opened'],
    ['[a', 'a square bracket is not closed'],
    ['*a', 'nothing before the repeat'],
    ['(?=a)', 'without a name or condition'],
    ['(a)\\1', 'references to groups'],
    ['a{3,1}', 'stands second'],
    ['a{101}', 'more than 100 repeats'],
    ['[z-a]', 'runs backwards'],
    ['\\', 'nothing follows'],
    ['\\p', 'is not known'],
    ['((a{100}){100}){100}', 'too long once its repeats are written out'],
    ['('.repeat(60), 'nested more than 50 deep'],
  ])('that cannot be read say where and why: %s', (pattern, why) => {
    expect(() => compilePattern(pattern)).toThrow(why);
  });
});
