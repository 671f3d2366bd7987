/** Snapshots of the embedding for the projector. */
import { COUNT, group, whole } from '../fields';

export const embeddings = group(
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
