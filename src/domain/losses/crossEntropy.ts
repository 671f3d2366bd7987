/**
 * Cross-entropy in closed form against any distribution over classes: one label, a smoothed label, two labels
 * in the shares in which two images were mixed, or several labels in the shares of their weights.
 */

export interface ClassificationLoss {
  /** Mean over rows. */
  readonly value: number;
  readonly perRow: Float64Array;
  /** Gradient of `value` with respect to the logits, [N, C]. */
  readonly gradient: Float64Array;
}

/** Two labels a row: `ownShare` of `labels` and the rest of `partnerLabels`. */
export interface MixedLabels {
  readonly labels: ArrayLike<number>;
  readonly partnerLabels: ArrayLike<number>;
  /** Lambda, 0 to 1. */
  readonly ownShare: ArrayLike<number>;
}

/**
 * -sum_c t_c log softmax(logits)_c, averaged over rows.
 * @param logits row-major [N, C]
 * @param targets row-major [N, C], each row summing to 1
 */
export function crossEntropyLoss(
  logits: ArrayLike<number>,
  targets: Float64Array,
  classes: number,
): ClassificationLoss {
  const rows = logits.length / classes;
  const perRow = new Float64Array(rows);
  const gradient = new Float64Array(logits.length);
  for (let row = 0; row < rows; row++) {
    const own = Float64Array.from({ length: classes }, (_, c) => logits[row * classes + c]);
    const maximum = Math.max(...own);
    const logSum = maximum + Math.log(own.reduce((sum, x) => sum + Math.exp(x - maximum), 0));
    for (let c = 0; c < classes; c++) {
      const target = targets[row * classes + c];
      perRow[row] += target * (logSum - own[c]);
      gradient[row * classes + c] = (Math.exp(own[c] - logSum) - target) / rows;
    }
  }
  return { value: perRow.reduce((sum, l) => sum + l, 0) / rows, perRow, gradient };
}

/**
 * Targets of single labels, smoothed: 1 - e + e/C at the label and e/C elsewhere (Szegedy et al., arXiv
 * 1512.00567, section 7).
 * @returns [N, C]
 */
export function labelTargets(labels: ArrayLike<number>, classes: number, smoothing = 0): Float64Array {
  const targets = new Float64Array(labels.length * classes).fill(smoothing / classes);
  for (let row = 0; row < labels.length; row++) targets[row * classes + labels[row]] += 1 - smoothing;
  return targets;
}

/**
 * Targets of mixed images: lambda of one label and 1 - lambda of the other (MixUp, arXiv 1710.09412, section 2;
 * CutMix, arXiv 1905.04899, equation 1, where lambda is the share of the area).
 * @returns [N, C]
 */
export function mixedTargets(mix: MixedLabels, classes: number, smoothing = 0): Float64Array {
  const own = labelTargets(mix.labels, classes, smoothing);
  const partner = labelTargets(mix.partnerLabels, classes, smoothing);
  return own.map((target, at) => {
    const share = mix.ownShare[Math.floor(at / classes)];
    return share * target + (1 - share) * partner[at];
  });
}

/**
 * Targets of samples with several labels or soft ones: each row of weights divided by its sum, so that k labels of
 * weight 1 have 1/k each (Mahajan et al., arXiv 1805.00932), smoothed like single labels.
 * @param labelWeights row-major [N, C], 0 or more, no row without any
 * @returns [N, C]
 */
export function softTargets(labelWeights: ArrayLike<number>, classes: number, smoothing = 0): Float64Array {
  const sums = new Float64Array(labelWeights.length / classes);
  for (let at = 0; at < labelWeights.length; at++) sums[Math.floor(at / classes)] += labelWeights[at];
  return Float64Array.from(
    { length: labelWeights.length },
    (_, at) => ((1 - smoothing) * labelWeights[at]) / sums[Math.floor(at / classes)] + smoothing / classes,
  );
}
