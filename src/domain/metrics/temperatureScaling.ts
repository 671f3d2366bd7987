/**
 * Temperature scaling (Guo et al., ICML 2017, section 4.2): all logits of a classifier are divided by one number,
 * which is fitted where nothing else is measured. Answers stay, confidences change.
 */

/** Temperatures outside are not looked for: there a softmax is an arg max, or says nothing. */
const LOWEST = 0.01;
const HIGHEST = 100;
const STEPS = 60;
const TOLERANCE = 1e-10;

/**
 * The temperature T that minimises the mean of -log softmax(logits / T)[label]. The mean is convex in 1/T, so
 * Newton's steps on its derivative, kept inside a shrinking bracket, find it.
 * @param logits row-major [samples, classes], of validation samples
 */
export function fitTemperature(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number {
  const at = (inverse: number) => derivatives(logits, labels, { classes, inverse });
  let low = 1 / HIGHEST;
  let high = 1 / LOWEST;
  // Where every answer is right, or none, the minimum lies at the end.
  if (at(high).slope <= 0) return LOWEST;
  if (at(low).slope >= 0) return HIGHEST;
  let inverse = 1;
  for (let step = 0; step < STEPS; step++) {
    const { slope, curvature } = at(inverse);
    if (slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - slope / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const isFound = Math.abs(next - inverse) <= TOLERANCE * inverse;
    inverse = next;
    if (isFound) break;
  }
  return 1 / inverse;
}

/** Softmax of each row divided by `temperature`, in double precision. @param logits row-major [samples, classes] */
export function softmaxRows(logits: ArrayLike<number>, classes: number, temperature = 1): Float32Array {
  const result = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const maximum = rowMaximum(logits, start, classes);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp((logits[start + c] - maximum) / temperature);
    for (let c = 0; c < classes; c++) {
      result[start + c] = Math.exp((logits[start + c] - maximum) / temperature) / sum;
    }
  }
  return result;
}

/** Mean of -log softmax(logits)[label], in nats. @param probabilities row-major [samples, classes] */
export function negativeLogLikelihood(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number {
  const SMALLEST = 1e-45;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    sum -= Math.log(Math.max(SMALLEST, probabilities[i * classes + labels[i]]));
  }
  return sum / labels.length;
}

/** First and second derivative with respect to 1/T: mean of E[z] - z_label, and mean variance of z. */
function derivatives(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  { classes, inverse }: { readonly classes: number; readonly inverse: number },
): { slope: number; curvature: number } {
  let slope = 0;
  let curvature = 0;
  for (let i = 0; i < labels.length; i++) {
    const start = i * classes;
    const maximum = rowMaximum(logits, start, classes);
    let weight = 0;
    let first = 0;
    let second = 0;
    for (let c = 0; c < classes; c++) {
      const below = logits[start + c] - maximum;
      const w = Math.exp(below * inverse);
      weight += w;
      first += w * below;
      second += w * below * below;
    }
    const mean = first / weight;
    slope += mean - (logits[start + labels[i]] - maximum);
    curvature += second / weight - mean * mean;
  }
  return { slope: slope / labels.length, curvature: curvature / labels.length };
}

function rowMaximum(values: ArrayLike<number>, start: number, length: number): number {
  let maximum = values[start];
  for (let c = 1; c < length; c++) if (values[start + c] > maximum) maximum = values[start + c];
  return maximum;
}
