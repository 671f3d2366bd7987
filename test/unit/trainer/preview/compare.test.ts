/** Similarities of views: matrices against dot products worked out here, means by what two views share. */
import { expect, test } from 'vitest';
import { compareViews } from '../../../../src/trainer/preview/compare';
import type { DrawnSample } from '../../../../src/trainer/preview/open';
import type { ViewEncoder } from '../../../../src/trainer/preview/viewEncoder';

/** An encoder to which the two values of a view are its features already. */
const IDENTITY: ViewEncoder = {
  step: 3,
  requireSize: () => undefined,
  encode: (views) =>
    Promise.resolve({ features: Float32Array.from(views.flatMap((view) => [...view])), dimensions: 2 }),
  dispose: () => Promise.resolve(),
};

const DIAGONAL = Math.SQRT1_2;

function sample(label: number, ...views: number[][]): DrawnSample {
  return {
    id: 'train/0',
    className: 'any',
    label,
    image: new Uint8Array(3),
    views: views.map((view) => Float32Array.from(view)),
  };
}

test('gives each sample the cosines of its own views, and all samples their means', async () => {
  const samples = [
    sample(0, [1, 0], [0, 1]),
    sample(0, [1, 0], [1, 0]),
    sample(1, [DIAGONAL, DIAGONAL], [-1, 0]),
  ];
  const { matrices, means } = await compareViews(IDENTITY, samples);
  expect(matrices[0]).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(matrices[2]?.[0]?.[1]).toBeCloseTo(-DIAGONAL, 6);
  // Within images: 0, 1 and -0.707. Between the two images of class 0: 1, 1, 0, 0.
  expect(means.sameImage).toBeCloseTo((1 - DIAGONAL) / 3, 6);
  expect(means.sameClass).toBeCloseTo(0.5, 6);
  // [1, 0] with both of class 1: 0.707 - 1, three times; [0, 1]: 0.707 and 0.
  expect(means.otherClass).toBeCloseTo((3 * (DIAGONAL - 1) + DIAGONAL) / 8, 6);
});

test('has no mean where there is no pair', async () => {
  const { means } = await compareViews(IDENTITY, [sample(0, [1, 0])]);
  expect(means).toEqual({ sameImage: null, sameClass: null, otherClass: null });
});
