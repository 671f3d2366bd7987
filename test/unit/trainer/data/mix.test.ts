import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { dataInputs } from '../../../../src/trainer/data/dataInputs';
import { createMixer, mixKeys, type MixOptions, type MixRecord } from '../../../../src/trainer/data/mix';

const SIZE = { height: 10, width: 8, channels: 3 };
const LENGTH = 240;
const ROWS = 6;

/** Row r holds r everywhere, so that every value of a mixed view names where it came from. */
function batch(): Float32Array {
  return Float32Array.from({ length: ROWS * LENGTH }, (_, i) => Math.floor(i / LENGTH));
}

function mixed(options: MixOptions, key: number): { views: Float32Array } & MixRecord {
  const views = batch();
  const record = { partners: new Int32Array(ROWS), ownShare: new Float32Array(ROWS) };
  createMixer(SIZE, options, ROWS)(views, record, randomStream(...mixKeys(1, 0, key)));
  return { views, ...record };
}

describe('MixUp', () => {
  it('gives each row lambda of itself and the rest of its partner, one lambda a batch', () => {
    for (let key = 0; key < 50; key++) {
      const { views, partners, ownShare } = mixed({ kind: 'mixup', alpha: 1 }, key);
      const [lambda] = ownShare;
      expect(ownShare.every((share) => share === lambda)).toBe(true);
      expect([...partners].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      for (let row = 0; row < ROWS; row++) {
        const expected = lambda * row + (1 - lambda) * partners[row];
        expect(views[row * LENGTH]).toBeCloseTo(expected, 5);
        expect(views[row * LENGTH + LENGTH - 1]).toBeCloseTo(expected, 5);
      }
    }
  });

  it('draws lambda from Beta(alpha, alpha): mean 1/2, variance 1 / (4 (2 alpha + 1))', () => {
    for (const alpha of [0.2, 2]) {
      const shares = Array.from(
        { length: 3000 },
        (_, key) => mixed({ kind: 'mixup', alpha }, key).ownShare[0],
      );
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
      expect(Math.abs(variance - 1 / (4 * (2 * alpha + 1)))).toBeLessThan(0.015);
    }
  });
});

describe('CutMix', () => {
  it('puts one box of the partner into every row, and tells its exact share', () => {
    for (let key = 0; key < 100; key++) {
      const { views, partners, ownShare } = mixed({ kind: 'cutmix', alpha: 1 }, key);
      // Where a row that has a partner shows it; the same places in every row.
      const places = (row: number): string =>
        Array.from({ length: LENGTH }, (_, i) => i)
          .filter((i) => views[row * LENGTH + i] === partners[row])
          .join();
      const strangers = Array.from(partners.keys()).filter((row) => partners[row] !== row);
      for (const row of strangers) {
        const foreign = places(row);
        expect(foreign).toBe(places(strangers[0]));
        const count = foreign === '' ? 0 : foreign.split(',').length;
        expect(ownShare[row]).toBeCloseTo(1 - count / LENGTH, 6);
        const own = views.slice(row * LENGTH, (row + 1) * LENGTH).filter((value) => value === row);
        expect(own).toHaveLength(LENGTH - count);
      }
    }
  });

  it('cuts a rectangle in which all channels are replaced', () => {
    const { views, partners, ownShare } = mixed({ kind: 'cutmix', alpha: 1 }, 3);
    const row = partners.findIndex((partner, at) => partner !== at);
    const foreign = Array.from({ length: 80 }, (_, pixel) => pixel).filter(
      (pixel) => views[row * LENGTH + 3 * pixel] === partners[row],
    );
    const rows = new Set(foreign.map((pixel) => Math.floor(pixel / 8)));
    const columns = new Set(foreign.map((pixel) => pixel % 8));
    expect(foreign).toHaveLength(rows.size * columns.size);
    expect(ownShare[row]).toBeCloseTo(1 - foreign.length / 80, 6);
    expect(foreign.length).toBeGreaterThan(0);
  });
});

it('mixing is a function of seed, epoch and batch', () => {
  const options = { kind: 'mixup', alpha: 1 } as const;
  expect(mixed(options, 4)).toEqual(mixed(options, 4));
  expect(mixed(options, 4).ownShare).not.toEqual(mixed(options, 5).ownShare);
  expect(new Set([mixKeys(1, 2, 3), mixKeys(1, 3, 2), mixKeys(2, 2, 3)].map(String)).size).toBe(3);
});

it('the inputs of a step have partners and shares of a mixed batch alone', () => {
  const plain = {
    views: new Float32Array(1),
    labels: new Int32Array(1),
    samples: new Int32Array(1),
    epoch: 0,
    waitedMs: 0,
  };
  expect(Object.keys(dataInputs(plain))).toEqual(['views', 'labels']);
  const both = { partnerLabels: Int32Array.of(2), ownShare: Float32Array.of(0.5) };
  expect(dataInputs({ ...plain, ...both })).toMatchObject(both);
});
