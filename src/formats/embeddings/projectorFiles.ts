/**
 * Embeddings for TensorBoard's projector. Those of one configuration that have the same rows are one source: names
 * that end in a step, as PyTorch and our own runs write them (`features:12`), are epochs of one table.
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { formatSome } from '../../domain/display/format';
import { HumanError } from '../../domain/errors';
import type { Vectors } from '../../domain/maps/vectors';
import { confinedTo } from '../confinedPaths';
import { PROJECTOR_CONFIG_FILE, type ProjectorSprite } from '../projector';
import { errorCode, readingError } from '../reading';
import { readMetadataTable, type TextTable } from './metadataTable';
import { parseProjectorConfig, type ProjectorEntry } from './projectorConfig';
import { checkRawTensor, readRawTensor } from './rawTensor';
import { rowFacts } from './rowFacts';
import type { EmbeddingSource, EmbeddingTable } from './source';
import { spritePictures } from './pictures/sprite';
import { readTextTensor, textTensorShape } from './textTensor';
import { finiteRows } from './vectors';

/** An embedding whose files are there and fit. */
interface Tensor {
  readonly name: string;
  readonly path: string;
  readonly shape: Pick<Vectors, 'count' | 'dimensions'>;
  readonly isText: boolean;
  readonly metadata: string | undefined;
  readonly sprite: (ProjectorSprite & { readonly path: string }) | undefined;
  /** Equal for embeddings of the same rows. */
  readonly rowsKey: string;
}

const NAMES_SHOWN = 3;
const MOST_CONFIG_BYTES = 16e6;

/** Opens a configuration. Throws HumanError if it, or every embedding in it, cannot be read. */
export async function openProjectorFiles(path: string): Promise<EmbeddingSource> {
  const entries = parseProjectorConfig(await readConfig(path), path);
  const { tensors, notes } = await findTensors(entries, dirname(path));
  if (tensors.length === 0) throw new HumanError(notes[0] ?? `${path} names no embedding that can be read.`);
  const group = largestGroup(tensors);
  const { tables, notes: tableNotes } = tablesOf(group);
  const rows = group[0].shape.count;
  const metadata = group[0].metadata;
  const table: TextTable =
    metadata === undefined ? { columns: [], notes: [] } : await readMetadataTable(metadata, rows);
  const facts = rowFacts(table, rows);
  const pictures = await picturesOf(group, rows);
  return {
    name: nameOf(path),
    place: path,
    kind: 'file',
    tables,
    ...facts,
    ...(pictures.open === undefined ? {} : { openPictures: pictures.open }),
    notes: [...notes, ...leftOut(tensors, group), ...tableNotes, ...facts.notes, ...pictures.notes],
  };
}

/** The folder says more than the file, which always has the one name. */
function nameOf(path: string): string {
  return basename(path) === PROJECTOR_CONFIG_FILE ? basename(dirname(path)) : basename(path);
}

async function readConfig(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MOST_CONFIG_BYTES) {
      throw new HumanError(`${path} is larger than any projector configuration: check the path.`);
    }
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw readingError(path, thrown);
  }
}

async function findTensors(entries: readonly ProjectorEntry[], folder: string) {
  const locate = locator(folder);
  const tensors: Tensor[] = [];
  const notes: string[] = [];
  for (const entry of entries) {
    try {
      tensors.push(await findTensor(entry, locate, notes));
    } catch (thrown) {
      if (!(thrown instanceof HumanError)) throw thrown;
      notes.push(`${entry.name} cannot be read: ${thrown.message}`);
    }
  }
  return { tensors, notes };
}

/** A function from a path of the configuration to the real one. It throws HumanError where that leads out or nowhere. */
function locator(folder: string): (name: string) => string {
  const confine = confinedTo(folder);
  return (name) => {
    try {
      const path = confine(name);
      if (path !== undefined) return path;
    } catch (thrown) {
      if (errorCode(thrown) !== 'ENOENT') throw readingError(join(folder, name), thrown);
      throw new HumanError(`${name} does not exist below ${folder}: correct the configuration.`, {
        cause: thrown,
      });
    }
    throw new HumanError(`${name} is not below ${folder}: put the files beside the configuration.`);
  };
}

