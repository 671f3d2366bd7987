/** Opens embeddings wherever they come from: what lies at a path decides which reader takes it. */
import { stat } from 'node:fs/promises';
import { HumanError } from '../../domain/errors';
import { readingError } from '../reading';
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
  if (found.isDirectory() && (await isRunFolder(path))) return openRunEmbeddings(path);
  throw new HumanError(`${path} holds no embeddings: give the folder of a run.`);
}
