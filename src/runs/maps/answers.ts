/** What takes a moment: opening sources, the neighbours of one sample, pictures, files. */
import { dirname, join } from 'node:path';
import { writeProjectorFiles } from '../../formats/embeddings/writeProjectorFiles';
import type { PaneSource } from '../../protocol/pages/projector';
import { nearestToRow } from '../../projection/neighbours/nearest';
import type {
  NeighbourAnswer,
  NeighbourQuestion,
  OpenedSources,
  OpenedTables,
  ProjectorFilesQuestion,
  SourceFacts,
} from './maps';
import type { SmallName, SmallQuestions } from './messages';
import type { Pane } from './sources/pane';
import { chosenVectors, hashOf } from './sources/paneVectors';
import { pictureFacts, picturesOf } from './sources/panePictures';
import type { Panes } from './sources/panes';
import { paneAt, proposedRequest } from './sources/panes';

/** A small question and what it is about. */
export interface Asked<Name extends SmallName> {
  readonly panes: Panes;
  readonly ask: SmallQuestions[Name]['ask'];
  /** For pictures that are made for somebody to look at; null for nowhere. */
  readonly cacheFolder: string | null;
}

type Answers = {
  readonly [Name in SmallName]: (asked: Asked<Name>) => Promise<SmallQuestions[Name]['answer']>;
};

/** How each question is answered. All reject with HumanError where a person can help. */
export const ANSWERS: Answers = {
  open: ({ panes }) => open(panes),
  refresh: ({ panes }) => refresh(panes),
  neighbours: ({ panes, ask }) => neighbours(panes, ask),
  pictures: async ({ panes, ask: { pane, page } }) => (await picturesOf(paneAt(panes, pane))).page(page),
  fileOf: async ({ panes, ask: { pane, row }, cacheFolder }) => {
    const side = paneAt(panes, pane);
    if (side.source.openPictures === undefined || cacheFolder === null) return null;
    const pictures = await picturesOf(side);
    return (await pictures.fileOf(row, samplesFolder(cacheFolder, side))) ?? null;
  },
  writeProjectorFiles: ({ panes, ask }) => write(panes, ask),
};

/** Beside the maps, whose folder is kept below a size file by file. */
function samplesFolder(cacheFolder: string, { source }: Pane): string {
  return join(dirname(cacheFolder), 'samples', hashOf([source.place]).slice(0, 16));
}

async function open(panes: Panes): Promise<OpenedSources> {
  const { left, right, join: rows } = panes;
  return {
    left: await factsOf(left),
    right: right === null ? null : await factsOf(right),
    partners: rows?.rightOf ?? null,
    request: proposedRequest(panes),
  };
}

async function factsOf(pane: Pane): Promise<SourceFacts> {
  const { source, ids, columns, notes } = pane;
  const found = await pictureFacts(pane);
  const { height, width, channels, perPage, pages } = found.pictures ?? {};
  const hasPictures = height !== undefined && width !== undefined && channels !== undefined;
  return {
    name: source.name,
    place: source.place,
    kind: source.kind,
    tables: tablesOf(pane),
    ids: [...ids],
    columns: [...columns],
    total: source.ids.length,
    notes: [...notes, ...found.notes],
    pictures: hasPictures ? { height, width, channels, perPage: perPage ?? 1, pages: pages ?? 0 } : null,
    canOpen: found.pictures !== null,
  };
}

async function refresh({ left, right }: Panes): Promise<OpenedTables> {
  await Promise.all([left.refresh(), right?.refresh()]);
  return { left: tablesOf(left), right: right === null ? null : tablesOf(right) };
}

function tablesOf({ source }: Pane): PaneSource['tables'] {
  return source.tables.map(({ name, dimensions, epochs, best }) => ({
    name,
    dimensions,
    epochs: epochs.map(({ epoch }) => epoch),
    ...(best === undefined ? {} : { best }),
  }));
}

/** Cosine similarities rather than distances, because that is what people read. A row without a vector has no neighbours. */
async function neighbours(
  panes: Panes,
  { pane, table, epoch, row, k, metric }: NeighbourQuestion,
): Promise<NeighbourAnswer> {
  const { vectors, rows } = await paneAt(panes, pane).vectors(table, epoch);
  const place = rows.indexOf(row);
  if (place < 0) return { rows: new Int32Array(), values: new Float32Array() };
  const nearest = nearestToRow(vectors, place, { k, metric });
  return {
    rows: nearest.rows.map((each) => rows[each] ?? -1),
    values: Float32Array.from(nearest.distances, (distance) =>
      metric === 'cosine' ? 1 - distance : distance,
    ),
  };
}

async function write(
  panes: Panes,
  { pane, table, epoch, rows, folder }: ProjectorFilesQuestion,
): Promise<readonly string[]> {
  const side = paneAt(panes, pane);
  const wanted = rows === null ? null : Int32Array.from(new Set(rows)).sort();
  const chosen = chosenVectors(await side.vectors(table, epoch), wanted);
  const { pictures, notes } = await pictureFacts(side);
  const left = await writeProjectorFiles(folder, {
    name: `${table}:${epoch}`,
    source: { ids: side.ids, columns: side.columns },
    vectors: { ...chosen.vectors, rows: chosen.rows },
    ...(pictures === null ? {} : { pictures }),
  });
  return [...notes, ...left];
}
