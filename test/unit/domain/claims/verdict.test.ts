/** Verdicts read off intervals: the three answers, missing runs, and the direction of each metric. */
import { describe, expect, test } from 'vitest';
import type { Claim, Contrast } from '../../../../src/domain/claims/claim';
import { reportOf, verdictLine } from '../../../../src/domain/claims/report';
import type { ArmResults } from '../../../../src/domain/claims/verdict';
import { judge, verdictOf } from '../../../../src/domain/claims/verdict';
import type { Results } from '../../../../src/domain/run/results';

const ordering = (metric: 'linearProbe' | 'ece'): Contrast => ({
  kind: 'ordering',
  better: 'A',
  worse: 'B',
  metric,
  paper: 'Table 0',
});

function claimOf(...contrasts: Contrast[]): Claim {
  const arms = ['A', 'B'].map((name) => ({ name, changes: {} }));
  return {
    name: 'c',
    sentence: 'A is better.',
    arms,
    contrasts,
    metrics: ['linearProbe'],
    caution: 'Small.',
  };
}

const probe = (top1: number): Results => ({
  formatVersion: 1,
  linearProbe: { top1, split: 'test', protocol: 'p' },
});
const error = (ece: number): Results => ({
  formatVersion: 1,
  calibration: { ece, bins: 15, split: 'test', protocol: 'p' },
});

describe('an ordering', () => {
  // Differences 0.01, 0.02, 0.03: mean 0.02, deviation 0.01, reach 4.3027 * 0.01 / sqrt(3) = 0.024842.
  const unsure: ArmResults = { A: [0.81, 0.82, 0.83].map(probe), B: [0.8, 0.8, 0.8].map(probe) };
  // Differences 0.019, 0.02, 0.021: the same mean, a tenth of the reach.
  const sure: ArmResults = { A: [0.819, 0.82, 0.821].map(probe), B: [0.8, 0.8, 0.8].map(probe) };

  test('cannot be told while zero lies in the interval', () => {
    const [one] = judge(claimOf(ordering('linearProbe')), unsure);
    expect(one).toMatchObject({ count: 3, verdict: 'cannot be told' });
    expect(one.difference).toBeCloseTo(0.02, 10);
    expect(one.low).toBeCloseTo(0.02 - 0.024842, 5);
  });

  test('holds when the whole interval lies on its side, and not when it lies on the other', () => {
    expect(judge(claimOf(ordering('linearProbe')), sure)[0].verdict).toBe('holds');
    const turned = { A: sure['B'], B: sure['A'] };
    expect(judge(claimOf(ordering('linearProbe')), turned)[0].verdict).toBe('does not hold');
  });

  test('counts less as better where the metric is an error', () => {
    const results = { A: [0.019, 0.02, 0.021].map(error), B: [0.05, 0.05, 0.05].map(error) };
    expect(judge(claimOf(ordering('ece')), results)[0]).toMatchObject({ verdict: 'holds', count: 3 });
  });

  test('pairs runs of one seed and leaves out a seed that lacks one of them', () => {
    const results = { A: [probe(0.9), undefined, probe(0.92)], B: [probe(0.8), probe(0.1), probe(0.82)] };
    const [one] = judge(claimOf(ordering('linearProbe')), results);
    expect(one.count).toBe(2);
    expect(one.difference).toBeCloseTo(0.1, 10);
  });

  test('is never decided by a single seed', () => {
    const [one] = judge(claimOf(ordering('linearProbe')), { A: [probe(0.9)], B: [probe(0.1)] });
    expect(one).toMatchObject({ low: -Infinity, high: Infinity, verdict: 'cannot be told' });
  });
});

describe('a spread', () => {
  const settings = (family: string, values: readonly number[]) =>
    values.map((value, i) => ({ arm: { name: `${family}${i}`, changes: {}, family }, value }));
  const spread: Contrast = { kind: 'spread', narrower: 'A', wider: 'B', metric: 'linearProbe', paper: '' };

  function judgeSpread(a: readonly number[], b: readonly number[]) {
    const all = [...settings('A', a), ...settings('B', b)];
    const claim = { ...claimOf(spread), arms: all.map(({ arm }) => arm) };
    return judge(claim, Object.fromEntries(all.map(({ arm, value }) => [arm.name, [probe(value)]])))[0];
  }

  test('compares deviations over settings', () => {
    // Deviations of 1, 2, ..., 8 hundredths and of ten times that: 0.024495 and 0.24495.
    const narrow = [1, 2, 3, 4, 5, 6, 7, 8].map((x) => x / 100);
    const judged = judgeSpread(
      narrow,
      narrow.map((x) => 10 * x),
    );
    expect(judged.difference).toBeCloseTo(0.22045, 4);
    expect(judged.verdict).toBe('holds');
    expect(judgeSpread(narrow, narrow).verdict).toBe('cannot be told');
  });

  test('needs two settings in each family', () => {
    expect(judgeSpread([0.5], [0.1, 0.9]).verdict).toBe('cannot be told');
  });
});

test('a claim holds only if all its contrasts do', () => {
  const one = { difference: 0, low: 0, high: 0, count: 3, contrast: ordering('ece') };
  const verdicts = (...all: ('holds' | 'does not hold' | 'cannot be told')[]) =>
    verdictOf(all.map((verdict) => ({ ...one, verdict })));
  expect(verdicts('holds', 'holds')).toBe('holds');
  expect(verdicts('holds', 'cannot be told')).toBe('cannot be told');
  expect(verdicts('holds', 'cannot be told', 'does not hold')).toBe('does not hold');
  expect(verdicts()).toBe('cannot be told');
});

test('the report says verdict, interval in points, and what it cannot say', () => {
  const results = { A: [0.819, 0.82, 0.821].map(probe), B: [0.8, 0.8, 0.8].map(probe) };
  const claim = claimOf(ordering('linearProbe'));
  const report = reportOf({ claim, results, setting: [['seeds', '1, 2, 3']] });
  expect(report).toContain('**Verdict: holds**');
  expect(report).toContain('| A over B, linear probe | +2.00 | [+1.75, +2.25] | 3 | holds | Table 0 |');
  expect(report).toContain('| A | 3 | 82.00 ± 0.10 |');
  expect(report).toContain('Small.');
  expect(verdictLine(claim, results)).toBe('c: holds (A over B, linear probe +2.00 [+1.75, +2.25])');
});
