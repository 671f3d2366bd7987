/** What is asked of the maps of embeddings: which vectors, by what method. Shared by worker, command line and page. */

/** How vectors become a map. */
export const MAP_METHODS = ['pca', 'umap', 'localmap', 'discriminant', 'axes', 'given'] as const;
export type MapMethod = (typeof MAP_METHODS)[number];

/** How far apart two vectors are: 1 - cosine similarity, or Euclidean distance. */
export const METRICS = ['cosine', 'euclidean'] as const;
export type Metric = (typeof METRICS)[number];

/** Dimensions of a map. */
export const MAP_DIMENSIONS = [2, 3] as const;
export type MapDimensions = (typeof MAP_DIMENSIONS)[number];

/** The two panes of a projector, in the order of their place on the screen. */
export const PANES = ['left', 'right'] as const;
export type Pane = (typeof PANES)[number];

/** An axis of the method `axes`: from the mean of one set of samples to that of another. */
export interface CustomAxis {
  /** Ids of samples, or a class by name. */
  readonly from: AxisEnd;
  readonly to: AxisEnd;
}
export type AxisEnd = { readonly class: string } | { readonly ids: readonly string[] };

/** Everything a map depends on beside the vectors: the same request for the same bytes gives the same map. */
export interface MapRequest {
  /** Name of the vectors in the source, for example `features` or `projections`. */
  readonly table: string;
  readonly method: MapMethod;
  readonly dimensions: MapDimensions;
  readonly metric: Metric;
  /** Neighbours k of the graph. */
  readonly neighbours: number;
  readonly seed: number;
  /** At most so many rows, drawn class by class by the seed; null for all. */
  readonly limit: number | null;
  /** Of the method `axes`, one for each dimension; empty for other methods. */
  readonly axes: readonly CustomAxis[];
}

export const DEFAULT_MAP_REQUEST: MapRequest = {
  table: 'features',
  method: 'umap',
  dimensions: 2,
  metric: 'cosine',
  neighbours: 15,
  seed: 0,
  limit: null,
  axes: [],
};
