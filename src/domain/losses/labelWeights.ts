/**
 * Weights of pairs of views that have several labels each: how much two label sets agree, from 0 to 1. They take
 * the place of equality of labels in a contrastive loss.
 */

/**
 * Jaccard index: shared labels over labels of either, |A and B| / |A or B|; 0 where neither has any. For views of
 * one label each it is equality.
 * @param multiHot row-major [M, classes], 0 or 1
 * @returns row-major [M, M]
 */
export function jaccardWeights(multiHot: ArrayLike<number>, classes: number): Float64Array {
  const count = multiHot.length / classes;
  const weights = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) weights[i * count + j] = jaccard(multiHot, i * classes, j * classes);
  }
  return weights;

  function jaccard(labels: ArrayLike<number>, a: number, b: number): number {
    let [shared, either] = [0, 0];
    for (let c = 0; c < classes; c++) {
      shared += Math.min(labels[a + c], labels[b + c]);
      either += Math.max(labels[a + c], labels[b + c]);
    }
    return either === 0 ? 0 : shared / either;
  }
}
