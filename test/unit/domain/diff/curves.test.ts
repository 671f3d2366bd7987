import { describe, expect, it } from 'vitest';
import { chooseCurves, differenceOf } from '../../../../src/domain/diff/curves';
import { GrowingSeries } from '../../../../src/domain/series/growingSeries';
import { answerLine } from '../../../../src/domain/series/answer';
import type { ChartQuery, LineWindow } from '../../../../src/domain/series/query';
import { SeriesOrders } from '../../../../src/domain/series/ordered';

const QUERY: ChartQuery = {
  ...{ lines: [], groups: [], axis: 'step', range: null, pixels: 10_000 },
  ...{ smoothing: 0, band: 'deviation' },
};

function windowOf(points: readonly (readonly [step: number, value: number])[], pixels = 10_000): LineWindow {
  const series = new GrowingSeries();
  for (const [step, value] of points) series.push(step, 1e9 + step, value);
  const facts = { firstWallTime: 1e9, viewsPerStep: null, epochs: null };
  const source = { orders: new SeriesOrders(series), facts };
  return answerLine({ ...QUERY, pixels }, { run: 'r', tag: 't' }, source).window;
}

describe('differenceOf', () => {
  it('is own less baseline at the steps of both, in their order, and nothing elsewhere', () => {
    const baseline = windowOf([0, 2, 4, 6, 8].map((step) => [step, step]));
    const own = windowOf([0, 3, 4, 8, 12].map((step) => [step, step * step]));
    const { window, statistics } = differenceOf(baseline, own);
    expect([...window.x]).toEqual([0, 4, 8]);
    expect([...window.last]).toEqual([0, 12, 56]);
    expect(statistics).toMatchObject({ points: 3, nonFinite: 0, last: 56, maxStep: 8, min: 0 });
  });

  it('agrees with a plain join on random lines with gaps, repeated steps and values that are not finite', () => {
    const random = seeded(7);
    for (let round = 0; round < 50; round++) {
      const [a, b] = [randomLine(random), randomLine(random)];
      const [before, after] = [new Map(a), new Map(b)];
      const { window } = differenceOf(windowOf(a), windowOf(b));
      const shared = [...after.keys()].filter((step) => before.has(step));
      expect([...window.x]).toEqual(shared);
      expect([...window.last]).toEqual(
        shared.map((step) => finite((after.get(step) ?? NaN) - (before.get(step) ?? NaN))),
      );
      expect([...window.nonFinite]).toEqual([...window.last].map((value) => Number(Number.isNaN(value))));
    }
  });

  it('is empty without common steps, and says of thinned lines that they are', () => {
    expect(differenceOf(windowOf([[1, 1]]), windowOf([[2, 1]])).statistics.points).toBe(0);
    const long = Array.from({ length: 1000 }, (_, step) => [step, step] as const);
    const thinned = differenceOf(windowOf(long, 100), windowOf(long, 200));
    expect(thinned.window.perBucket).toBe(8);
    expect([...thinned.window.last].every((value) => value === 0)).toBe(true);
  });
});

describe('chooseCurves', () => {
  const tags = ['loss/optimised', 'loss/headroom', 'accuracy/knn_validation', 'probe/loss'];
  const run = (folder: string, settings = {}, own: readonly string[] = tags) => ({
    folder,
    settings,
    tags: own,
  });

  it('draws the loss where scales agree, and headroom with the reason where they differ', () => {
    const same = chooseCurves([run('a', { 'loss.temperature': 0.1 }), run('b', { tau: 0.1 })]);
    expect(same).toMatchObject({ loss: 'loss/optimised', accuracy: 'accuracy/knn_validation', note: '' });
    const other = chooseCurves([run('a', { 'loss.temperature': 0.1 }), run('b', { tau: 0.2 })]);
    expect(other).toMatchObject({ loss: 'loss/headroom', accuracy: 'accuracy/knn_validation' });
    expect(other.note).toMatch(/differ in temperature.*Headroom is drawn instead\.$/);
    expect(other.tags).not.toContain('loss/optimised');
  });

  it('draws no loss at all where scales differ and headroom is not recorded', () => {
    const choice = chooseCurves([
      run('a', { batchSize: 32 }, ['loss/optimised', 'probe/loss']),
      run('b', { bs: 64 }, ['loss/optimised', 'probe/loss']),
    ]);
    expect(choice).toMatchObject({ loss: null, tags: ['probe/loss'] });
    expect(choice.note).toContain('no loss is drawn');
  });

  it('takes the names of others, shared ones alone, and leaves runs without curves out', () => {
    const choice = chooseCurves([
      run('a', {}, ['train_loss', 'val_acc', 'train_acc', 'lr']),
      run('queued', {}, []),
      run('b', {}, ['val_acc', 'train_acc', 'train_loss', 'val_loss']),
    ]);
    expect(choice).toMatchObject({ loss: 'train_loss', accuracy: 'val_acc', without: ['queued'] });
    expect(choice.tags).toEqual(['train_acc', 'train_loss', 'val_acc']);
  });
});

function randomLine(random: () => number): (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [];
  for (let step = 0; step < 60; step++) {
    const values = random() < 0.2 ? [NaN] : random() < 0.1 ? [random(), random()] : [random()];
    if (random() < 0.7) points.push(...values.map((value) => [step, value] as const));
  }
  return points;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
