/** Which labelled samples a run trains on. */
import { choice, group, real, text } from '../fields';

export const dataset = group(
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
