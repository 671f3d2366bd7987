/** When a run raises an alert about itself, and whether one ends it. */
import { PROBABILITY, choice, group, real, whole } from '../fields';

const STEPS = { minimum: 1, maximum: 1_000_000 };

export const alerts = group(
  {
    stopOn: choice(
      ['none', 'error', 'warning'],
      'none',
      'Ends the run as stopped, after a checkpoint, at the first alert of training that is an error (or already at a warning). It can be resumed.',
    ),
    collapseSteps: whole(
      50,
      STEPS,
      'Collapse: steps in a row with the loss on its collapse line and all projections alike.',
    ),
    headroomTolerance: real(
      0.02,
      { minimum: 0, maximum: 1 },
      'Collapse: how far the headroom may be from 1 for the loss to count as on its line.',
    ),
    deviationShare: real(
      0.1,
      PROBABILITY,
      'Collapse: standard deviation of the projections, as a share of that of random directions, below which all are alike.',
    ),
    emptyBatches: whole(3, STEPS, 'Batches in a row in which no view has a positive, or none a negative.'),
    waitShare: real(
      0.2,
      PROBABILITY,
      'Loader-bound: share of the time of the last steps that is spent waiting for data.',
    ),
    waitSteps: whole(50, { minimum: 1, maximum: 10_000 }, 'Loader-bound: over how many steps.'),
  },
  'When a run raises an alert about itself, and whether one ends it.',
);
