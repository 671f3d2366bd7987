/** The exported model in plain onnxruntime against the program that the trainer itself runs. */
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../../src/domain/configuration/schema';
import { fillNormal } from '../../../../src/domain/random/fill';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEngine } from '../../../../src/engine/choose';
import { loadOnnxRuntime } from '../../../../src/engine/onnx/runtime';
import { encodeOnnxFile } from '../../../../src/trainer/export/onnxFile';
import type { ExportedParts } from '../../../../src/trainer/export/onnxFile';
import type { TrainedModel } from '../../../../src/trainer/export/trainedModel';
import { createModel } from '../../../../src/trainer/model/model';
import { initialValues, tensorSpecs } from '../../../../src/trainer/model/parameters';
import { encodeProgram } from '../../../../src/trainer/programs/encode';

const SIDE = 12;
const COUNT = 5;

/** A model whose statistics and shifts are far from what they start with. */
function trainedModel(changes: PartialConfiguration, channels: number): TrainedModel {
  const configuration = parseConfiguration(changes, 'test');
  const statistics = { mean: [0.5], deviation: [0.25] };
  const input = { height: SIDE, width: SIDE, channels, statistics, classes: 4 };
  const model = createModel(configuration, input, input.classes);
  const state = initialValues(model.parameters, 1);
  model.parameters.forEach(({ name }, index) => {
    if (name.endsWith('/kernel')) return;
    const noise = fillNormal(new Float32Array(state[name].length), randomStream(2, index), 0.3);
    state[name] = noise.map((x) => (/variance|gamma/.test(name) ? 0.5 + Math.abs(x) : x));
  });
  return { configuration, model, input, state, step: 7 };
}

function imagesOf({ input }: TrainedModel): Float32Array {
  return fillNormal(new Float32Array(COUNT * SIDE * SIDE * input.channels), randomStream(3), 1);
}

async function outputsOfFile(trained: TrainedModel, parts: ExportedParts) {
  const runtime = await loadOnnxRuntime();
  const session = await runtime.InferenceSession.create(encodeOnnxFile(trained, parts));
  const { height, width, channels } = trained.input;
  const images = new runtime.Tensor('float32', imagesOf(trained), [COUNT, height, width, channels]);
  const outputs = await session.run({ images });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => [name, { data: data as Float32Array, dims }]),
  );
}

async function outputsOfSession({ model, state }: TrainedModel, images: Float32Array) {
  const { engine } = await createEngine('onnx', { threads: 1 });
  const encode = encodeProgram(model, COUNT, [SIDE, SIDE, images.length / COUNT / SIDE / SIDE]);
  const session = await engine.load({ state: tensorSpecs(model.parameters), programs: { encode } }, state);
  const outputs = await session.run('encode', { images });
  await session.dispose();
  return outputs;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i])), 0);
}

describe.each([
  [{ model: { width: 4 } }, 1],
  [{ model: { encoder: 'resnet18', width: 16 } }, 3],
  [{ model: { encoder: 'resnet50', width: 4, stem: 'imagenet', normaliseFeatures: true } }, 3],
  [{ model: { encoder: 'mlp', mlpWidth: 16 } }, 3],
  [{ model: { width: 4, projectionLayers: 3, projectionBatchNorm: true } }, 3],
  [{ model: { width: 4 }, loss: { name: 'cross-entropy' } }, 1],
] satisfies [PartialConfiguration, number][])('the exported %j on %i channels', (changes, channels) => {
  it('computes what the trainer does, for a batch of any size', async () => {
    const trained = trainedModel(changes, channels);
    const expected = await outputsOfSession(trained, imagesOf(trained));
    const { features, ...heads } = await outputsOfFile(trained, 'encoder and head');
    expect(features.dims).toEqual([COUNT, trained.model.encoder.featureWidth]);
    expect(largestDifference(features.data, expected['features'])).toBeLessThan(1e-5);
    const [[name, head]] = Object.entries(heads);
    expect(name).toBe(trained.configuration.loss.name === 'cross-entropy' ? 'logits' : 'projection');
    expect(largestDifference(head.data, expected['head'])).toBeLessThan(1e-5);
  });
});

it('holds standard operators only, and says how images are normalised', () => {
  const bytes = Buffer.from(encodeOnnxFile(trainedModel({ model: { width: 4 } }, 1), 'encoder'));
  expect(bytes.includes('com.microsoft')).toBe(false);
  expect(bytes.includes('deviation')).toBe(true);
  expect(bytes.includes('[0.25]')).toBe(true);
  // Weights are in the file once: the kernels of small-resnet at width 4, its vectors and some names.
  const kernels = 4 * (9 * 4 + 2 * 144 + (9 * 4 * 8 + 576 + 32) + (9 * 8 * 16 + 9 * 256 + 128));
  expect(bytes.length).toBeGreaterThan(kernels);
  expect(bytes.length).toBeLessThan(kernels + 6000);
});
