/**
 * The configuration of a run: every key, its type, range, default and meaning, in one place. The parser,
 * the JSON schema of `*.supcon.json`, `--set` and the documentation all come from this value.
 */
import * as v from 'valibot';
import { choice, flag, group, interval, real, text, whole } from './fields';

const PROBABILITY = { minimum: 0, maximum: 1 };
const COUNT = { minimum: 0, maximum: 1_000_000 };

const dataset = group(
  {
    kind: choice(['generated', 'idx', 'cifar-10'], 'generated', 'How the images are stored.'),
    path: text(
      '',
      'Folder of the image files; relative to the configuration file. Empty for the generated set.',
    ),
    validationFraction: real(
      0.1,
      { minimum: 0.01, maximum: 0.5 },
      'Share of the training images held out, by class and seed, for every choice made during training.',
    ),
  },
  'The labelled images.',
);

const augmentation = group(
  {
    views: whole(2, { minimum: 1, maximum: 16 }, 'Views V drawn of each image of a batch.'),
    cropArea: interval(
      [0.2, 1],
      { minimum: 0.01, maximum: 1 },
      'Area of a random resized crop, as a share of the image; [1, 1] switches cropping off.',
    ),
    flip: real(0.5, PROBABILITY, 'Probability of a horizontal flip.'),
    jitter: real(0.8, PROBABILITY, 'Probability of colour jitter.'),
    brightness: real(0.4, PROBABILITY, 'Largest relative change of brightness.'),
    contrast: real(0.4, PROBABILITY, 'Largest relative change of contrast.'),
    saturation: real(0.4, PROBABILITY, 'Largest relative change of saturation.'),
    hue: real(0.1, { minimum: 0, maximum: 0.5 }, 'Largest turn of the hue, in turns of the colour wheel.'),
    grey: real(0.2, PROBABILITY, 'Probability of turning a view grey.'),
  },
  'Random views: crop, flip, colour jitter, grey (the recipe of the paper for CIFAR-10).',
);

const model = group(
  {
    encoder: choice(
      ['small-resnet', 'resnet18'],
      'small-resnet',
      'small-resnet: three residual blocks, a few minutes on two cores. resnet18: ResNet-18 with the CIFAR stem.',
    ),
    width: whole(
      16,
      { minimum: 4, maximum: 512 },
      'Channels of the first stage; later stages double it (64 is the standard ResNet-18).',
    ),
    projection: choice(
      ['mlp', 'linear'],
      'mlp',
      'Projection head: one hidden layer with ReLU, or a single linear layer.',
    ),
    projectionWidth: whole(128, { minimum: 2, maximum: 4096 }, 'Dimensions of the L2-normalised projection.'),
  },
  'Encoder and projection head.',
);

const loss = group(
  {
    name: choice(
      ['supcon', 'cross-entropy'],
      'supcon',
      'supcon: L_out of arXiv 2004.11362, equation 2. cross-entropy: the usual classifier, on the same views.',
    ),
    temperature: real(0.1, { minimum: 0.005, maximum: 10 }, 'Temperature tau; the paper uses 0.1.'),
    scale: choice(
      ['raw', 'tau', 'tau/base'],
      'raw',
      'Factor on the optimised loss: 1, tau (the reference code of the paper), or tau/0.07 (SupContrast).',
    ),
  },
  'What stage 1 optimises.',
);

const optimiser = group(
  {
    momentum: real(0.9, { minimum: 0, maximum: 0.999 }, 'Momentum of stochastic gradient descent.'),
    weightDecay: real(
      1e-4,
      { minimum: 0, maximum: 1 },
      'L2 penalty on kernels; biases and batch normalisation are exempt.',
    ),
  },
  'Stochastic gradient descent of stage 1.',
);

const stage1 = group(
  {
    epochs: whole(10, { minimum: 1, maximum: 100_000 }, 'Passes over the training images.'),
    batchSize: whole(
      64,
      { minimum: 2, maximum: 65_536 },
      'Images N in a batch; the encoder sees N x V views.',
    ),
    learningRate: real(0.2, { minimum: 1e-8, maximum: 1000 }, 'Peak learning rate.'),
    warmupEpochs: real(
      1,
      { minimum: 0, maximum: 100_000 },
      'Epochs of linear warm-up before the cosine decay; fractions are allowed.',
    ),
  },
  'Stage 1: contrastive training of encoder and projection head, or the cross-entropy baseline.',
);

