/**
 * Every engine against the oracle, on the trainer's own step at full depth: one step from a common state, and 200
 * steps that each start from the oracle's state. Engines that run free part within tens of steps: rounding differs.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartialConfiguration } from '../../src/domain/configuration/schema';
import { createEngine } from '../../src/engine/choose';
import type { EngineSession, NamedValues } from '../../src/engine/engine';
import { SLOT_PREFIX } from '../../src/trainer/optimiser/sgd';
import { relativeError } from '../unit/engine/support';
import { embeddingGradientModule, embeddingInputs, parityInputs, parityStep } from './parityStep';

const ENGINES = ['onnx', 'tensorflow'] as const;

/** Architectures at a sixteenth of their width, and at the width of the blocked layout. */
const MODELS: readonly Required<PartialConfiguration>['model'][] = [
  { encoder: 'small-resnet', width: 4 },
  { encoder: 'resnet18', width: 4 },
  { encoder: 'small-resnet', width: 4, projection: 'linear' },
  { encoder: 'small-resnet', width: 16 },
];
/** The other architectures, with one loss: only what comes before the head is new, and the oracle is slow. */
const FURTHER_MODELS: readonly Required<PartialConfiguration>['model'][] = [
  { encoder: 'resnet50', width: 4 },
  { encoder: 'resnet18', width: 4, stem: 'imagenet' },
  { encoder: 'mlp', projectionLayers: 3, projectionBatchNorm: true },
];
const LOSSES: readonly Required<PartialConfiguration>['loss'][] = [
  { name: 'supcon', temperature: 0.1 },
  { name: 'supcon', temperature: 0.07, scale: 'tau/base' },
  { name: 'cross-entropy' },
];
/** The other losses, on the smallest model: only what comes after the encoder is new. */
const FURTHER_LOSSES: readonly PartialConfiguration[] = [
  { loss: { name: 'supcon', sum: 'in', denominator: 'one-positive', anchors: 'first' } },
  { loss: { name: 'supcon', denominator: 'negatives', maxPositives: 1, chunk: 6 } },
  { loss: { name: 'simclr', temperature: 0.5 } },
  { loss: { name: 'n-pairs' }, augmentation: { views: 1 } },
  { loss: { name: 'n-pairs-sohn' }, augmentation: { views: 1 } },
  { loss: { name: 'triplet', tripletMargin: 0.5 } },
  { loss: { name: 'large-margin', angularMargin: 3 } },
  { loss: { name: 'cross-entropy', labelSmoothing: 0.1 } },
  { loss: { name: 'supcon+simclr', weight: 0.3 } },
  { loss: { name: 'supcon+cross-entropy', weight: 0.7, scale: 'tau' } },
];
const CASES: readonly PartialConfiguration[] = [
  ...MODELS.flatMap((model) => LOSSES.map((loss) => ({ model, loss }))),
  ...FURTHER_MODELS.map((model) => ({ model, loss: LOSSES[0] })),
  ...FURTHER_LOSSES.map((changes) => ({ model: { encoder: 'small-resnet' as const, width: 4 }, ...changes })),
];
/**
 * Steps that each start from the oracle's state. At width 16 the oracle takes seconds a step, so fewer of them are the
 * rule; `SUPCON_PARITY_STEPS=200` runs all.
 */
const STEPS = 200;
const WIDE_STEPS = Number(process.env['SUPCON_PARITY_STEPS'] ?? 40);
const LONG_TIMEOUT_MS = 1_200_000;

type Session = EngineSession<'train'>;

