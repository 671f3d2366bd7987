/** Figures beside maps: what one map distorts, what changed between two, and what becomes of each class. */

/** What one map distorts, over sampled rows against all rows. Shares are 0 to 1. */
export interface MapQuality {
  /** Neighbours that each figure looks at. */
  readonly k: number;
  /** Rows that were sampled by the map's seed. */
  readonly rows: number;
  readonly trustworthiness: number;
  readonly continuity: number;
  /** Share of the k nearest in full dimension that are among the k nearest on the map. */
  readonly overlap: number;
  /** Accuracy of the vote of the k nearest; null without labels. */
  readonly mapAccuracy: number | null;
  readonly fullAccuracy: number | null;
}

/** How a map was laid over another: reference to moved. */
export interface Alignment {
  /** Median distance of stable samples after the fit, in root mean square radii of the reference. */
  readonly residual: number;
  /** Share of the samples that were pulled towards their place on the reference. */
  readonly anchoredShare: number;
  readonly pull: number;
  /** Too few samples are shared or stable: distances between the maps mean little. */
  readonly isWeak: boolean;
}

/** One class at one epoch. */
export interface ClassFigures {
  readonly name: string;
  readonly count: number;
  /** Mean cosine similarity to the class mean, 0 to 1 for a class that holds together. */
  readonly tightness: number;
  /** The class whose mean is most similar, and how similar. Empty for the only class. */
  readonly nearest: string;
  readonly nearestSimilarity: number;
  /** Share of its samples that the k nearest others vote into it. */
  readonly accuracy: number;
  /** The class that most of the others are voted into; empty if none is. */
  readonly confusedWith: string;
  readonly confusedShare: number;
  /** Mean share of neighbours that changed since the epoch before; null for the first. */
  readonly drift: number | null;
}

/** Two maps, left and right. */
export interface PairFigures {
  readonly shared: number;
  readonly onlyLeft: number;
  readonly onlyRight: number;
  /** What rows were joined by. */
  readonly joinedBy: 'id' | 'content';
  readonly k: number;
  /** Jaccard index of the neighbour sets of the shared samples, in full dimension: 1 is no change. */
  readonly jaccardMedian: number;
  /** Shared samples in 20 equal bins of the index, 0 to 1. */
  readonly jaccardHistogram: readonly number[];
  /** Linear centred kernel alignment of the shared samples' vectors (Kornblith et al., 2019). */
  readonly cka: number;
  readonly alignment: Alignment;
  readonly classes: readonly ClassChange[];
}

/** One class in two maps. */
export interface ClassChange {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  /** Mean of 1 - Jaccard index over its shared samples. */
  readonly change: number;
  readonly leftAccuracy: number;
  readonly rightAccuracy: number;
}
