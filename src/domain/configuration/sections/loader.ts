/** Input pipeline. */
import { group, whole } from '../fields';

export const loader = group(
  {
    workers: whole(
      0,
      { minimum: 0, maximum: 64 },
      'Worker threads that augment; 0 chooses by the number of cores.',
    ),
  },
  'Input pipeline.',
);
