/** A sweep's list of runs: combinations, draws, seeds, and what is refused before anything starts. */
import { describe, expect, test } from 'vitest';
import { expandSweep, labelOf } from '../../../../src/domain/sweep/expand';

const expand = (sweep: object, more: object = {}) =>
  expandSweep({ seed: 5, ...more, sweep }, 'a.supcon.json');

describe('expandSweep', () => {
  test('makes one run of a configuration without a sweep', () => {
    const [run, ...others] = expandSweep({ loss: { temperature: 0.2 } }, 'a.supcon.json');
    expect(others).toEqual([]);
    expect(run.label).toBe('base');
    expect(run.configuration.loss.temperature).toBe(0.2);
  });

  test('combines every value of the grid with every seed, seeds innermost', () => {
    const runs = expand({ grid: { 'loss.temperature': [0.05, 0.1], 'model.width': [8, 16] }, seeds: 2 });
    expect(runs.map(({ label }) => label)).toEqual([
      'temperature=0.05 width=8 seed=5',
      'temperature=0.05 width=8 seed=6',
      'temperature=0.05 width=16 seed=5',
      'temperature=0.05 width=16 seed=6',
      'temperature=0.1 width=8 seed=5',
      'temperature=0.1 width=8 seed=6',
      'temperature=0.1 width=16 seed=5',
      'temperature=0.1 width=16 seed=6',
    ]);
    expect(runs[3]?.configuration).toMatchObject({
      seed: 6,
      loss: { temperature: 0.05 },
      model: { width: 16 },
    });
    expect(runs[3]?.changes).toEqual(runs[2]?.changes);
    expect(runs[0]?.configuration.sweep).toBeUndefined();
  });

  test('takes seeds from a list', () => {
    const runs = expand({ seeds: [11, 3] });
    expect(runs.map(({ configuration }) => configuration.seed)).toEqual([11, 3]);
  });

  test('draws the same numbers again from the same seed, inside their range', () => {
    const sweep = {
      random: {
        'stage1.learningRate': { from: 0.01, to: 1, scale: 'log' },
        'model.projection': ['mlp', 'linear'],
      },
      samples: 200,
    };
    const rates = expand(sweep).map(({ configuration }) => configuration.stage1.learningRate);
    expect(rates).toEqual(expand(sweep).map(({ configuration }) => configuration.stage1.learningRate));
    expect(new Set(rates).size).toBe(200);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.01);
    expect(Math.max(...rates)).toBeLessThan(1);
    // On a logarithmic scale half of the draws lie below the geometric mean, 0.1; 4 deviations are 28.
    expect(Math.abs(rates.filter((rate) => rate < 0.1).length - 100)).toBeLessThan(28);
    expect(expand(sweep, { seed: 6 })[0]?.configuration.stage1.learningRate).not.toBe(rates[0]);
  });

  test.each([
    [{ grid: { 'loss.temprature': [1] } }, /unknown key "loss\.temprature".*"loss\.temperature"/],
    [{ grid: { seed: [1, 2] } }, /cannot vary "seed"/],
    [{ grid: { 'loss.temperature': [] } }, /must not be empty/],
    [{ grid: { 'loss.temperature': [0.1, -1] } }, /run "temperature=-1".*"loss\.temperature" must be/],
    [{ random: { 'loss.temperature': [0.1] } }, /"sweep\.samples"/],
    [
      {
        grid: { 'loss.temperature': [0.1] },
        random: { 'loss.temperature': { from: 0.1, to: 1 } },
        samples: 2,
      },
      /in "sweep\.grid" and in "sweep\.random"/,
    ],
    [
      { grid: { 'model.width': [4, 8, 16] }, random: { 'loss.temperature': [1] }, samples: 4000 },
      /12000 runs/,
    ],
    [{ seeds: 0 }, /"sweep\.seeds" must be/],
    [{ grids: {} }, /unknown key "sweep\.grids"/],
  ])('refuses %j', (sweep, sentence) => {
    expect(() => expand(sweep)).toThrow(sentence);
  });
});

test('a label shows numbers shortly and texts as they are', () => {
  expect(labelOf({ 'loss.temperature': 1 / 3, 'model.projection': 'mlp', 'x.y': [1, 2] })).toBe(
    'temperature=0.3333 projection=mlp y=[1,2]',
  );
});