const stage2 = group(
  {
    epochs: whole(50, { minimum: 1, maximum: 100_000 }, 'Passes over the frozen features.'),
    batchSize: whole(256, { minimum: 2, maximum: 65_536 }, 'Features in a batch.'),
    learningRate: real(
      5,
      { minimum: 1e-8, maximum: 1000 },
      'Peak learning rate of the linear classifier; its features are centred and scaled to a largest variance of 1.',
    ),
  },
  'Stage 2: projection head dropped, encoder frozen, a linear classifier with cross-entropy.',
);

const evaluation = group(
  {
    everyEpochs: whole(
      1,
      { minimum: 1, maximum: 100_000 },
      'Epochs between evaluations on the validation images.',
    ),
    neighbours: whole(20, { minimum: 1, maximum: 1000 }, 'k of the kNN classifier.'),
    neighbourTemperature: real(0.1, { minimum: 0.001, maximum: 10 }, 'Votes weigh exp(similarity / T).'),
    samples: whole(
      2000,
      { minimum: 10, maximum: 1_000_000 },
      'Validation images, and five times as many training images, used during training.',
    ),
  },
  'Accuracy during training: kNN and nearest class mean on encoder features.',
);

const embeddings = group(
  {
    everyEpochs: whole(1, COUNT, 'Epochs between snapshots of the embedding; 0 switches them off.'),
    samples: whole(
      5000,
      { minimum: 10, maximum: 1_000_000 },
      'Validation images in a snapshot, always the same ones.',
    ),
  },
  'Snapshots of the embedding for the projector.',
);

const checkpoints = group(
  {
    keep: whole(2, { minimum: 1, maximum: 1000 }, 'Checkpoints kept beside the best one.'),
    everySeconds: real(
      30,
      { minimum: 1, maximum: 86_400 },
      'Longest time between checkpoints, in seconds; one is also written after each epoch.',
    ),
  },
  'Checkpoints to resume from.',
);

const device = group(
  {
    kind: choice(
      ['auto', 'cpu', 'gpu'],
      'auto',
      'Where the maths runs: gpu is WebGPU for the engine onnx and CUDA for tensorflow.',
    ),
    index: whole(0, { minimum: 0, maximum: 63 }, 'Which GPU, counted from 0, where there are several.'),
  },
  'The processor or graphics card that trains.',
);

const loader = group(
  {
    workers: whole(
      0,
      { minimum: 0, maximum: 64 },
      'Worker threads that augment; 0 chooses by the number of cores.',
    ),
  },
  'Input pipeline.',
);

/** The schema of a `*.supcon.json` file; parsing fills in every default. */
export const configurationSchema = v.strictObject(
  {
    $schema: v.exactOptional(v.string()),
    formatVersion: v.optional(v.literal(1, 'must be 1: this file was written by a newer version'), 1),
    name: text('', 'Name of the run; made from loss, data set and encoder when empty.'),
    seed: whole(
      1,
      { minimum: 0, maximum: 4_294_967_295 },
      'Seed of split, initial weights, order and augmentation.',
    ),
    engine: choice(
      ['auto', 'onnx', 'tensorflow', 'eager'],
      'auto',
      'What runs the maths: onnx is built in; tensorflow is faster once it is set up; eager is a slow reference for tests; auto times one step on each.',
    ),
    device,
    precision: choice(
      ['float32', 'mixed'],
      'float32',
      'mixed: convolutions and products in bfloat16 (tensorflow) or float16 (onnx on a GPU); weights, statistics, embeddings and loss stay in float32.',
    ),
    threads: whole(0, { minimum: 0, maximum: 1024 }, 'Threads of the engine; 0 uses every core.'),
    dataset,
    augmentation,
    model,
    loss,
    optimiser,
    stage1,
    stage2,
    evaluation,
    embeddings,
    checkpoints,
    loader,
    baseline: flag(
      false,
      'Also train cross-entropy with the same encoder, views, batches and epochs, as a second run.',
    ),
    captureCode: flag(true, 'Record commit and uncommitted changes of the workspace with the run.'),
  },
  'must be an object in braces',
);

/** A complete configuration. */
export type Configuration = v.InferOutput<typeof configurationSchema>;

/** A configuration as a person writes it: any key may be missing. */
export type PartialConfiguration = v.InferInput<typeof configurationSchema>;
