/** Spearman's rank correlation: how far two quantities rise and fall together, whatever the shape of the curve. */

/** A correlation and the number of pairs that it rests on. */
export interface RankCorrelation {
  /** -1 to 1; NaN for fewer than three pairs, or if one side does not vary. */
  readonly rho: number;
  readonly pairs: number;
}

const FEWEST_PAIRS = 3;

/** Pearson's correlation of the ranks, ties sharing their mean rank; pairs with a value that is not finite are left out. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): RankCorrelation {
  const pairs = a.flatMap((x, i) =>
    Number.isFinite(x) && Number.isFinite(b[i]) ? [[x, b[i]] as const] : [],
  );
  if (pairs.length < FEWEST_PAIRS) return { rho: Number.NaN, pairs: pairs.length };
  const ranksA = midranks(pairs.map(([x]) => x));
  const ranksB = midranks(pairs.map(([, y]) => y));
  return { rho: correlation(ranksA, ranksB), pairs: pairs.length };
}

/** Ranks from 1; equal values share the mean of their ranks. */
function midranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let place = from; place < to; place++) ranks[order[place]] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const centre = (a.length + 1) / 2;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - centre) * (b[i] - centre);
    aa += (a[i] - centre) ** 2;
    bb += (b[i] - centre) ** 2;
  }
  return aa === 0 || bb === 0 ? Number.NaN : ab / Math.sqrt(aa * bb);
}
