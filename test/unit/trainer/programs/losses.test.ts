/** One program for each loss: what it optimises, what it reports, and that a fixed batch is learnt. */
import { beforeAll, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../../src/domain/configuration/schema';
import { LOSS_NAMES } from '../../../../src/domain/losses/kinds';
import { jaccardWeights } from '../../../../src/domain/losses/labelWeights';
import { weightPairCounts } from '../../../../src/domain/losses/pairCounts';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEngine } from '../../../../src/engine/choose';
import type { Engine, EngineSession, NamedValues } from '../../../../src/engine/engine';
import { createModel } from '../../../../src/trainer/model/model';
import { initialValues, tensorSpecs } from '../../../../src/trainer/model/parameters';
import { createOptimiser } from '../../../../src/trainer/optimiser/createOptimiser';
import { stageOneProgram } from '../../../../src/trainer/programs/stageOne';

const SHAPE = [8, 8, 3] as const;
const COUNT = 12;
/** For two views of six images and for one view of twelve. */
const LABELS = Int32Array.from({ length: COUNT }, (_, row) => [0, 1, 2, 0, 1, 3][row % 6]);

function configure(loss: NonNullable<PartialConfiguration['loss']>) {
  const views = loss.name === 'n-pairs' || loss.name === 'n-pairs-sohn' ? 1 : 2;
  return parseConfiguration(
    { model: { width: 4, projectionWidth: 8 }, loss, augmentation: { views } },
    'test',
  );
}

type Targets = 'single' | 'mixed';

async function load(
  engine: Engine,
  loss: NonNullable<PartialConfiguration['loss']>,
  targets: Targets = 'single',
): Promise<EngineSession<'train'>> {
  const configuration = configure(loss);
  const { views } = configuration.augmentation;
  const model = createModel(configuration, { height: 8, width: 8, channels: 3 }, 4);
  const state = [...model.parameters, ...createOptimiser(configuration).slots(model.parameters)];
  const train = stageOneProgram(configuration, model, {
    images: COUNT / views,
    views,
    shape: SHAPE,
    targets,
  });
  return engine.load({ state: tensorSpecs(state), programs: { train } }, initialValues(state, 3));
}

function inputs(rate: number): NamedValues {
  const stream = randomStream(1);
  const views = Float32Array.from({ length: COUNT * 8 * 8 * 3 }, () => stream.normal());
  return { views, labels: LABELS, rate: Float32Array.of(rate) };
}

