/** What is measured, and how often. */
import { COUNT, choice, flag, group, real, reals, text, whole } from '../fields';

export const evaluation = group(
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
    diagnosticsEveryEpochs: whole(
      1,
      COUNT,
      'Epochs between diagnostics of the embedding, at epochs that are evaluated anyway; 0 switches them off.',
    ),
    onlineProbe: flag(
      false,
      'Train a linear classifier beside stage 1, on features that pass no gradient to the encoder.',
    ),
    references: flag(
      true,
      'At the end, also measure raw pixels and the untrained encoder, for scale; they are the same for every run of one data set, encoder and seed.',
    ),
    probeRates: reals(
      { minimum: 1e-8, maximum: 1000 },
      'Peak learning rates of linear probes, of which the validation images choose one; empty: "stage2.learningRate".',
    ),
    retrievalSamples: whole(
      5000,
      { minimum: 0, maximum: 1_000_000 },
      'Test images among which retrieval and clustering are measured; 0 switches them off.',
    ),
    robustness: choice(
      ['off', 'final'],
      'off',
      'final: also measure the test images under every corruption and severity at the end, 75 times the work.',
    ),
    finetuneEpochs: whole(
      10,
      { minimum: 1, maximum: 100_000 },
      'Passes over the training images when `supcon evaluate` fine-tunes the encoder.',
    ),
    finetuneRate: real(
      0.01,
      { minimum: 1e-8, maximum: 1000 },
      'Peak learning rate of fine-tuning; no warm-up, half a cosine.',
    ),
    transferPath: text(
      '',
      'Folder of another data set, for `supcon evaluate RUN --on` without a path; relative to the configuration file.',
    ),
  },
  'Accuracy and diagnostics during training, and what is measured at the end and by `supcon evaluate`.',
);
