/** Learning-rate schedules and the question "is it time?", as pure functions of the step. */

export interface CosineSchedule {
  readonly peak: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/**
 * Linear warm-up from peak/warmupSteps to the peak, then half a cosine down to zero
 * (the reference code's "warm-up 10, cosine").
 * @param step zero-based
 */
export function warmupCosine(schedule: CosineSchedule, step: number): number {
  const { peak, warmupSteps, totalSteps } = schedule;
  if (step < warmupSteps) return (peak * (step + 1)) / warmupSteps;
  const share = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return (peak / 2) * (1 + Math.cos(Math.PI * Math.min(1, share)));
}

/** True after every `every`-th unit and after the last; never if `every` is 0. */
export function itsTime(finished: number, every: number, last: number): boolean {
  return every > 0 && finished > 0 && (finished % every === 0 || finished === last);
}
