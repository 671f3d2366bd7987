/** What is measured, and how often. */
import { group, real, whole } from '../fields';

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
  },
  'Accuracy during training: kNN and nearest class mean on encoder features.',
);
