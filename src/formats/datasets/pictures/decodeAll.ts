/**
 * A list of image files becomes a pool: first every header is read, which tells the most common size and whether
 * there are colours, then every image is decoded to that form. Both passes keep a few files in work at a time.
 */
import { readFile } from 'node:fs/promises';
import { formatSome } from '../../../domain/display/format';
import { HumanError } from '../../../domain/errors';
import { readingError } from '../../reading';
import { allocateLabels } from '../imageSet';
import { chooseWeights } from '../labelWeights';
import type { Decoder, PictureHeader } from './decoder';
import type {
  DecodeOptions,
  Picture,
  PictureForm,
  PictureList,
  PicturePool,
  ReadingProgress,
} from './picture';

/** The threads that Node lends to native libraries. */
const LANES = 4;
/** The largest side that is chosen without being asked for: training time grows with its square. */
const LARGEST_CHOSEN_SIDE = 64;
const MOST_BYTES = 2 ** 32 - 1;
/** Share of damaged images above which something else is wrong than a few files. */
const MOST_DAMAGED = 0.01;
const NAMES_KEPT = 5;

/** Decodes a list. Throws HumanError if more than 1 % is damaged, a file may not be read, or all is too much. */
export async function decodeAll(
  list: PictureList,
  decoder: Decoder,
  options: DecodeOptions & { readonly onProgress?: ReadingProgress | undefined },
): Promise<PicturePool> {
  const { pictures } = list;
  const report = progressOfPasses(pictures.length, options.onProgress);
  const headers = await readHeaders(pictures, decoder, report);
  checkDamage(list, headers);
  const form = chooseForm(headers, options);
  const bytes = form.side * form.side * form.channels;
  refuseTooMuch(list, bytes * pictures.length);
  const images = new Uint8Array(new SharedArrayBuffer(bytes * pictures.length));
  const isWhole = new Array<boolean>(pictures.length).fill(false);
  await inLanes(pictures.length, async (i) => {
    const content = headers[i] === undefined ? undefined : await readPicture(pictures[i]);
    const pixels = content && (await decoder.decode(content, form).catch(() => undefined));
    if (pixels !== undefined) {
      images.set(pixels, i * bytes);
      isWhole[i] = true;
    }
    report();
  });
  checkDamage(list, isWhole);
  return compact(list, { images, isWhole, form });
}

/** The form of a set: the side asked for or the most common one, and colours if any image has them. */
export function chooseForm(
  headers: readonly (PictureHeader | undefined)[],
  { imageSize, colour, resize }: DecodeOptions,
): PictureForm {
  const known = headers.filter((header) => header !== undefined);
  const isGrey = colour === 'grey' || (colour === 'auto' && known.every((header) => header.isGrey));
  const side = imageSize > 0 ? imageSize : Math.min(LARGEST_CHOSEN_SIDE, mostCommonSide(known));
  return { side, channels: isGrey ? 1 : 3, resize };
}

/** The shorter side of the size that most images have; of several such sizes, the first met. */
function mostCommonSide(headers: readonly PictureHeader[]): number {
  const counts = new Map<string, { side: number; times: number }>();
  for (const { width, height } of headers) {
    const key = `${width}x${height}`;
    const times = (counts.get(key)?.times ?? 0) + 1;
    counts.set(key, { side: Math.min(width, height), times });
  }
  return [...counts.values()].reduce((best, each) => (each.times > best.times ? each : best)).side;
}

async function readHeaders(
  pictures: readonly Picture[],
  decoder: Decoder,
  report: () => void,
): Promise<(PictureHeader | undefined)[]> {
  const headers = new Array<PictureHeader | undefined>(pictures.length).fill(undefined);
  await inLanes(pictures.length, async (i) => {
    const content = await readPicture(pictures[i]);
    headers[i] = await decoder.readHeader(content).catch(() => undefined);
    report();
  });
  return headers;
}

/** A file that may not be read is not a damaged image: that stops, being easy to mend. */
async function readPicture({ content }: Picture): Promise<Uint8Array> {
  if (typeof content !== 'string') {
    return content;
  }
  return readFile(content).catch((thrown: unknown) => {
    throw readingError(content, thrown);
  });
}

/** Anything that is undefined or false stands for a damaged image. */
function damagedOf(list: PictureList, results: readonly unknown[]) {
  const damaged = list.pictures.filter((_, i) => results[i] === undefined || results[i] === false);
  return { count: damaged.length, names: damaged.slice(0, NAMES_KEPT).map(({ name }) => name) };
}

function checkDamage(list: PictureList, results: readonly unknown[]): void {
  const { count, names } = damagedOf(list, results);
  const total = list.pictures.length;
  if (count > MOST_DAMAGED * total || count === total) {
    throw new HumanError(
      `${list.source} has ${count} damaged images among ${total}, more than 1 % (${formatSome(names, count)}): repair, convert or remove them.`,
    );
  }
}

function refuseTooMuch({ source }: PictureList, bytes: number): void {
  if (bytes > MOST_BYTES) {
    throw new HumanError(
      `${source} would take ${bytes} bytes once decoded, more than the 4 GiB that can be held: lower "dataset.imageSize".`,
    );
  }
}

interface Decoded {
  readonly images: Uint8Array<SharedArrayBuffer>;
  readonly isWhole: readonly boolean[];
  readonly form: PictureForm;
}

/** Closes the gaps that damaged images left. */
function compact(list: PictureList, { images, isWhole, form }: Decoded): PicturePool {
  const bytes = form.side * form.side * form.channels;
  const kept = isWhole.flatMap((whole, i) => (whole ? [i] : []));
  const labels = allocateLabels(kept.length);
  kept.forEach((from, to) => {
    labels[to] = list.pictures[from].label;
    if (from !== to) images.copyWithin(to * bytes, from * bytes, (from + 1) * bytes);
  });
  return {
    images: images.subarray(0, kept.length * bytes),
    labels,
    labelWeights: chooseWeights(list.labelWeights, kept, list.classNames.length),
    trainCount: kept.filter((i) => list.pictures[i].part === 'train').length,
    side: form.side,
    channels: form.channels,
    damaged: damagedOf(list, isWhole),
  };
}

/** Every image is handled twice, and counts as done by halves. */
function progressOfPasses(total: number, onProgress: ReadingProgress | undefined): () => void {
  let handled = 0;
  return () => onProgress?.(Math.floor(++handled / 2), total);
}

/** Calls `act` for 0 to count - 1, a few at a time; the first failure ends all. */
async function inLanes(count: number, act: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  let hasFailed = false;
  const lane = async (): Promise<void> => {
    while (next < count && !hasFailed) await act(next++);
  };
  const lanes = Array.from({ length: LANES }, () =>
    lane().catch((thrown: unknown) => {
      hasFailed = true;
      throw thrown;
    }),
  );
  await Promise.all(lanes);
}
