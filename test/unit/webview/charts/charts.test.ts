import { describe, expect, it } from 'vitest';
import { append, EMPTY_COLUMN } from '../../../../src/domain/series/column';
import { TAG } from '../../../../src/domain/metrics/tags';
import { align } from '../../../../webview/charts/align';
import { FINAL_FIGURES, LOSS_CHART, SECTIONS } from '../../../../webview/charts/catalogue';
import { nameCentre, spreadLabels } from '../../../../webview/charts/labels';
import { axisStart, finiteExtent, steppedEnd, steppedRange } from '../../../../webview/charts/range';
import { sparse, trailingMean } from '../../../../webview/charts/smooth';
import { tagsOf } from '../../../../webview/charts/spec';
import { BYTES, PLAIN, SHARE } from '../../../../webview/charts/units';

function column(steps: readonly number[], values: readonly number[]) {
  const x = Float64Array.from(steps);
  return append(EMPTY_COLUMN, { steps: x, wallTimes: x, values: Float64Array.from(values) }, null);
}

describe('align', () => {
  it('joins on steps: no measurement is undefined, what is not finite is null and listed', () => {
    const { x, ys, nonFiniteSteps } = align([
      column([0, 1, 2, 3], [5, NaN, 3, Infinity]),
      column([1, 4], [7, 8]),
    ]);
    expect([...x]).toEqual([0, 1, 2, 3, 4]);
    expect(ys[0]).toEqual([5, null, 3, null, undefined]);
    expect(ys[1]).toEqual([undefined, 7, undefined, undefined, 8]);
    expect(nonFiniteSteps).toEqual([1, 3]);
  });

  it('takes an absent column for one without values', () => {
    const { x, ys } = align([undefined, column([2, 9], [1, 2])]);
    expect([...x]).toEqual([2, 9]);
    expect(ys).toEqual([
      [undefined, undefined],
      [1, 2],
    ]);
    expect(align([]).x).toHaveLength(0);
  });

  it('lays repeated or falling steps onto an ascending axis', () => {
    const { x, ys } = align([column([0, 1, 2, 1], [5, 4, 3, 9])]);
    expect([...x]).toEqual([0, 1, 2]);
    expect(ys[0]).toEqual([5, 4, 3]);
  });
});

describe('ranges', () => {
  it('looks at finite values alone', () => {
    expect(finiteExtent([Float64Array.of(NaN, 2, -Infinity), Float64Array.of(5)])).toEqual([2, 5]);
    expect(finiteExtent([Float64Array.of(NaN)])).toBeUndefined();
  });

  it('holds all values, with little room to spare', () => {
    for (const [low, high] of [
      [5.31, 7.92],
      [0.001, 0.0011],
      [-3, 4e6],
      [0.25, 0.5],
    ] as const) {
      const [from, to] = steppedRange([low, high]);
      expect(from).toBeLessThanOrEqual(low);
      expect(to).toBeGreaterThanOrEqual(high);
      expect(to - from).toBeLessThanOrEqual((high - low) * 2.3);
    }
  });

  it('gives values that are all equal a range around them', () => {
    for (const value of [0, 7.62, -1e-9]) {
      const [from, to] = steppedRange([value, value]);
      expect(from).toBeLessThan(value);
      expect(to).toBeGreaterThan(value);
    }
  });

  it('begins the step axis at 0, or where a late stage begins', () => {
    expect(axisStart(0, 100)).toBe(0);
    expect(axisStart(30, 100)).toBe(0);
    expect(axisStart(1686, 1735)).toBe(1686);
    expect(axisStart(5, 5)).toBe(5);
  });

  it('grows the step axis rarely', () => {
    const ends = new Set(Array.from({ length: 1000 }, (_, step) => steppedEnd(step)));
    expect([...ends]).toEqual([10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000]);
  });
});

describe('trailingMean', () => {
  it('calms a reference line and leaves gaps', () => {
    const values = Array.from({ length: 200 }, (_, step) => 2 + (step % 2));
    const calm = trailingMean([undefined, ...values, null]);
    expect(calm[0]).toBeUndefined();
    expect(calm.at(-1)).toBeNull();
    expect(calm[1]).toBe(2);
    expect(calm.slice(60, 200).every((value) => Math.abs((value ?? 0) - 2.5) < 1e-9)).toBe(true);
  });
});

describe('sparse', () => {
  it('keeps few points, gaps, and the last value', () => {
    const values = [...Array.from({ length: 1000 }, (_, step) => step), null, undefined];
    const kept = sparse(values);
    expect(kept).toHaveLength(1002);
    expect(kept.filter((value) => typeof value === 'number').length).toBeLessThan(27);
    expect(kept[999]).toBe(999);
    expect(kept[1000]).toBeNull();
  });
});

describe('nameCentre', () => {
  const room = { reach: 7, band: { top: 10, bottom: 110 } };

  it('stands on the side that was wished for where there is room', () => {
    expect(nameCentre(60, 'above', room)).toBe(53);
    expect(nameCentre(60, 'below', room)).toBe(67);
  });

  it('goes to the other side at the edge of the plot, where it would be cut', () => {
    expect(nameCentre(12, 'above', room)).toBe(19);
    expect(nameCentre(105, 'below', room)).toBe(98);
  });
});

describe('spreadLabels', () => {
  const band = { top: 0, bottom: 100 };

  it('leaves labels that do not touch', () => {
    expect(spreadLabels([80, 20, 50], 10, band)).toEqual([80, 20, 50]);
  });

  it('separates labels that collide, in their order and inside the band', () => {
    const placed = spreadLabels([98, 99, 97], 10, band);
    expect(placed).toEqual([90, 100, 80]);
  });
});

describe('units', () => {
  it('gives ticks as many decimals as their gap needs', () => {
    expect([0.25, 0.5].map((value) => PLAIN.tick(value, 0.25))).toEqual(['0.25', '0.50']);
    expect(PLAIN.tick(1960, 20)).toBe('1,960');
    expect(PLAIN.tick(2.5, 2.5)).toBe('2.5');
    expect(SHARE.tick(1, 0.2)).toBe('100 %');
    expect(SHARE.tick(0.004, 0.0001)).toBe('0.40 %');
    expect(BYTES.tick(6.1e8, 1e7)).toBe('610 MB');
  });
});

describe('catalogue', () => {
  it('draws or lists every tag that a run records, each in one place', () => {
    const curves = SECTIONS.flatMap(({ charts }) => charts.flatMap(tagsOf));
    const drawn = [...curves, ...FINAL_FIGURES.map(({ tag }) => tag)];
    expect(new Set(drawn).size).toBe(drawn.length);
    const expected = Object.values(TAG).filter((tag) => tag !== TAG.epoch);
    expect([...drawn].sort()).toEqual([...expected].sort());
  });

  it('shows the loss between its collapse line and its floor', () => {
    expect(LOSS_CHART.references.map(({ label }) => label)).toEqual(['collapse', 'floor']);
  });
});
