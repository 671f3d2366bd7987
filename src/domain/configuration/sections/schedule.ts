/** The learning-rate schedule, which both stages describe with the same keys. */
import { SCHEDULE_NAMES } from '../../schedules/schedule';
import { ascending, choice, real } from '../fields';

const RATE = { minimum: 0, maximum: 1000 };
const EPOCHS = { minimum: 0, maximum: 100_000 };

export const scheduleKeys = {
  schedule: choice(
    SCHEDULE_NAMES,
    'cosine',
    'Learning rate after the warm-up: half a cosine, steps at "decayEpochs", steps every "decayEvery" epochs, or constant.',
  ),
  warmupFrom: real(0, RATE, 'Learning rate that the warm-up starts from.'),
  finalShare: real(
    0,
    { minimum: 0, maximum: 1 },
    'Share of the peak learning rate at which the cosine ends.',
  ),
  decayEpochs: ascending(
    EPOCHS,
    'Epochs after which the schedule "step" multiplies the learning rate by "decayFactor".',
  ),
  decayFactor: real(
    0.1,
    { minimum: 1e-6, maximum: 1 },
    'Factor of each decay of the schedules step and exponential.',
  ),
  decayEvery: real(
    1,
    { minimum: 0.001, maximum: 100_000 },
    'Epochs between two decays of the schedule "exponential", counted from the end of the warm-up; fractions are allowed.',
  ),
};
