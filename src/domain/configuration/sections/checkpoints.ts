/** Checkpoints to resume from. */
import { group, real, whole } from '../fields';

export const checkpoints = group(
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
