/** What crosses between the threads of the maps and whoever made them. Both are of one build, so messages are types alone. */
import type { Pane } from '../../domain/maps/request';
import type {
  MapNews,
  MapPlaces,
  MapQuestion,
  NeighbourAnswer,
  NeighbourQuestion,
  OpenedSources,
  OpenedTables,
  PlacedEpoch,
  ProjectorFilesQuestion,
} from './maps';

/** What a thread is started with. */
export interface MapsSetup {
  /** Where maps are kept that have no place in a run folder; null for nowhere. */
  readonly cacheFolder: string | null;
  /** See wanted.ts. */
  readonly wanted: Int32Array;
}

/** Opened sources, as every request names them, so that a thread begun anew opens them again. */
export interface OpenedPlaces extends MapPlaces {
  /** Goes up with each opening: what was read for another one is not what was shown. */
  readonly version: number;
}

/** A question to the thread that computes. */
export interface Work {
  readonly job: number;
  readonly places: OpenedPlaces;
  readonly question: MapQuestion;
  /** False to describe alone. */
  readonly isShown: boolean;
  readonly describe: readonly PlacedEpoch[];
}

/** Questions to the thread that answers at once, and what they are answered with. */
export interface SmallQuestions {
  open: { ask: null; answer: OpenedSources };
  refresh: { ask: null; answer: OpenedTables };
  neighbours: { ask: NeighbourQuestion; answer: NeighbourAnswer };
  pictures: { ask: { readonly pane: Pane; readonly page: number }; answer: Uint8Array };
  fileOf: { ask: { readonly pane: Pane; readonly row: number }; answer: string | null };
  writeProjectorFiles: { ask: ProjectorFilesQuestion; answer: readonly string[] };
}
export type SmallName = keyof SmallQuestions;

/** One of them. */
export type Small = {
  [Name in SmallName]: {
    readonly type: Name;
    readonly id: number;
    readonly places: OpenedPlaces;
    readonly ask: SmallQuestions[Name]['ask'];
  };
}[SmallName];

/** To a thread. */
export type MapsRequest =
  | ({ readonly type: 'work' } & Work)
  /** Further epochs to describe, for the work in progress. */
  | { readonly type: 'more'; readonly job: number; readonly describe: readonly PlacedEpoch[] }
  | { readonly type: 'close'; readonly version: number }
  | Small;

/** How work came to its end. */
export type WorkEnd =
  | { readonly how: 'done' | 'cancelled' }
  /** A sentence for people. */
  | { readonly how: 'refused'; readonly sentence: string }
  | { readonly how: 'defect'; readonly text: string };

/** From a thread. */
export type MapsReply =
  | { readonly type: 'news'; readonly job: number; readonly news: MapNews }
  /** `described` of the epochs that it was asked to describe were described. */
  | { readonly type: 'ended'; readonly job: number; readonly described: number; readonly end: WorkEnd }
  | { readonly type: 'answer'; readonly id: number; readonly answer: SmallQuestions[SmallName]['answer'] }
  | { readonly type: 'refused'; readonly id: number; readonly sentence: string }
  | { readonly type: 'defect'; readonly id: number; readonly text: string };
