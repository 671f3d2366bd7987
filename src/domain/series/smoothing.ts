/** The debiased exponential mean over every point of a column, carried on as the column grows. */

/**
 * s_t = w s_(t-1) + (1 - w) x_t, divided by 1 - w^t, so that the first points are not drawn towards zero (Kingma and Ba,
 * 2015, as TensorBoard draws it). NaN and infinite values are passed over; NaN before the first finite one.
 */
export class Smoother {
  private smoothed = new Float64Array(0);
  private covered = 0;
  private sum = 0;
  private share = 0;

  /** @param weight of the past, 0 to below 1 */
  constructor(readonly weight: number) {}

  /** The smoothed column up to `length`; the values before those covered last must be as they were. */
  over(values: Float64Array, length: number): Float64Array {
    this.reserve(length);
    for (let i = this.covered; i < length; i++) this.smoothed[i] = this.next(values[i]);
    this.covered = length;
    return this.smoothed;
  }

  private next(value: number): number {
    if (Number.isFinite(value)) {
      this.sum = this.weight * this.sum + (1 - this.weight) * value;
      this.share = this.weight * this.share + (1 - this.weight);
    }
    return this.share === 0 ? Number.NaN : this.sum / this.share;
  }

  private reserve(length: number): void {
    if (length <= this.smoothed.length) return;
    const larger = new Float64Array(Math.max(length, 2 * this.smoothed.length));
    larger.set(this.smoothed);
    this.smoothed = larger;
  }
}
