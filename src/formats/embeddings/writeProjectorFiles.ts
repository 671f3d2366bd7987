/**
 * An embedding as files for TensorBoard's projector: tensor, metadata, the pictures of all rows as one image, and last the
 * configuration that names them, so that no reader finds it before the others.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { cellText } from '../../domain/maps/columns';
import { encodePng, type RawPicture } from '../datasets/pictures/decoder';
import { writeFileAtomically } from '../files';
import {
  PROJECTOR_CONFIG_FILE,
  encodeProjectorConfig,
  encodeProjectorMetadata,
  encodeProjectorTensor,
  type ProjectorSprite,
} from '../projector';
import type { EmbeddingSource, LoadedVectors, Pictures } from './source';

/** What is written: `vectors.rows` are the rows that are, of all in `source`. */
export interface ProjectorFiles {
  readonly name: string;
  readonly source: Pick<EmbeddingSource, 'ids' | 'columns'>;
  readonly vectors: Omit<LoadedVectors, 'notes'>;
  readonly pictures?: Pictures;
}

const FILE = { tensor: 'vectors.bytes', metadata: 'metadata.tsv', sprite: 'sprite.png' } as const;
const ID = 'id';
/** TensorBoard draws no larger sprite, in pixels a side. */
const MOST_SPRITE_SIDE = 8192;

/**
 * Writes the files into a folder, which is made if need be. Returns sentences about what was left out. Throws HumanError
 * if the folder has a configuration already or cannot be written to.
 */
export async function writeProjectorFiles(folder: string, files: ProjectorFiles): Promise<string[]> {
  const { name, vectors } = files;
  const config = join(folder, PROJECTOR_CONFIG_FILE);
  if (existsSync(config)) {
    throw new HumanError(`${folder} has a ${PROJECTOR_CONFIG_FILE} already: choose another folder.`);
  }
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(join(folder, FILE.tensor), encodeProjectorTensor(vectors.values));
  await writeFileAtomically(join(folder, FILE.metadata), metadataOf(files));
  const { sprite, notes } = await writeSprite(join(folder, FILE.sprite), files);
  const embedding = {
    tensorName: name,
    tensorPath: FILE.tensor,
    shape: [vectors.count, vectors.dimensions] as const,
    metadataPath: FILE.metadata,
    ...(sprite === undefined ? {} : { sprite }),
  };
  await writeFileAtomically(config, encodeProjectorConfig([embedding]));
  return notes;
}

function metadataOf({ source: { ids, columns }, vectors: { rows } }: ProjectorFiles): string {
  const cells: Record<string, string[]> = { [ID]: Array.from(rows, (row) => ids[row]) };
  for (const column of columns) {
    const name = column.name in cells ? `${column.name} 2` : column.name;
    cells[name] = Array.from(rows, (row) => cellText(column, row));
  }
  return encodeProjectorMetadata(cells);
}

async function writeSprite(
  path: string,
  { vectors: { rows }, pictures }: ProjectorFiles,
): Promise<{ sprite?: ProjectorSprite; notes: string[] }> {
  if (pictures === undefined) return { notes: [] };
  const { width, height } = pictures;
  const columns = Math.ceil(Math.sqrt(rows.length));
  if (columns * Math.max(width, height) > MOST_SPRITE_SIDE) {
    return {
      notes: [
        `${rows.length} pictures are more than TensorBoard draws, so there is no sprite: write fewer rows.`,
      ],
    };
  }
  await writeFileAtomically(path, await encodePng(await sheetOf(pictures, rows, columns)));
  return { sprite: { imagePath: FILE.sprite, width, height }, notes: [] };
}

/** Pictures side by side; places after the last are black. */
async function sheetOf(pictures: Pictures, rows: Int32Array, columns: number): Promise<RawPicture> {
  const { height, width, channels, perPage } = pictures;
  const sheet = { height: Math.ceil(rows.length / columns) * height, width: columns * width, channels };
  const pixels = new Uint8Array(sheet.height * sheet.width * channels);
  const line = width * channels;
  let page = { index: -1, pixels: new Uint8Array() };
  for (const [place, row] of rows.entries()) {
    const index = Math.floor(row / perPage);
    if (index !== page.index) page = { index, pixels: new Uint8Array(await pictures.page(index)) };
    const picture = (row % perPage) * height * line;
    for (let y = 0; y < height; y++) {
      const top = Math.floor(place / columns) * height + y;
      const target = (top * sheet.width + (place % columns) * width) * channels;
      pixels.set(page.pixels.subarray(picture + y * line, picture + (y + 1) * line), target);
    }
  }
  return { ...sheet, pixels };
}
