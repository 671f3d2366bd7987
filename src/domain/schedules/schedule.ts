/**
 * Learning-rate schedules and the question "is it time?", as pure functions of the step. Every schedule begins with
 * a linear warm-up, which may be empty; what follows is one of a few shapes.
 */

/** half a cosine to a final share; steps at given epochs; steps at even distances; no change. */
export const SCHEDULE_NAMES = ['cosine', 'step', 'exponential', 'constant'] as const;

/** A schedule in the words of the configuration, which has these keys for each stage; half a cosine by default. */
export interface ScheduleSetting {
  readonly epochs: number;
  /** The peak, reached at the end of the warm-up. */
  readonly learningRate: number;
  readonly warmupEpochs?: number;
  readonly warmupFrom?: number;
  readonly schedule?: (typeof SCHEDULE_NAMES)[number];
  /** Of a cosine: its end as a share of the peak. */
  readonly finalShare?: number;
  /** Of steps: the epochs, counted from the start of the stage, after which they come. */
  readonly decayEpochs?: readonly number[];
  /** Of steps and of an exponential. */
  readonly decayFactor?: number;
  /** Of an exponential: epochs between steps, counted from the end of the warm-up. */
  readonly decayEvery?: number;
}

/** The learning rate of a zero-based step. */
export function learningRateAt(setting: ScheduleSetting, stepsPerEpoch: number, step: number): number {
  const { epochs, learningRate: peak, warmupFrom: from = 0, schedule = 'cosine', finalShare } = setting;
  const warmupSteps = warmupStepsOf(setting, stepsPerEpoch);
  if (step < warmupSteps) return warmup({ peak, from, warmupSteps }, step);
  switch (schedule) {
    case 'cosine':
      return warmupCosine({ peak, warmupSteps, totalSteps: epochs * stepsPerEpoch, finalShare }, step);
    case 'step':
    case 'exponential':
      return peak * decay(setting, step / stepsPerEpoch, (step - warmupSteps) / stepsPerEpoch);
    case 'constant':
      return peak;
  }
}

/** Steps of the warm-up. */
export function warmupStepsOf({ warmupEpochs = 0 }: ScheduleSetting, stepsPerEpoch: number): number {
  return Math.round(warmupEpochs * stepsPerEpoch);
}

/** The factor on the peak after so many epochs of the stage, and so many since the end of the warm-up. */
function decay(setting: ScheduleSetting, epochs: number, sinceWarmup: number): number {
  const { schedule, decayEpochs = [], decayFactor = 0.1, decayEvery = 1 } = setting;
  const passed = decayEpochs.filter((epoch) => epochs >= epoch).length;
  return decayFactor ** (schedule === 'step' ? passed : Math.floor(sinceWarmup / decayEvery));
}

/** A schedule in a few words, for example `cosine from 5`. */
export function describeSchedule(setting: ScheduleSetting): string {
  const { learningRate, warmupEpochs = 0 } = setting;
  return `${warmupEpochs > 0 ? `warm-up of ${warmupEpochs} epochs, ` : ''}${shapeOf(setting)} from ${learningRate}`;
}

function shapeOf(setting: ScheduleSetting): string {
  const { schedule = 'cosine', finalShare = 0, decayFactor, decayEpochs = [], decayEvery } = setting;
  switch (schedule) {
    case 'cosine':
      return finalShare > 0 ? `cosine to ${finalShare} of the peak` : 'cosine';
    case 'step':
      return `x${decayFactor} after epochs ${decayEpochs.join(', ')}`;
    case 'exponential':
      return `x${decayFactor} every ${decayEvery} epochs`;
    case 'constant':
      return 'constant';
  }
}

export interface Ramp {
  readonly peak: number;
  /** Where the warm-up starts; 0 by default. */
  readonly from?: number;
  readonly warmupSteps: number;
}

export interface CosineSchedule extends Ramp {
  readonly totalSteps: number;
  /** The end as a share of the peak; 0 by default. */
  readonly finalShare?: number | undefined;
}

/**
 * Linear warm-up to the peak, then half a cosine down (the reference code's "warm-up 10, cosine"). SupContrast lets
 * the cosine begin with the run, under the warm-up: for 10 of 1000 epochs that lowers the peak by 0.03 %.
 * @param step zero-based
 */
export function warmupCosine(schedule: CosineSchedule, step: number): number {
  const { peak, warmupSteps, totalSteps, finalShare = 0 } = schedule;
  if (step < warmupSteps) return warmup(schedule, step);
  const share = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  const final = peak * finalShare;
  return final + ((peak - final) / 2) * (1 + Math.cos(Math.PI * Math.min(1, share)));
}

/** A straight line that stands one step above `from` at step 0 and reaches the peak with the last step of the warm-up. */
function warmup({ peak, from = 0, warmupSteps }: Ramp, step: number): number {
  return from + ((peak - from) * (step + 1)) / warmupSteps;
}

/** True after every `every`-th unit and after the last; never if `every` is 0. */
export function itsTime(finished: number, every: number, last: number): boolean {
  return every > 0 && finished > 0 && (finished % every === 0 || finished === last);
}
