/** Presets are complete, and a run that was started from one knows what it changed. */
import { describe, expect, test } from 'vitest';
import { warningsOf } from '../../../../src/domain/advice/advice';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { departures } from '../../../../src/domain/configuration/presets/departures';
import { PRESETS, configurationOf, presetNamed } from '../../../../src/domain/configuration/presets/presets';
import { learningRateAt } from '../../../../src/domain/schedules/schedule';

function started(name: string, changes: object = {}) {
  const preset = presetNamed(name);
  if (preset === undefined) throw new Error(name);
  return parseConfiguration({ ...configurationOf(preset), ...changes }, 'test');
}

describe.each(PRESETS)('the preset $name', (preset) => {
  test('says where it comes from and what to expect', () => {
    expect(preset.source.length).toBeGreaterThan(20);
    expect(preset.expected.length).toBeGreaterThan(20);
    expect(preset.configuration.name).toBe(preset.name);
  });

  test('departs from nothing and is worth no warning', () => {
    const configuration = started(preset.name);
    expect(departures(configuration)).toEqual([]);
    expect(warningsOf(configuration, Array<number>(100).fill(500))).not.toContainEqual(
      expect.objectContaining({ kind: 'learning-rate-for-batch' }),
    );
  });
});

test('departures name key, preset value and own value, and leave out what trains nothing', () => {
  const configuration = started('cifar-10', {
    name: 'mine',
    seed: 9,
    threads: 3,
    loader: { workers: 2 },
    dataset: { kind: 'cifar-10', path: 'elsewhere' },
    stage1: { epochs: 40, batchSize: 64, learningRate: 0.2, warmupEpochs: 0.5, decayEpochs: [3] },
    precision: 'mixed',
  });
  expect(departures(configuration)).toEqual([
    { key: 'precision', preset: 'float32', own: 'mixed' },
    { key: 'stage1.epochs', preset: 4, own: 40 },
    { key: 'stage1.decayEpochs', preset: [], own: [3] },
  ]);
});

test('a preset that no longer exists, or none, has no departures', () => {
  expect(departures(parseConfiguration({ preset: 'gone', seed: 3 }, 'test'))).toEqual([]);
  expect(departures(parseConfiguration({ stage1: { epochs: 3 } }, 'test'))).toEqual([]);
});

test('the recipe of SupContrast warms up from 0.01 to 0.5 and ends at a thousandth', () => {
  const { stage1, stage2 } = started('supcontrast-cifar-10');
  // 45,000 training images in batches of 1024 are 43 steps an epoch.
  const rate = (step: number) => learningRateAt(stage1, 43, step);
  expect(rate(0)).toBeCloseTo(0.01 + 0.49 / 430, 9);
  expect(rate(429)).toBeCloseTo(0.5, 9);
  expect(rate(42_999)).toBeCloseTo(0.0005, 6);
  expect([59, 60, 75, 90].map((epoch) => learningRateAt(stage2, 1, epoch))).toEqual([
    5,
    1,
    expect.closeTo(0.2, 9),
    expect.closeTo(0.04, 9),
  ]);
});
