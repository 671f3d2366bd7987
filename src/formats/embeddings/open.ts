/** Opens embeddings wherever they come from: what lies at a path decides which reader takes it. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import { ARRAY_ENDINGS } from '../arrays/arrayFiles';
import { PROJECTOR_CONFIG_FILE } from '../projector';
import { readingError } from '../reading';
import { openArrayEmbeddings } from './arrayFile';
import { openCsvEmbeddings } from './csvFile';
import { openParquetEmbeddings } from './parquetFile';
import { openProjectorFiles } from './projectorFiles';
import { isRunFolder, openRunEmbeddings } from './runFolder';
import type { EmbeddingSource } from './source';

/**
 * Lists the embeddings at a path; nothing large is read. Opening again tells what has come since.
 * Rejects with a HumanError that names what was looked for.
 */
export async function openEmbeddings(path: string): Promise<EmbeddingSource> {
  const found = await stat(path).catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
  return found.isDirectory() ? openFolder(path) : openFile(path);
}

async function openFolder(folder: string): Promise<EmbeddingSource> {
  if (await isRunFolder(folder)) return openRunEmbeddings(folder);
  const parent = dirname(folder);
  if (basename(folder) === RUN_FILE.embeddings && (await isRunFolder(parent)))
    return openRunEmbeddings(parent);
  const config = configPlaces(folder).find((place) => existsSync(place));
  if (config !== undefined) return openProjectorFiles(config);
  throw new HumanError(
    `${folder} holds no embeddings: give the folder of a run, or one with a ${PROJECTOR_CONFIG_FILE}.`,
  );
}

/** In the folder itself, or where a run of another program may keep it. */
function configPlaces(folder: string): string[] {
  return [join(folder, PROJECTOR_CONFIG_FILE), join(folder, RUN_FILE.embeddings, PROJECTOR_CONFIG_FILE)];
}

function openFile(path: string): Promise<EmbeddingSource> {
  if (/\.pbtxt$/i.test(path)) return openProjectorFiles(path);
  if (ARRAY_ENDINGS.test(path)) return openArrayEmbeddings(path);
  if (/\.(csv|tsv|txt)$/i.test(path)) return openCsvEmbeddings(path);
  if (/\.parquet$/i.test(path)) return openParquetEmbeddings(path);
  throw new HumanError(
    `${path} is no file of embeddings: give a folder, a ${PROJECTOR_CONFIG_FILE}, .npy, .npz, CSV, TSV or Parquet file.`,
  );
}
