/**
 * The training step that engines are timed on: the product's own contrastive program (encoder, projection head,
 * SupCon loss, gradients, SGD with momentum and weight decay) on one constant batch of 32x32 colour views.
 */
import { fillNormal } from '../../src/domain/random/fill';
import { randomStream } from '../../src/domain/random/stream';
import { parseConfiguration } from '../../src/domain/configuration/parse';
import { createModel } from '../../src/trainer/model/model';
import { initialValues, tensorSpecs } from '../../src/trainer/model/parameters';
import { createOptimiser } from '../../src/trainer/optimiser/createOptimiser';
import { trainable } from '../../src/trainer/optimiser/optimiser';
import { stageOneProgram } from '../../src/trainer/programs/stageOne';

const SEED = 1;
const CLASSES = 10;
/** Height, width and channels. */
const SHAPE = /** @type {const} */ ([32, 32, 3]);
/** Small enough that thousands of steps on one batch stay finite. */
const RATE = 0.05;

/**
 * @typedef {object} StepSize
 * @property {'small-resnet' | 'resnet18'} encoder
 * @property {number} width channels of the first stage
 * @property {number} images
 * @property {number} views of each image
 */

/**
 * The module of one step, its initial state, the batch, and the number of trained values.
 * @param {StepSize} size
 */
export function trainingStep({ encoder, width, images, views }) {
  const configuration = parseConfiguration(
    { seed: SEED, model: { encoder, width }, stage1: { batchSize: images }, augmentation: { views } },
    'the benchmark',
  );
  const [height, across, channels] = SHAPE;
  const model = createModel(configuration, { height, width: across, channels }, CLASSES);
  const state = [...model.parameters, ...createOptimiser(configuration).slots(model.parameters)];
  const train = stageOneProgram(configuration, model, { images, views, shape: SHAPE });
  return {
    module: { state: tensorSpecs(state), programs: { train } },
    initial: initialValues(state, SEED),
    batch: constantBatch(images, views),
    parameters: trainable(model.parameters).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  };
}

/**
 * Normally distributed views, and labels that go round the classes image by image.
 * @param {number} images
 * @param {number} views
 */
function constantBatch(images, views) {
  const rows = images * views;
  const values = new Float32Array(rows * sizeOf(SHAPE));
  return {
    views: fillNormal(values, randomStream(SEED), 1),
    labels: Int32Array.from({ length: rows }, (_, row) => (row % images) % CLASSES),
    rate: Float32Array.of(RATE),
  };
}

/** @param {readonly number[]} shape */
function sizeOf(shape) {
  return shape.reduce((product, n) => product * n, 1);
}
