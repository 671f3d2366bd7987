/** One training step of each kind of encoder on onnxruntime against the oracle. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import '../../../../src/engine/gradients';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../../src/domain/configuration/schema';
import type { EncoderArchitecture, OwnEncoder } from '../../../../src/domain/model/encoder';
import { encoderArchitecture } from '../../../../src/domain/model/encoder';
import { createEngine } from '../../../../src/engine/choose';
import type { EngineModule, NamedValues } from '../../../../src/engine/engine';
import { createEncoder } from '../../../../src/trainer/model/encoder';
import { projectionHead } from '../../../../src/trainer/model/heads';
import { initialValues, tensorSpecs } from '../../../../src/trainer/model/parameters';
import { SLOT_PREFIX, sgd } from '../../../../src/trainer/optimiser/sgd';
import { trainingStep } from '../../../../src/trainer/programs/step';
import { randomValues, relativeError } from '../../engine/support';

const IMAGE = { height: 8, width: 8, channels: 3 };
const INPUTS = { images: { shape: [6, 8, 8, 3], dtype: 'float32' } } as const;
const OPTIMISER = sgd({ momentum: 0.9, weightDecay: 0 });

/** Only the first blocks: the depth of a whole encoder magnifies rounding and takes the oracle seconds. */
function shortened(
  architecture: EncoderArchitecture,
  blocks: number,
): Exclude<EncoderArchitecture, OwnEncoder> {
  if (architecture.kind === 'own') throw new Error('Only encoders of ours are tested here');
  if (architecture.kind === 'perceptron') return architecture;
  const kept = architecture.blocks.slice(0, blocks);
  return { ...architecture, blocks: kept, featureWidth: kept.at(-1)?.path.at(-1)?.outputs ?? 0 };
}

/** A step on the mean of squared projections, weighted so that they have a gradient at all. */
function stepOf(model: Required<PartialConfiguration>['model'], blocks: number) {
  const configuration = parseConfiguration({ model: { width: 4, projectionWidth: 5, ...model } }, 'test');
  const encoder = createEncoder(shortened(encoderArchitecture(configuration.model, IMAGE), blocks));
  const head = projectionHead(configuration.model, encoder.featureWidth);
  const parameters = [...encoder.parameters, ...head.parameters];
  const state = [...parameters, ...OPTIMISER.slots(parameters)];
  const module: EngineModule<'train'> = {
    state: tensorSpecs(state),
    programs: {
      train: {
        inputs: INPUTS,
        build: ({ images }, tensors) =>
          trainingStep(
            {
              parameters,
              optimiser: OPTIMISER,
              lossOf(context) {
                const z = head.apply(context, encoder.apply(context, images as tf.Tensor4D));
                const weights = tf.tensor1d([1, 2, 3, 4, 5]);
                return { loss: tf.mean(tf.mul(tf.square(z), weights)), outputs: {} };
              },
            },
            tensors,
            tf.scalar(0.1),
          ),
      },
    },
  };
  return { module, initial: initialValues(state, 1) };
}

async function run(name: 'onnx' | 'eager', module: EngineModule<'train'>, initial: NamedValues) {
  const { engine } = await createEngine(name, { threads: 1 });
  const session = await engine.load(module, initial);
  try {
    const outputs = await session.run('train', randomValues(INPUTS, 2));
    return { outputs, state: await session.readState() };
  } finally {
    await session.dispose();
  }
}

it.each([
  [{ encoder: 'resnet18', padding: 'symmetric' }, 3],
  [{ encoder: 'resnet50', stem: 'imagenet' }, 4],
  // Sixteen channels are a block of the blocked layout.
  [{ encoder: 'resnet50', stem: 'imagenet', width: 16 }, 4],
  [{ encoder: 'mlp', mlpWidth: 16, projectionLayers: 3, projectionBatchNorm: true }, 0],
] as const)('%j takes the same step on both engines', async (model, blocks) => {
  const { module, initial } = stepOf(model, blocks);
  const [actual, oracle] = [await run('onnx', module, initial), await run('eager', module, initial)];
  expect(relativeError(actual.outputs['loss'], oracle.outputs['loss'])).toBeLessThan(1e-5);
  expect(relativeError(actual.outputs['gradientNorm'], oracle.outputs['gradientNorm'])).toBeLessThan(1e-4);
  const slots = Object.keys(oracle.state).filter((name) => name.startsWith(SLOT_PREFIX));
  expect(slots.length).toBeGreaterThan(0);
  for (const name of slots)
    expect(relativeError(actual.state[name], oracle.state[name]), name).toBeLessThan(1e-3);
  for (const name of Object.keys(oracle.state).filter((key) => /mean$|variance$/.test(key)))
    expect(relativeError(actual.state[name], oracle.state[name]), name).toBeLessThan(1e-4);
});
