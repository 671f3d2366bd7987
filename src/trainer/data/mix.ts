/**
 * MixUp and CutMix: every view of a batch is blended with another row of it, or gets a piece of that. One share
 * lambda ~ Beta(alpha, alpha), one order of partners and one box hold for a whole batch, as in the papers' code.
 */
import { betaNumber } from '../../domain/random/gamma';
import { shuffle } from '../../domain/random/permutation';
import { PURPOSE, type RandomStream } from '../../domain/random/stream';
import type { CropBox } from './crop';
import type { ImageSize } from './image';

/** How views are mixed, and the parameter of the share's distribution. */
export interface MixOptions {
  readonly kind: 'mixup' | 'cutmix';
  readonly alpha: number;
}

/** What the loss must know of a mixed batch. */
export interface MixRecord {
  /** The row that each row was mixed with, [rows]; a few rows meet themselves. */
  readonly partners: Int32Array;
  /** The share of a row's own picture in it, [rows]; the rest, 1 - share, is its partner's. */
  readonly ownShare: Float32Array;
}

/** Mixes a batch [rows, height, width, channels] in place and writes the record. */
export type Mixer = (views: Float32Array, record: MixRecord, random: RandomStream) => void;

/** The keys of the random stream of one batch. */
export function mixKeys(seed: number, epoch: number, batch: number): [number, number, number, number] {
  return [seed, PURPOSE.mix, epoch, batch];
}

/** A mixer for batches of one size, with a copy of the unmixed batch of its own. */
export function createMixer(size: ImageSize, { kind, alpha }: MixOptions, rows: number): Mixer {
  const unmixed = new Float32Array(rows * size.height * size.width * size.channels);
  return (views, { partners, ownShare }, random) => {
    unmixed.set(views);
    const lambda = betaNumber(random, alpha);
    drawPartners(partners, random);
    if (kind === 'mixup') {
      ownShare.fill(lambda);
      blend(views, unmixed, { partners, lambda });
    } else {
      const box = drawPiece(random, lambda, size);
      ownShare.fill(1 - (box.height * box.width) / (size.height * size.width));
      paste(views, unmixed, { partners, box, size });
    }
  };
}

function drawPartners(partners: Int32Array, random: RandomStream): void {
  for (let row = 0; row < partners.length; row++) partners[row] = row;
  shuffle(partners, random);
}

/** MixUp (arXiv 1710.09412, equation 1): lambda times the own view and 1 - lambda times the partner's. */
function blend(
  views: Float32Array,
  unmixed: Float32Array,
  { partners, lambda }: { readonly partners: Int32Array; readonly lambda: number },
): void {
  const length = views.length / partners.length;
  for (let row = 0; row < partners.length; row++) {
    const own = row * length;
    const other = partners[row] * length;
    for (let i = 0; i < length; i++) {
      views[own + i] = lambda * unmixed[own + i] + (1 - lambda) * unmixed[other + i];
    }
  }
}

/**
 * CutMix (arXiv 1905.04899, equation 2): a box of sqrt(1 - lambda) of each side around any pixel, cut off at the
 * border. Its half sides are whole pixels, so what counts afterwards is the area that it really has.
 */
function drawPiece(random: RandomStream, lambda: number, { height, width }: ImageSize): CropBox {
  const part = Math.sqrt(1 - lambda);
  const rows = drawSpan(random, height, part);
  const columns = drawSpan(random, width, part);
  return {
    top: rows.start,
    height: rows.end - rows.start,
    left: columns.start,
    width: columns.end - columns.start,
  };
}

function drawSpan(random: RandomStream, length: number, part: number): { start: number; end: number } {
  const half = Math.floor(length * part) >> 1;
  const centre = random.integer(length);
  return { start: Math.max(0, centre - half), end: Math.min(length, centre + half) };
}

function paste(
  views: Float32Array,
  unmixed: Float32Array,
  { partners, box, size }: { readonly partners: Int32Array; readonly box: CropBox; readonly size: ImageSize },
): void {
  const stride = size.width * size.channels;
  for (let image = 0; image < partners.length; image++) {
    for (let row = box.top; row < box.top + box.height; row++) {
      const start = row * stride + box.left * size.channels;
      const from = partners[image] * size.height * stride + start;
      const to = image * size.height * stride + start;
      for (let i = 0; i < box.width * size.channels; i++) views[to + i] = unmixed[from + i];
    }
  }
}