async function findTensor(
  { name, tensorPath, shape, metadataPath, sprite }: ProjectorEntry,
  locate: (name: string) => string,
  notes: string[],
): Promise<Tensor> {
  if (tensorPath === undefined) {
    throw new HumanError('It has no "tensor_path": save the vectors of the checkpoint as .tsv or .bytes.');
  }
  const path = locate(tensorPath);
  const given = shape && { count: shape[0], dimensions: shape[1] };
  const isText = await isTextTensor(path, given);
  if (!isText && given === undefined) {
    throw new HumanError(`${path} needs a "tensor_shape" of two numbers: add it to the configuration.`);
  }
  if (!isText && given !== undefined) await checkRawTensor(path, given);
  const found = isText || given === undefined ? await textTensorShape(path) : given;
  const attempt = (file: string | undefined) => optionalFile(file, { name, locate, notes });
  const metadata = attempt(metadataPath);
  const image = attempt(sprite?.imagePath);
  return {
    name,
    path,
    shape: found,
    isText,
    metadata,
    sprite: sprite === undefined || image === undefined ? undefined : { ...sprite, path: image },
    rowsKey: `${found.count} ${await digestOf(metadata)}`,
  };
}

/** The ending tells; where it does not, a size that fits the shape does. */
async function isTextTensor(path: string, shape: Tensor['shape'] | undefined): Promise<boolean> {
  if (/^\.(bytes|bin|raw)$/i.test(extname(path))) return false;
  if (/^\.(tsv|csv|txt)$/i.test(extname(path)) || shape === undefined) return true;
  const { size } = await stat(path);
  return size !== shape.count * shape.dimensions * Float32Array.BYTES_PER_ELEMENT;
}

/** Metadata and sprites that are missing cost themselves alone. */
function optionalFile(
  file: string | undefined,
  { name, locate, notes }: { name: string; locate: (name: string) => string; notes: string[] },
): string | undefined {
  if (file === undefined) return undefined;
  try {
    return locate(file);
  } catch (thrown) {
    if (!(thrown instanceof HumanError)) throw thrown;
    notes.push(`${name}: ${thrown.message}`);
    return undefined;
  }
}

async function digestOf(path: string | undefined): Promise<string> {
  if (path === undefined) return '';
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
  return createHash('sha256').update(bytes).digest('hex');
}

/** The most embeddings of the same rows; of equally many, the first met. */
function largestGroup(tensors: readonly Tensor[]): Tensor[] {
  const groups = [...groupBy(tensors, ({ rowsKey }) => rowsKey).values()];
  return groups.reduce((best, each) => (each.length > best.length ? each : best));
}

/** Members by key, keys and members in the order in which they are met. */
function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const members = groups.get(keyOf(one));
    if (members === undefined) groups.set(keyOf(one), [one]);
    else members.push(one);
  }
  return groups;
}

function leftOut(all: readonly Tensor[], group: readonly Tensor[]): string[] {
  const others = all.filter((tensor) => !group.includes(tensor)).map(({ name }) => name);
  if (others.length === 0) return [];
  return [
    `Embeddings of other rows are left out: ${formatSome(others.slice(0, NAMES_SHOWN), others.length)}. Give them a configuration of their own.`,
  ];
}

function tablesOf(group: readonly Tensor[]): { tables: EmbeddingTable[]; notes: string[] } {
  const notes: string[] = [];
  const named = group.map((tensor) => ({ tensor, ...splitName(tensor.name) }));
  const tables = [...groupBy(named, ({ table }) => table)].map(([name, members]) => {
    const { dimensions } = members[0].tensor.shape;
    const epochs = new Map<number, Tensor>();
    for (const { tensor, epoch } of members) {
      if (tensor.shape.dimensions === dimensions && !epochs.has(epoch)) epochs.set(epoch, tensor);
      else
        notes.push(
          `${tensor.name} is left out: it repeats an epoch, or has other dimensions than the first.`,
        );
    }
    const ordered = [...epochs].sort(([a], [b]) => a - b);
    return { name, dimensions, epochs: ordered.map(([epoch, tensor]) => epochEntry(epoch, tensor)) };
  });
  return { tables, notes };
}

/** `features:epoch-000003` and `default:00003` are epoch 3 of features and of default. */
function splitName(name: string): { table: string; epoch: number } {
  const match = /^(.+):(?:epoch-)?(\d{1,9})$/.exec(name);
  return match === null ? { table: name, epoch: 0 } : { table: match[1], epoch: Number(match[2]) };
}

function epochEntry(epoch: number, { path, shape, isText }: Tensor): EmbeddingTable['epochs'][number] {
  const read = isText ? readTextTensor : readRawTensor;
  return {
    epoch,
    step: epoch,
    load: async () => finiteRows(path, await read(path, shape)),
    columns: () => Promise.resolve([]),
  };
}

async function picturesOf(group: readonly Tensor[], rows: number) {
  const sprite = group.map((tensor) => tensor.sprite).find((found) => found !== undefined);
  if (sprite === undefined) return { notes: [] };
  try {
    return { open: await spritePictures(sprite, rows), notes: [] };
  } catch (thrown) {
    if (!(thrown instanceof HumanError)) throw thrown;
    return { notes: [`There are no pictures: ${thrown.message}`] };
  }
}
