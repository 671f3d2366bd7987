/** Operations that give each value by its own level and by how often the levels occur in its channel. */
import { LEVELS, WHITE, type OperationKernel, type Pixels } from './operation';

/** to = 255 - from. */
export const invert: OperationKernel = ({ from, to }) => {
  for (let i = 0; i < from.length; i++) to[i] = WHITE - from[i];
};

/** Inverts values from the threshold on. */
export const solarize: OperationKernel = ({ from, to }, { argument: threshold }) => {
  for (let i = 0; i < from.length; i++) to[i] = from[i] < threshold ? from[i] : WHITE - from[i];
};

const MIDDLE = LEVELS / 2;

/** Adds to values below 128, up to 255. */
export const solarizeAdd: OperationKernel = ({ from, to }, { argument: addition }) => {
  for (let i = 0; i < from.length; i++) {
    to[i] = from[i] < MIDDLE ? Math.min(WHITE, from[i] + addition) : from[i];
  }
};

/** Keeps this many of the highest bits, 1 to 8, of every value. */
export const posterize: OperationKernel = ({ from, to }, { argument: bits }) => {
  const kept = (WHITE << (8 - bits)) & WHITE;
  for (let i = 0; i < from.length; i++) to[i] = from[i] & kept;
};

/** Stretches each channel so that its least value is 0 and its largest 255, cut off to whole levels. */
export const autoContrast: OperationKernel = (pixels) => {
  for (let channel = 0; channel < pixels.size.channels; channel++) stretchChannel(pixels, channel);
};

function stretchChannel({ from, to, size }: Pixels, channel: number): void {
  let least = WHITE;
  let most = 0;
  for (let i = channel; i < from.length; i += size.channels) {
    least = Math.min(least, from[i]);
    most = Math.max(most, from[i]);
  }
  const start = most > least ? least : 0;
  const range = most > least ? most - least : WHITE;
  for (let i = channel; i < from.length; i += size.channels) {
    to[i] = ((from[i] - start) * WHITE) / range;
  }
}

/**
 * Evens out the histogram of each channel as PIL does: with n pixels, of which m have the largest level that
 * occurs, step = floor((n - m) / 255), and a level becomes floor((step / 2 + pixels of lower level) / step), at
 * most 255. A step of 0, as in every channel of fewer than 256 pixels, changes nothing.
 */
export const equalize: OperationKernel = (pixels) => {
  for (let channel = 0; channel < pixels.size.channels; channel++) equalizeChannel(pixels, channel);
};

function equalizeChannel({ from, to, size, counts }: Pixels, channel: number): void {
  countLevels(from, counts, { channel, channels: size.channels });
  turnIntoLevels(counts, stepOf(counts, from.length / size.channels));
  for (let i = channel; i < from.length; i += size.channels) to[i] = counts[from[i]];
}

function countLevels(
  from: Uint8Array,
  counts: Int32Array,
  { channel, channels }: { readonly channel: number; readonly channels: number },
): void {
  counts.fill(0);
  for (let i = channel; i < from.length; i += channels) counts[from[i]]++;
}

function stepOf(counts: Int32Array, pixels: number): number {
  let most = WHITE;
  while (counts[most] === 0) most--;
  return Math.floor((pixels - counts[most]) / WHITE);
}

/** Replaces how often each level occurs by what it becomes. */
function turnIntoLevels(counts: Int32Array, step: number): void {
  let below = step >> 1;
  for (let level = 0; level < LEVELS; level++) {
    const count = counts[level];
    counts[level] = step === 0 ? level : Math.min(WHITE, Math.floor(below / step));
    below += count;
  }
}