describe.each(CASES)(
  '$model.encoder $model.stem $model.projection width $model.width, $loss.name $loss.scale',
  (changes) => {
    const { module, initial } = parityStep(changes);
    const sessions = new Map<string, Session>();

    beforeAll(async () => {
      for (const name of ['eager', ...ENGINES] as const)
        sessions.set(name, await (await createEngine(name)).engine.load(module, initial));
    });
    afterAll(async () => {
      for (const session of sessions.values()) await session.dispose();
    });

    it.each(ENGINES)('takes the same first step on %s', async (name) => {
      const [oracle, actual] = [
        await stepFrom(sessions.get('eager'), initial),
        await stepFrom(sessions.get(name), initial),
      ];
      expect(relativeError(actual.outputs['loss'], oracle.outputs['loss'])).toBeLessThanOrEqual(1e-5);
      expectSameGradients(actual.state, oracle.state);
    });
  },
);

describe.each([
  { model: { encoder: 'resnet18', width: 4 }, steps: STEPS },
  { model: { encoder: 'small-resnet', width: 4 }, steps: STEPS },
  { model: { encoder: 'small-resnet', width: 16 }, steps: WIDE_STEPS },
] satisfies (PartialConfiguration & { steps: number })[])(
  '$steps steps of $model.encoder width $model.width',
  ({ model, steps }) => {
    it(
      'have the same loss on every engine from the state of the oracle',
      async () => {
        const { module, initial } = parityStep({ model });
        const load = async (name: 'eager' | (typeof ENGINES)[number]): Promise<Session> =>
          (await createEngine(name)).engine.load(module, initial);
        const oracle = await load('eager');
        const others = await Promise.all(ENGINES.map(load));
        for (let step = 0; step < steps; step++) {
          const state = await oracle.readState();
          const [expected] = (await oracle.run('train', parityInputs(step)))['loss'];
          for (const session of others) {
            await session.writeState(state);
            const [loss] = (await session.run('train', parityInputs(step)))['loss'];
            expect(Math.abs(loss - expected), `step ${step}`).toBeLessThanOrEqual(1e-4);
          }
        }
        await Promise.all([oracle, ...others].map((session) => session.dispose()));
      },
      LONG_TIMEOUT_MS,
    );
  },
);

describe.each([0.1, 0.07])('the gradient with respect to the embeddings at temperature %d', (temperature) => {
  const gradientOn = async (name: 'eager' | (typeof ENGINES)[number]): Promise<NamedValues> => {
    const session = await (await createEngine(name)).engine.load(embeddingGradientModule(temperature), {});
    const outputs = await session.run('gradient', embeddingInputs());
    await session.dispose();
    return outputs;
  };

  it.each(ENGINES)('is that of the oracle on %s', async (name) => {
    const [actual, oracle] = [await gradientOn(name), await gradientOn('eager')];
    expect(relativeError(actual['gradient'], oracle['gradient'])).toBeLessThanOrEqual(1e-5);
    expect(relativeError(actual['loss'], oracle['loss'])).toBeLessThanOrEqual(1e-5);
  });
});

interface Step {
  readonly outputs: NamedValues;
  readonly state: NamedValues;
}

async function stepFrom(session: Session | undefined, initial: NamedValues): Promise<Step> {
  if (session === undefined) throw new Error('The session was not loaded');
  await session.writeState(initial);
  const outputs = await session.run('train', parityInputs(0));
  return { outputs, state: await session.readState() };
}

/** After a first step the momentum slots hold the gradients. Tensors under 1e-6 of the whole compare absolutely. */
function expectSameGradients(actual: NamedValues, oracle: NamedValues): void {
  const gradients = Object.keys(oracle).filter((name) => name.startsWith(SLOT_PREFIX));
  expect(gradients.length).toBeGreaterThan(0);
  const norms = new Map(gradients.map((name) => [name, Math.hypot(...(oracle[name] ?? []))]));
  const whole = Math.hypot(...norms.values());
  for (const name of gradients) {
    const error = relativeError(actual[name], oracle[name]) * (norms.get(name) ?? 0);
    const scale = Math.max(norms.get(name) ?? NaN, 1e-4 * whole);
    expect(error / scale, name).toBeLessThanOrEqual(1e-2);
  }
}
