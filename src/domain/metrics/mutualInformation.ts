/** Agreement of a clustering with the classes: normalised mutual information. */

/**
 * NMI = 2 I(U, V) / (H(U) + H(V)), 0 to 1: mutual information over the arithmetic mean of the entropies, the default
 * of scikit-learn's `normalized_mutual_info_score`. 1 where both put everything into one group.
 */
export function normalisedMutualInformation(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const joint = new Map<string, number>();
  for (let i = 0; i < first.length; i++) add(joint, `${first[i]} ${second[i]}`);
  const a = countOf(first);
  const b = countOf(second);
  if (a.size <= 1 && b.size <= 1) return 1;
  const total = first.length;
  const entropies = entropy(a.values(), total) + entropy(b.values(), total);
  // I(U, V) = H(U) + H(V) - H(U, V); rounding may leave it a little below zero.
  return Math.max(0, (2 * (entropies - entropy(joint.values(), total))) / entropies);
}

function countOf(values: ArrayLike<number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < values.length; i++) add(counts, String(values[i]));
  return counts;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** In nats. */
function entropy(counts: Iterable<number>, total: number): number {
  let sum = 0;
  for (const count of counts) sum -= (count / total) * Math.log(count / total);
  return sum;
}