describe('stage-1 programs on onnx', () => {
  let engine: Engine;
  beforeAll(async () => {
    ({ engine } = await createEngine('onnx', { threads: 1 }));
  });

  test.each(LOSS_NAMES)('%s descends on a fixed batch', async (name) => {
    const session = await load(engine, { name });
    const steps: NamedValues[] = [];
    for (let i = 0; i < 12; i++) steps.push(await session.run('train', inputs(0.03)));
    const [first, last] = [steps[0]['unscaledLoss'][0], steps[11]['unscaledLoss'][0]];
    expect(last).toBeLessThan(0.9 * first);
    expect(Number.isFinite(last)).toBe(true);
    await session.dispose();
  });

  test('chunks change neither loss nor geometry of a step', async () => {
    const outputs = await Promise.all(
      [0, 5].map(async (chunk) => {
        const session = await load(engine, { name: 'supcon', chunk });
        const result = await session.run('train', inputs(0));
        await session.dispose();
        return result;
      }),
    );
    for (const name of Object.keys(outputs[0]))
      expect(outputs[1][name][0], name).toBeCloseTo(outputs[0][name][0], 5);
  });

  test('a joint loss is the weighted sum of its parts, each reported without scale', async () => {
    const session = await load(engine, { name: 'supcon+cross-entropy', weight: 0.3, scale: 'tau' });
    const outputs = await session.run('train', inputs(0));
    const [supCon, crossEntropy] = [outputs['supConLoss'][0], outputs['crossEntropyLoss'][0]];
    expect(outputs['unscaledLoss'][0]).toBeCloseTo(0.3 * supCon + 0.7 * crossEntropy, 5);
    // The scale, tau = 0.1, is on SupCon's part alone.
    expect(outputs['loss'][0]).toBeCloseTo(0.3 * 0.1 * supCon + 0.7 * crossEntropy, 5);
    expect(outputs['accuracy'][0]).toBeGreaterThanOrEqual(0);
    await session.dispose();
  });

  test('SupCon with SimCLR lies between the two', async () => {
    const session = await load(engine, { name: 'supcon+simclr', weight: 0.25 });
    const outputs = await session.run('train', inputs(0));
    const [supCon, simClr] = [outputs['supConLoss'][0], outputs['simClrLoss'][0]];
    expect(outputs['unscaledLoss'][0]).toBeCloseTo(0.25 * supCon + 0.75 * simClr, 5);
    await session.dispose();
  });

  test("the penalty on lengths of Sohn's N-pairs is optimised but not reported as its loss", async () => {
    const session = await load(engine, { name: 'n-pairs-sohn', lengthPenalty: 0.5 });
    const { loss, unscaledLoss } = await session.run('train', inputs(0));
    expect(loss[0]).toBeGreaterThan(unscaledLoss[0]);
    await session.dispose();
  });

  test('mixed labels enter by their shares', async () => {
    const session = await load(engine, { name: 'cross-entropy' }, 'mixed');
    const partnerLabels = Int32Array.from(LABELS, (label) => (label + 1) % 4);
    const lossAt = async (share: number) => {
      const ownShare = new Float32Array(COUNT).fill(share);
      return (await session.run('train', { ...inputs(0), partnerLabels, ownShare }))['loss'][0];
    };
    const [own, partner] = [await lossAt(1), await lossAt(0)];
    expect(await lossAt(0.3)).toBeCloseTo(0.3 * own + 0.7 * partner, 5);
    await session.dispose();
  });

  test('samples with several labels enter by the overlap of images and by shares of labels', async () => {
    const images = COUNT / 2;
    const labelWeights = Float32Array.from({ length: images * 4 }, (_, at) => {
      const [image, c] = [Math.floor(at / 4), at % 4];
      return c === LABELS[image] || (image % 2 === 0 && c === 3) ? 1 : 0;
    });
    const soft = { labelWeights, pairWeights: Float32Array.from(jaccardWeights(labelWeights, 4)) };
    const configuration = configure({ name: 'supcon+cross-entropy', weight: 0.3 });
    const model = createModel(configuration, { height: 8, width: 8, channels: 3 }, 4);
    const state = [...model.parameters, ...createOptimiser(configuration).slots(model.parameters)];
    const batch = { images, views: 2, shape: SHAPE, weighedClasses: 4 };
    const train = stageOneProgram(configuration, model, batch);
    const initial = initialValues(state, 3);
    const session = await engine.load({ state: tensorSpecs(state), programs: { train } }, initial);
    const several = await session.run('train', { ...inputs(0), ...soft });
    const oneHot = Float32Array.from({ length: images * 4 }, (_, at) =>
      at % 4 === LABELS[Math.floor(at / 4)] ? 1 : 0,
    );
    const single = { labelWeights: oneHot, pairWeights: Float32Array.from(jaccardWeights(oneHot, 4)) };
    const alone = await session.run('train', { ...inputs(0), ...single });
    await session.dispose();
    const counts = weightPairCounts(soft.pairWeights, images, { views: 2, anchors: 'all' });
    const positives = Array.from(counts.positives).reduce((sum, each) => sum + each / COUNT, 0);
    expect(several['positivesPerAnchor'][0]).toBeCloseTo(positives, 5);
    expect(several['crossEntropyLoss'][0]).not.toBeCloseTo(alone['crossEntropyLoss'][0], 3);
    // Rows of one label are what single labels are.
    const plain = await load(engine, { name: 'supcon+cross-entropy', weight: 0.3 });
    const expected = await plain.run('train', inputs(0));
    await plain.dispose();
    for (const name of Object.keys(expected)) expect(alone[name][0], name).toBeCloseTo(expected[name][0], 4);
  });

  test.each([
    [{ name: 'triplet' }, /"triplet" takes one label each: choose supcon/],
    [{ name: 'n-pairs' }, /takes one label each/],
    [{ name: 'large-margin' }, /takes one label each/],
    [{ name: 'supcon', maxPositives: 3 }, /"loss\.maxPositives" \(3\) counts whole positives: set it to 0/],
  ] as const)('%j refuses several labels a sample', (loss, sentence) => {
    const configuration = configure(loss);
    const model = createModel(configuration, { height: 8, width: 8, channels: 3 }, 4);
    const batch = { images: 6, views: 2, shape: SHAPE, weighedClasses: 4 };
    expect(() => stageOneProgram(configuration, model, batch)).toThrow(sentence);
  });

  test.each(LOSS_NAMES.filter((name) => name !== 'cross-entropy'))('%s refuses mixed images', (name) => {
    const configuration = configure({ name });
    const model = createModel(configuration, { height: 8, width: 8, channels: 3 }, 4);
    const batch = { images: 6, views: 2, shape: SHAPE, targets: 'mixed' } as const;
    expect(() => stageOneProgram(configuration, model, batch)).toThrow(
      /mix images with "cross-entropy" only/,
    );
  });
});
