/** Our half of the comparison with PyTorch: weights and images as files, and features of either's weights. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseConfiguration } from '../../src/domain/configuration/parse';
import { modelCost } from '../../src/domain/cost/operations';
import { fillNormal } from '../../src/domain/random/fill';
import { randomStream } from '../../src/domain/random/stream';
import { createEngine } from '../../src/engine/choose';
import { encodeEncoderWeights, readEncoderWeights } from '../../src/formats/encoderWeights';
import { decodeSafetensors, encodeSafetensors } from '../../src/formats/safetensors';
import { createModel } from '../../src/trainer/model/model';
import { initialValues, tensorSpecs } from '../../src/trainer/model/parameters';
import { encodeProgram } from '../../src/trainer/programs/encode';

const CHANNELS = 3;
const CLASSES = 10;
const SEED = 1;

/**
 * @typedef {object} ForwardCase
 * @property {'resnet18' | 'resnet34' | 'resnet50' | 'resnet101' | 'resnet200'} encoder
 * @property {'cifar' | 'imagenet'} stem
 * @property {number} width channels of the first stage
 * @property {number} side of an image, in pixels
 * @property {number} images
 */

/**
 * The model of a case, with PyTorch's padding.
 * @param {ForwardCase} forwardCase
 */
function modelOf({ encoder, stem, width, side }) {
  const model = { encoder, stem, width, padding: /** @type {const} */ ('symmetric') };
  const configuration = parseConfiguration({ model }, 'the benchmark');
  const image = { height: side, width: side, channels: CHANNELS };
  const { parameters } = modelCost(configuration, image, CLASSES).encoder;
  return { model: createModel(configuration, image, CLASSES), trained: parameters };
}

/**
 * @param {ForwardCase} forwardCase
 * @returns {number} values of the encoder that training changes
 */
export function trainedValues(forwardCase) {
  return modelOf(forwardCase).trained;
}

/**
 * Writes normally distributed images, [N, H, W, C].
 * @param {ForwardCase} forwardCase
 * @param {string} path
 */
export function writeImages({ images, side }, path) {
  const shape = [images, side, side, CHANNELS];
  const values = fillNormal(new Float32Array(images * side * side * CHANNELS), randomStream(SEED), 1);
  writeFileSync(path, encodeSafetensors([{ name: 'images', shape, dtype: 'float32', values }]));
}

/**
 * Writes weights that we draw; statistics and shifts are as after some training.
 * @param {ForwardCase} forwardCase
 * @param {string} path
 */
export function writeWeights(forwardCase, path) {
  const { model } = modelOf(forwardCase);
  const state = initialValues(model.parameters, SEED);
  model.parameters.forEach(({ name }, index) => {
    if (name.endsWith('/kernel')) return;
    const noise = fillNormal(new Float32Array(state[name]?.length ?? 0), randomStream(SEED, index), 0.3);
    state[name] = noise.map((x) => (/gamma|variance/.test(name) ? 0.5 + Math.abs(x) : x));
  });
  writeFileSync(path, encodeEncoderWeights(model.architecture.encoder, state));
}

/**
 * Features of the images in a file, [N, F], by the weights in another.
 * @param {ForwardCase} forwardCase
 * @param {{ images: string, weights: string }} paths
 */
export async function features(forwardCase, paths) {
  const { model } = modelOf(forwardCase);
  const { images, side } = forwardCase;
  const { engine } = await createEngine('onnx');
  const { state } = readEncoderWeights(paths.weights, model.architecture.encoder);
  const encode = encodeProgram(model, images, [side, side, CHANNELS]);
  const initial = { ...initialValues(model.parameters, SEED), ...state };
  const session = await engine.load({ state: tensorSpecs(model.parameters), programs: { encode } }, initial);
  const outputs = await session.run('encode', { images: readTensor(paths.images) });
  await session.dispose();
  return outputs['features'] ?? new Float32Array();
}

/**
 * The values of the only tensor in a file.
 * @param {string} path
 */
export function readTensor(path) {
  const [tensor] = decodeSafetensors(readFileSync(path)).tensors;
  if (tensor === undefined) throw new Error(`${path} holds no tensor`);
  return tensor.values;
}
