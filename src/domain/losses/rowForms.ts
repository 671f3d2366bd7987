/**
 * The six forms of a contrastive loss for one anchor: sum over positives outside or inside the logarithm, and
 * three denominators. Each with its derivative by the logits, so that a gradient needs no automatic one.
 */

export interface ContrastiveForm {
  /** `out`: L_out of arXiv 2004.11362, equation 2. `in`: L_in, equation 3. */
  readonly sum: 'out' | 'in';
  /**
   * What the denominator holds: `all` others; the negatives and the `one-positive` that is scored (SINCERE, arXiv
   * 2309.14277); or the `negatives` alone. The names of the paper's code: ALL, ONE_POSITIVE, ONLY_NEGATIVES.
   */
  readonly denominator: 'all' | 'one-positive' | 'negatives';
}

/** The form that the paper calls SupCon. */
export const SUPCON_FORM: ContrastiveForm = { sum: 'out', denominator: 'all' };

/** One anchor against all M views. */
export interface AnchorRow {
  /** z_i.z_a / tau. */
  readonly logits: Float64Array;
  /** Weights p_a of positives and n_a of negatives, each 0 for the anchor itself. */
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

export interface RowTerms {
  readonly loss: number;
  /** d loss / d logit of each view, [M]. */
  readonly slopes: Float64Array;
}

/**
 * Loss of one anchor; with s the logits, S = sum of p, D = sum of (p + n) e^s, N = sum of n e^s:
 *   out, all            log D - sum p s / S
 *   in, all             log D - log(sum p e^s / S)
 *   out / in, negatives the same with N for D
 *   out, one-positive   sum p log(1 + N / e^s) / S
 *   in, one-positive    -log(sum p / (1 + N / e^s) / S)
 * Undefined where the anchor has no positive, and where it has no negative but the denominator has nothing else
 * to push against: `negatives` would be log 0, `one-positive` a constant 0 that lowers the mean.
 */
export function rowTerms(row: AnchorRow, form: ContrastiveForm): RowTerms | undefined {
  const share = total(row.positives);
  if (share === 0 || (form.denominator !== 'all' && total(row.negatives) === 0)) return undefined;
  switch (form.denominator) {
    case 'all':
      return sharedDenominator(
        row,
        row.positives.map((p, a) => p + row.negatives[a]),
        form,
      );
    case 'negatives':
      return sharedDenominator(row, row.negatives, form);
    case 'one-positive':
      return ownDenominator(row, form);
  }
}

/** One denominator for all positives: d/ds_a is its softmax minus the share of each positive. */
function sharedDenominator(row: AnchorRow, members: Float64Array, { sum }: ContrastiveForm): RowTerms {
  const { logits, positives } = row;
  const share = total(positives);
  const logDenominator = logSumExp(logits, members);
  const logPositives = logSumExp(logits, positives);
  const shareOf = (a: number) =>
    sum === 'out' ? positives[a] / share : positives[a] * Math.exp(logits[a] - logPositives);
  const slopes = logits.map((s, a) => members[a] * Math.exp(s - logDenominator) - shareOf(a));
  const score = sum === 'out' ? weighted(positives, logits) / share : logPositives - Math.log(share);
  return { loss: logDenominator - score, slopes };
}

/** A denominator for each positive: r_p = e^s_p / (e^s_p + N) is the probability of choosing it over the negatives. */
function ownDenominator({ logits, positives, negatives }: AnchorRow, { sum }: ContrastiveForm): RowTerms {
  const share = total(positives);
  const logNegatives = logSumExp(logits, negatives);
  const chosen = logits.map((s) => 1 / (1 + Math.exp(logNegatives - s)));
  const chance = weighted(positives, chosen);
  const pull = logits.map((_, a) =>
    sum === 'out'
      ? (positives[a] / share) * (1 - chosen[a])
      : (positives[a] * chosen[a] * (1 - chosen[a])) / chance,
  );
  const whole = total(pull);
  const slopes = logits.map((s, a) => negatives[a] * Math.exp(s - logNegatives) * whole - pull[a]);
  const surprise = logits.map((s) => Math.log1p(Math.exp(logNegatives - s)));
  return { loss: sum === 'out' ? weighted(positives, surprise) / share : Math.log(share / chance), slopes };
}

/** log sum w e^s over the entries of positive weight; the others, the anchor itself among them, never enter the maximum. */
function logSumExp(logits: Float64Array, weights: Float64Array): number {
  let maximum = -Infinity;
  for (let a = 0; a < logits.length; a++) if (weights[a] > 0) maximum = Math.max(maximum, logits[a]);
  let sum = 0;
  for (let a = 0; a < logits.length; a++)
    if (weights[a] > 0) sum += weights[a] * Math.exp(logits[a] - maximum);
  return maximum + Math.log(sum);
}

function total(weights: Float64Array): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function weighted(weights: Float64Array, values: Float64Array): number {
  return weights.reduce((sum, weight, a) => (weight > 0 ? sum + weight * values[a] : sum), 0);
}
