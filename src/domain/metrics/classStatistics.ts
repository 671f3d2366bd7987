/** Mean and spread of each class of a feature table: what the measures of neural collapse are made of. */

export interface ClassStatistics {
  /** Classes that have samples, ascending; the rows of `means` in this order. */
  readonly classes: readonly number[];
  /** Row-major [classes, dimensions]. */
  readonly means: Float64Array;
  /** Mean over a class of the squared distance to its mean: the trace of its covariance. */
  readonly variances: Float64Array;
  readonly dimensions: number;
}

/** @param features row-major [samples, dimensions], as they are */
export function classStatistics(
  features: Float32Array,
  labels: ArrayLike<number>,
  dimensions: number,
): ClassStatistics {
  const classes = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const placeOf = new Map(classes.map((label, place) => [label, place]));
  const places = Int32Array.from(labels, (label) => placeOf.get(label) ?? 0);
  const counts = new Float64Array(classes.length);
  const means = new Float64Array(classes.length * dimensions);
  places.forEach((place, i) => {
    counts[place]++;
    for (let k = 0; k < dimensions; k++) means[place * dimensions + k] += features[i * dimensions + k];
  });
  means.forEach((sum, i) => (means[i] = sum / counts[Math.floor(i / dimensions)]));
  const variances = new Float64Array(classes.length);
  places.forEach((place, i) => {
    let distance = 0;
    for (let k = 0; k < dimensions; k++) {
      const difference = features[i * dimensions + k] - means[place * dimensions + k];
      distance += difference * difference;
    }
    variances[place] += distance / counts[place];
  });
  return { classes, means, variances, dimensions };
}

/** Class means less the mean of class means, row-major [classes, dimensions]. */
export function centredMeans({ classes, means, dimensions }: ClassStatistics): Float64Array {
  const centre = new Float64Array(dimensions);
  means.forEach((value, i) => (centre[i % dimensions] += value / classes.length));
  return means.map((value, i) => value - centre[i % dimensions]);
}
