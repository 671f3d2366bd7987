/**
 * SupCon in closed form: L_out of arXiv 2004.11362, equation 2, with its gradient (section 3.2.1 of the
 * paper). Plain loops in double precision: the oracle of the tensor form, and what the interface explains.
 */

export interface ContrastiveBatch {
  /** Embeddings, row-major [views, dimensions]; normalised by the caller if they are to be. */
  readonly embeddings: Float32Array | Float64Array;
  readonly dimensions: number;
  /** One label a view; views of equal label are positives of each other. */
  readonly labels: ArrayLike<number>;
  readonly temperature: number;
}

export interface ContrastiveLoss {
  /** Mean over the anchors that have a positive; NaN if none has. */
  readonly value: number;
  /** Loss of each anchor; NaN where it has no positive. */
  readonly perAnchor: Float64Array;
  /** Gradient of `value` with respect to the embeddings, [views, dimensions]. */
  readonly gradient: Float64Array;
  readonly validAnchors: number;
}

/**
 * l_i = -1/|P(i)| sum_{p in P(i)} ( z_i.z_p/tau - log sum_{a != i} exp(z_i.z_a/tau) ), averaged over anchors
 * with at least one positive.
 */
export function supConLoss(batch: ContrastiveBatch): ContrastiveLoss {
  const count = batch.labels.length;
  const perAnchor = new Float64Array(count).fill(Number.NaN);
  const coefficients = new Float64Array(count * count);
  const positives = positiveCounts(batch.labels);
  const validAnchors = positives.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0);
  for (let anchor = 0; anchor < count; anchor++) {
    if (positives[anchor] > 0) {
      perAnchor[anchor] = anchorLoss(batch, anchor, positives[anchor], coefficients);
    }
  }
  const value = perAnchor.reduce((sum, l) => (Number.isNaN(l) ? sum : sum + l), 0) / validAnchors;
  return { value, perAnchor, gradient: gradientOf(batch, coefficients, validAnchors), validAnchors };
}

/** Number of other views with the same label, for each view. */
export function positiveCounts(labels: ArrayLike<number>): Int32Array {
  const sizes = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) sizes.set(labels[i], (sizes.get(labels[i]) ?? 0) + 1);
  return Int32Array.from({ length: labels.length }, (_, i) => (sizes.get(labels[i]) ?? 1) - 1);
}

/** Loss of one anchor; fills its row of d l_i / d(z_i.z_a) times tau, which is P_ia - [a in P(i)]/|P(i)|. */
function anchorLoss(
  batch: ContrastiveBatch,
  anchor: number,
  positives: number,
  coefficients: Float64Array,
): number {
  const { labels } = batch;
  const logits = rowOfLogits(batch, anchor);
  const logSum = logSumExp(logits, anchor);
  let loss = 0;
  for (let other = 0; other < labels.length; other++) {
    if (other === anchor) continue;
    const isPositive = labels[other] === labels[anchor];
    if (isPositive) loss += (logSum - logits[other]) / positives;
    coefficients[anchor * labels.length + other] =
      Math.exp(logits[other] - logSum) - (isPositive ? 1 / positives : 0);
  }
  return loss;
}

function rowOfLogits(batch: ContrastiveBatch, anchor: number): Float64Array {
  const { embeddings, dimensions, labels, temperature } = batch;
  return Float64Array.from({ length: labels.length }, (_, other) => {
    let dot = 0;
    for (let k = 0; k < dimensions; k++)
      dot += embeddings[anchor * dimensions + k] * embeddings[other * dimensions + k];
    return dot / temperature;
  });
}

/** log sum exp over a row without its own entry, which is masked before the maximum is taken. */
function logSumExp(logits: Float64Array, self: number): number {
  let maximum = -Infinity;
  for (let i = 0; i < logits.length; i++) if (i !== self && logits[i] > maximum) maximum = logits[i];
  let sum = 0;
  for (let i = 0; i < logits.length; i++) if (i !== self) sum += Math.exp(logits[i] - maximum);
  return maximum + Math.log(sum);
}

function gradientOf(batch: ContrastiveBatch, coefficients: Float64Array, validAnchors: number): Float64Array {
  const { embeddings, dimensions, labels, temperature } = batch;
  const count = labels.length;
  const gradient = new Float64Array(count * dimensions);
  const factor = 1 / (temperature * validAnchors);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < count; a++) {
      const both = (coefficients[i * count + a] + coefficients[a * count + i]) * factor;
      for (let k = 0; k < dimensions; k++)
        gradient[i * dimensions + k] += both * embeddings[a * dimensions + k];
    }
  }
  return gradient;
}
