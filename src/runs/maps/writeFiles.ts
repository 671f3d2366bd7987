/** Vectors of a pane as files for TensorBoard's projector. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { cellText } from '../../domain/maps/columns';
import { writeFileAtomically } from '../../formats/files';
import {
  PROJECTOR_CONFIG_FILE,
  encodeProjectorConfig,
  encodeProjectorMetadata,
  encodeProjectorTensor,
} from '../../formats/projector';
import type { Pane } from './sources/pane';
import { chosenVectors } from './sources/paneVectors';

/** Which vectors. */
export interface WrittenVectors {
  readonly pane: Pane;
  readonly table: string;
  readonly epoch: number;
  /** Rows of the pane, in any order; null for all. */
  readonly rows: Int32Array | null;
}

const METADATA = 'metadata.tsv';

/** Writes a tensor, metadata and configuration. Rejects with HumanError rather than to overwrite another projector. */
export async function writeProjectorFiles(folder: string, written: WrittenVectors): Promise<void> {
  const { pane, table, epoch } = written;
  const wanted = written.rows === null ? null : Int32Array.from(new Set(written.rows)).sort();
  const { vectors, rows } = chosenVectors(await pane.vectors(table, epoch), wanted);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).includes(PROJECTOR_CONFIG_FILE))
    throw new HumanError(`${folder} holds a ${PROJECTOR_CONFIG_FILE} already: choose another folder.`);
  const tensorPath = 'vectors.bytes';
  await writeFileAtomically(join(folder, tensorPath), encodeProjectorTensor(vectors.values));
  await writeFileAtomically(join(folder, METADATA), metadataOf(pane, rows));
  const shape = [vectors.count, vectors.dimensions] as const;
  const config = encodeProjectorConfig([
    { tensorName: `${table}:${epoch}`, tensorPath, metadataPath: METADATA, shape },
  ]);
  await writeFileAtomically(join(folder, PROJECTOR_CONFIG_FILE), config);
}

function metadataOf({ ids, columns }: Pane, rows: Int32Array): string {
  const own = Array.from(rows);
  const cells = columns.map((column) => [column.name, own.map((row) => cellText(column, row))] as const);
  return encodeProjectorMetadata({ id: own.map((row) => ids[row] ?? ''), ...Object.fromEntries(cells) });
}
