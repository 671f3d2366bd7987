/** Corruption errors against a reference model (Hendrycks and Dietterich, ICLR 2019, section 3). */

/** Share wrong of one classifier: on clean images, and on each corruption from severity 1 on. */
export interface CorruptionErrors {
  readonly clean: number;
  /** By name of the corruption, one error a severity. */
  readonly corrupted: Readonly<Record<string, readonly number[]>>;
}

/**
 * mCE: the mean over corruptions of the errors summed over severities, divided by the reference's sum. 1 is as bad
 * as the reference; the paper prints per cent.
 * @throws RangeError where the two were not measured on the same corruptions
 */
export function meanCorruptionError(measured: CorruptionErrors, reference: CorruptionErrors): number {
  return meanRatio(measured, reference, sum);
}

/** Relative mCE: the same after the clean error has been taken from every error, so it measures the loss alone. */
export function relativeCorruptionError(measured: CorruptionErrors, reference: CorruptionErrors): number {
  return meanRatio(
    measured,
    reference,
    (errors, { clean }) => sum(errors, { clean }) - clean * errors.length,
  );
}

type Total = (errors: readonly number[], of: Pick<CorruptionErrors, 'clean'>) => number;

const sum: Total = (errors) => errors.reduce((total, error) => total + error, 0);

function meanRatio(measured: CorruptionErrors, reference: CorruptionErrors, total: Total): number {
  const names = Object.keys(measured.corrupted);
  const ratios = names.map((name) => {
    const errors = measured.corrupted[name];
    const others = reference.corrupted[name] as readonly number[] | undefined;
    if (others?.length !== errors.length) throw new RangeError(`The reference lacks the corruption ${name}.`);
    return total(errors, measured) / total(others, reference);
  });
  return ratios.reduce((a, b) => a + b, 0) / ratios.length;
}
