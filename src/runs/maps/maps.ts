/**
 * Maps of embeddings, asked from a thread where nothing may block. One or two sources are opened; a question about them is
 * answered by news, map after map, and a further question voids the one before. Small questions do not wait for maps.
 */
import type { MapRequest, Metric, Pane } from '../../domain/maps/request';
import type { PaneSource, ProjectorHostMessage } from '../../protocol/pages/projector';
import type { Disposable } from '../disposable';

/** Run folders, or files with vectors. */
export interface MapPlaces {
  readonly left: string;
  readonly right: string | null;
}

/** What a source says of itself: all that a page needs but its colour, and whether its run lives. */
export type SourceFacts = Omit<PaneSource, 'look' | 'isLive'>;

/** Sources that were read. */
export interface OpenedSources {
  readonly left: SourceFacts;
  readonly right: SourceFacts | null;
  /** See the message `opened` of the page. */
  readonly partners: Int32Array | null;
  /** What is proposed to be shown first. */
  readonly request: MapRequest;
}

/** Which maps are wanted: see the message `show` of the page. */
export interface MapQuestion {
  readonly map: MapRequest;
  readonly epochs: { readonly left: number; readonly right: number | null };
  readonly isChain: boolean;
}

/** One epoch of one side. */
export interface PlacedEpoch {
  readonly pane: Pane;
  readonly epoch: number;
}

/** What is told of maps: the messages of the page, less the number of its request. */
export type MapNews = Unnumbered<
  Extract<ProjectorHostMessage, { type: 'map' | 'columns' | 'quality' | 'classes' | 'pair' | 'progress' }>
>;
type Unnumbered<T> = T extends unknown ? Omit<T, 'request'> : never;

/** The samples nearest to one, in full dimension. */
export interface NeighbourQuestion extends PlacedEpoch {
  readonly table: string;
  readonly row: number;
  readonly k: number;
  readonly metric: Metric;
}

/** Rows, nearest first, with cosine similarities or Euclidean distances. */
export interface NeighbourAnswer {
  readonly rows: Int32Array;
  readonly values: Float32Array;
}

/** Vectors to be written as files for TensorBoard's projector; all rows where `rows` is null. */
export interface ProjectorFilesQuestion extends PlacedEpoch {
  readonly table: string;
  readonly rows: Int32Array | null;
  readonly folder: string;
}

/** Tables of both sides, whose epochs may have grown. */
export interface OpenedTables {
  readonly left: PaneSource['tables'];
  readonly right: PaneSource['tables'] | null;
}

/** How a question came to its end. What cannot be answered is a HumanError. */
export type MapsEnd = 'done' | 'cancelled';

/** Opened sources; all promises reject with HumanError where a person can help. */
export interface OpenMaps extends Disposable {
  readonly opened: OpenedSources;
  /** Computes maps, and describes some of them; both are told to `take` as they come. */
  show(
    question: MapQuestion,
    take: (news: MapNews) => void,
    describe?: readonly PlacedEpoch[],
  ): Promise<MapsEnd>;
  /** Columns and figures of epochs of the question that was shown last, told to its taker. */
  describe(epochs: readonly PlacedEpoch[]): void;
  /** Stops what was asked by `show`. */
  cancel(): void;
  /** Looks again for epochs. */
  refresh(): Promise<OpenedTables>;
  neighbours(question: NeighbourQuestion): Promise<NeighbourAnswer>;
  /** [pictures, height, width, channels] of a page of pictures. */
  pictures(pane: Pane, page: number): Promise<Uint8Array>;
  /** The file behind a row; null where there is none. */
  fileOf(pane: Pane, row: number): Promise<string | null>;
  /** Resolves with sentences about what was left out. */
  writeProjectorFiles(question: ProjectorFilesQuestion): Promise<readonly string[]>;
}

/** Opens sources. */
export interface Maps extends Disposable {
  /** Rejects with HumanError for what is no source. */
  open(places: MapPlaces): Promise<OpenMaps>;
}
