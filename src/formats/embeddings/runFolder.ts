/**
 * The embeddings that a run has written epoch by epoch (src/domain/run/snapshot.ts). An epoch counts once its
 * description is there, which is written last; opening a live run again gives what has come since.
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { COLUMN_NAME, categoryColumn } from '../../domain/maps/columns';
import { RUN_FILE, epochOf } from '../../domain/run/layout';
import { SNAPSHOT_FILE, parseSnapshot, type SnapshotFile } from '../../domain/run/snapshot';
import { readJsonIfPresent } from '../files';
import { bestStep, epochNearest } from './bestStep';
import { readMetadataTable, type TextTable } from './metadataTable';
import { predictionColumns } from './predictions';
import { checkRawTensor, readRawTensor } from './rawTensor';
import { rowFacts, type RowFacts } from './rowFacts';
import { runOrigin } from './runOrigin';
import type { EmbeddingEpoch, EmbeddingSource, EmbeddingTable } from './source';
import { finiteRows } from './vectors';

/** A whole epoch and where it lies. */
interface Snapshot extends SnapshotFile {
  readonly folder: string;
}

/** What a run writes of each sample, in the order in which it is offered. */
const TABLES = [
  { name: 'features', file: SNAPSHOT_FILE.features, width: 'featureWidth' },
  { name: 'projections', file: SNAPSHOT_FILE.projections, width: 'projectionWidth' },
] as const;

/** Whether a folder is a run's that has written, or may yet write, embeddings in our layout. */
export async function isRunFolder(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes(RUN_FILE.run)) return !(await holdsForeignEmbeddings(folder));
  return (await epochNames(join(folder, RUN_FILE.embeddings))).length > 0;
}

/** Opens the embeddings of a run. Throws HumanError if there is none yet, or all are damaged. */
export async function openRunEmbeddings(folder: string): Promise<EmbeddingSource> {
  const { snapshots, notes } = await readSnapshots(folder);
  const last = snapshots.at(-1);
  if (last === undefined) throw noEpochs(folder, notes);
  const own = snapshots.filter(({ samples }) => samples === last.samples);
  const metadata = await readMetadataTable(
    join(folder, RUN_FILE.embeddings, SNAPSHOT_FILE.metadata),
    last.samples,
  );
  const facts = factsOf(metadata, last.samples);
  const best = await bestStep(folder);
  const origin = await runOrigin(folder, { ids: facts.ids, datasetHash: last.datasetHash });
  return {
    name: origin.name ?? basename(folder),
    place: folder,
    kind: 'run',
    tables: TABLES.map((table) => tableOf(table, own, { ...facts, best })),
    ...facts,
    datasetHash: last.datasetHash,
    ...(origin.openPictures === undefined ? {} : { openPictures: origin.openPictures }),
    notes: [
      ...notes,
      ...facts.notes,
      ...otherSamples(snapshots, own),
      ...predictionsNote(last),
      ...origin.notes,
    ],
  };
}

/** Another program may have written projector files of its own where a run of ours would. */
async function holdsForeignEmbeddings(folder: string): Promise<boolean> {
  const embeddings = join(folder, RUN_FILE.embeddings);
  const names = await readdir(embeddings).catch((): string[] => []);
  return names.length > 0 && (await epochNames(embeddings)).length === 0;
}

async function epochNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => epochOf(name) !== undefined).sort();
}

async function readSnapshots(folder: string): Promise<{ snapshots: Snapshot[]; notes: string[] }> {
  const embeddings = join(folder, RUN_FILE.embeddings);
  const snapshots: Snapshot[] = [];
  const notes: string[] = [];
  for (const name of await epochNames(embeddings)) {
    try {
      const snapshot = await readSnapshot(join(embeddings, name));
      if (snapshot !== undefined) snapshots.push(snapshot);
    } catch (thrown) {
      if (!(thrown instanceof HumanError)) throw thrown;
      notes.push(`${name} is left out: ${thrown.message}`);
    }
  }
  return { snapshots: snapshots.sort((a, b) => a.epoch - b.epoch), notes };
}

/** Undefined while it is being written. */
async function readSnapshot(folder: string): Promise<Snapshot | undefined> {
  const path = join(folder, SNAPSHOT_FILE.description);
  const value = await readJsonIfPresent(path);
  if (value === undefined) return undefined;
  const snapshot = parseSnapshot(value);
  if (snapshot === undefined) {
    throw new HumanError(`${path} does not describe a snapshot: delete the epoch's folder.`);
  }
  for (const { file, width } of TABLES) {
    await checkRawTensor(join(folder, file), { count: snapshot.samples, dimensions: snapshot[width] });
  }
  return { ...snapshot, folder };
}

/** Rows are drawn from the validation split; the number of a class says nothing beside its name. */
function factsOf(metadata: TextTable, rows: number): RowFacts {
  const hasNames = metadata.columns.some(({ name }) => name === COLUMN_NAME.class);
  const columns = metadata.columns.filter(({ name }) => !(hasNames && name === 'label'));
  const facts = rowFacts({ ...metadata, columns }, rows);
  const split = categoryColumn(COLUMN_NAME.split, new Array<string>(rows).fill('validation'));
  return { ...facts, columns: [...facts.columns, split] };
}

function tableOf(
  { name, file, width }: (typeof TABLES)[number],
  snapshots: readonly Snapshot[],
  facts: RowFacts & { readonly best: number | undefined },
): EmbeddingTable {
  const dimensions = snapshots.at(-1)?.[width] ?? 0;
  const same = snapshots.filter((snapshot) => snapshot[width] === dimensions);
  const best = facts.best === undefined ? undefined : epochNearest(same, facts.best);
  return {
    name,
    dimensions,
    ...(best === undefined ? {} : { best }),
    epochs: same.map((snapshot) => snapshotEpoch(snapshot, { file, dimensions }, facts)),
  };
}

function snapshotEpoch(
  { folder, epoch, step, samples }: Snapshot,
  { file, dimensions }: { readonly file: string; readonly dimensions: number },
  { columns }: RowFacts,
): EmbeddingEpoch {
  const path = join(folder, file);
  return {
    epoch,
    step,
    load: async () => finiteRows(path, await readRawTensor(path, { count: samples, dimensions })),
    columns: () => predictionColumns(join(folder, SNAPSHOT_FILE.predictions), samples, columns),
  };
}

function otherSamples(all: readonly Snapshot[], own: readonly Snapshot[]): string[] {
  const left = all.length - own.length;
  return left === 0 ? [] : [`${left} epochs with another number of samples than the last are left out.`];
}

function predictionsNote({ predictions }: Snapshot): string[] {
  return predictions === undefined ? [] : [`Predictions are those of ${predictions}.`];
}

function noEpochs(folder: string, notes: readonly string[]): HumanError {
  const [first] = notes;
  return new HumanError(
    notes.length > 0
      ? `${folder} has no whole epoch of embeddings. ${first}`
      : `${folder} has no embeddings yet: the first are written at the end of an epoch, as "embeddings.everyEpochs" says.`,
  );
}
