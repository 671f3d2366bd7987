/** Class-distance normalised variance (Galanti, Gyorgy and Hutter, ICLR 2022, equation 3). */
import type { ClassStatistics } from './classStatistics';

/**
 * Mean over pairs of classes of (v_a + v_b) / (2 |mu_a - mu_b|^2): 0 where classes have become points. Not a number
 * with fewer than two classes.
 */
export function classDistanceNormalisedVariance(statistics: ClassStatistics): number {
  const { classes, variances } = statistics;
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < classes.length; a++) {
    for (let b = a + 1; b < classes.length; b++) {
      sum += (variances[a] + variances[b]) / (2 * squaredDistance(statistics, a, b));
      pairs++;
    }
  }
  return sum / pairs;
}

function squaredDistance({ means, dimensions }: ClassStatistics, a: number, b: number): number {
  let sum = 0;
  for (let k = 0; k < dimensions; k++) {
    const difference = means[a * dimensions + k] - means[b * dimensions + k];
    sum += difference * difference;
  }
  return sum;
}
