/** Robustness on a corruption whose effect is known: what is darkened by severity is taken for a darker class. */
import { expect, test } from 'vitest';
import { allocateImageSet } from '../../../../src/formats/datasets/imageSet';
import type { TrainingSession } from '../../../../src/trainer/job';
import type { Port } from '../../../../src/trainer/port';
import type { Corruption } from '../../../../src/domain/corruptions/corruption';
import { measureRobustness } from '../../../../src/trainer/evaluation/robustness';

const PORT: Port = {
  send: () => undefined,
  stopped: new AbortController().signal,
  flush: () => Promise.resolve(),
};

/** 300 images, more than two batches, as bright as their class says: 40, 120 or 200. */
function images() {
  const shape = {
    part: 'test',
    count: 300,
    height: 2,
    width: 2,
    channels: 1,
    classNames: ['a', 'b', 'c'],
  } as const;
  const set = allocateImageSet(shape);
  set.labels.forEach((_, i) => (set.labels[i] = i % 3));
  set.images.forEach((_, i) => (set.images[i] = 40 + 80 * (Math.floor(i / 4) % 3)));
  return set;
}

/** An encoder whose only feature is the mean of an image, in grey levels. */
const SESSION: TrainingSession = {
  run: (_, { images: pixels }) => {
    const features = new Float32Array(pixels.length / 4);
    pixels.forEach((value, i) => (features[i >> 2] += (value * 255) / 4));
    return Promise.resolve({ features, head: new Float32Array(features.length) });
  },
  readState: () => Promise.resolve({}),
  writeState: () => Promise.resolve(),
  dispose: () => Promise.resolve(),
};

/** Sure of the class with the nearest brightness. */
const CLASSIFIER = {
  name: 'brightness',
  feature: 'encoder' as const,
  classes: 3,
  logitsOf: ({ features }: { features: Float32Array }) =>
    Float32Array.from(Array.from(features).flatMap((x) => [40, 120, 200].map((y) => -((x - y) ** 2)))),
};

const darker: Corruption = {
  name: 'darker',
  family: 'weather',
  parameters: 'calibrated',
  needsColour: false,
  apply: (from, to, { severity }) => to.set(from.map((value) => Math.max(0, value - 15 * severity))),
};
const same: Corruption = {
  name: 'same',
  family: 'digital',
  parameters: 'calibrated',
  needsColour: false,
  apply: (from, to) => to.set(from),
};

const subject = () => ({
  session: SESSION,
  classifier: CLASSIFIER,
  set: images(),
  statistics: { mean: [0], deviation: [1] },
  seed: 1,
});

test('errors, accuracy and calibration by severity', async () => {
  const done: number[] = [];
  const found = await measureRobustness(subject(), [darker, same], {
    port: PORT,
    onProgress: (share) => done.push(share),
  });
  expect(found.clean).toBe(0);
  // 15, 30 and 40 levels below leave every image nearest to its own class; from 45 on (severity 3) the middle and
  // the bright ones are taken for the class below. The dark ones stay dark.
  expect(found.corrupted['same']).toEqual([0, 0, 0, 0, 0]);
  const [mild, two, ...severe] = found.corrupted['darker'];
  expect([mild, two]).toEqual([0, 0]);
  severe.forEach((error) => expect(error).toBeCloseTo(2 / 3, 12));
  [1, 1, 1, 2 / 3, 2 / 3, 2 / 3].forEach((share, s) =>
    expect(found.top1BySeverity[s]).toBeCloseTo(share, 12),
  );
  // It is always sure, so its calibration error is its error: half of 2/3, as the other corruption does nothing.
  [0, 0, 0, 1 / 3, 1 / 3, 1 / 3].forEach((error, s) => expect(found.eceBySeverity[s]).toBeCloseTo(error, 6));
  expect(found.top1).toBeCloseTo((7 + 3 * (1 / 3)) / 10, 12);
  expect(found.families).toEqual({ darker: 'weather', same: 'digital' });
  expect(done.at(-1)).toBe(1);
  expect(done).toHaveLength(10);
});

test('chance depends on seed, corruption, severity and image, not on what was measured before', async () => {
  const drawn = new Map<string, number[]>();
  const recording = (name: string): Corruption => ({
    name,
    family: 'noise',
    parameters: 'calibrated',
    needsColour: false,
    apply(from, to, { severity, random }) {
      const key = `${name} ${severity}`;
      drawn.set(key, [...(drawn.get(key) ?? []), random.uint32()]);
      to.set(from);
    },
  });
  await measureRobustness(subject(), [recording('a'), recording('b')], { port: PORT });
  const first = new Map(drawn);
  drawn.clear();
  await measureRobustness(subject(), [recording('b')], { port: PORT });
  for (const severity of [1, 5]) expect(drawn.get(`b ${severity}`)).toEqual(first.get(`b ${severity}`));
  expect(new Set([...first.values()].flat()).size).toBe(2 * 5 * 300);
});

test('passes over what needs colour in images that have none', async () => {
  const saturated = { ...darker, name: 'saturated', needsColour: true };
  const found = await measureRobustness(subject(), [saturated, same], { port: PORT });
  expect(Object.keys(found.corrupted)).toEqual(['same']);
});

test('leaves as soon as it is stopped', async () => {
  const port = { ...PORT, stopped: AbortSignal.abort() };
  await expect(measureRobustness(subject(), [same], { port })).rejects.toThrow('stopped');
});
