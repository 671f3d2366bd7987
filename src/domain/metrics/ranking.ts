/** The best-scored places of a list, in order, without sorting the whole of it. */

/**
 * Places of the `k` largest values, largest first; equal values in the order of their places. `without` is left out,
 * as a query is from its own ranking. Gives fewer where there are fewer.
 */
export function rankedPlaces(values: Float32Array, k: number, without = -1): number[] {
  const wanted = Math.min(k, values.length - (without >= 0 ? 1 : 0));
  if (wanted <= 0) return [];
  const bound = wantedBound(values, wanted, without);
  const above: number[] = [];
  const equal: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (i === without) continue;
    if (values[i] > bound) above.push(i);
    else if (values[i] === bound) equal.push(i);
  }
  above.sort((a, b) => values[b] - values[a] || a - b);
  return [...above, ...equal.slice(0, wanted - above.length)];
}

/** The `wanted`-th largest value. */
function wantedBound(values: Float32Array, wanted: number, without: number): number {
  const scratch = values.slice();
  if (without >= 0) scratch[without] = Number.NEGATIVE_INFINITY;
  return kthLargest(scratch, wanted - 1);
}

/** Hoare's selection: the value at place `k`, from 0, of the descending order; reorders `values`. */
function kthLargest(values: Float32Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] > pivot) i++;
      while (values[j] < pivot) j--;
      if (i <= j) {
        const kept = values[i];
        values[i++] = values[j];
        values[j--] = kept;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}
