/** The nearest of a row of distances, their ranks in another row, and their vote: without sorting the row. */

/** Places of the k smallest finite distances, smallest first; the lower place of equals. At most `k` of them. */
export function nearestPlaces(distances: Float32Array, k: number): Int32Array {
  const best = new Int32Array(k);
  let found = 0;
  let worst = Number.POSITIVE_INFINITY;
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i];
    if (!(distance < worst)) continue;
    let at = found < k ? found++ : k - 1;
    for (; at > 0 && distances[best[at - 1]] > distance; at--) best[at] = best[at - 1];
    best[at] = i;
    if (found === k) worst = distances[best[k - 1]];
  }
  return best.subarray(0, found);
}

/**
 * How far places are outside the k nearest of this row: the sum of (rank - k) over those with a rank beyond k, and
 * how many are within. The rank of a place is 1 + the number of places that are nearer.
 */
export function rankExcess(
  distances: Float32Array,
  places: Int32Array,
  k: number,
): { excess: number; within: number } {
  const thresholds = Float32Array.from(places, (place) => distances[place]).sort();
  const nearer = countBelow(distances, thresholds);
  let excess = 0;
  let within = 0;
  for (let t = 0; t < thresholds.length; t++) {
    const rank = 1 + nearer[t];
    if (rank > k) excess += rank - k;
    else within++;
  }
  return { excess, within };
}

/** The class that most of these places have; of equals the one whose first vote is nearest. -1 if none has a class. */
export function majority(places: Int32Array, labels: ArrayLike<number>): number {
  let winner = -1;
  let most = 0;
  for (let i = 0; i < places.length; i++) {
    const label = labels[places[i]];
    if (label < 0) continue;
    let votes = 0;
    for (let j = i; j < places.length; j++) if (labels[places[j]] === label) votes++;
    if (votes > most) {
      most = votes;
      winner = label;
    }
  }
  return winner;
}

/** For each of the ascending thresholds, how many distances are strictly below it. */
function countBelow(distances: Float32Array, thresholds: Float32Array): Int32Array {
  const counts = new Int32Array(thresholds.length);
  const last = thresholds.length - 1;
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i];
    if (!(distance < thresholds[last])) continue;
    let t = last;
    while (t > 0 && distance < thresholds[t - 1]) t--;
    counts[t]++;
  }
  for (let t = 1; t <= last; t++) counts[t] += counts[t - 1];
  return counts;
}
