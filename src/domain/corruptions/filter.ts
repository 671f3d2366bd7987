/**
 * Filters and sampling with one border rule: beyond its border a picture goes on as its mirror image, the border
 * pixel being repeated (scipy's `reflect`). With it a symmetric filter keeps the mean exactly.
 */
import type { Picture } from './corruption';

/** One term of a filter: a weight, and where its pixel lies from the target. */
export interface Tap {
  readonly down: number;
  readonly right: number;
  readonly weight: number;
}

/** scipy's default: a Gaussian ends at four standard deviations. */
const GAUSSIAN_REACH = 4;

/** Sum over the taps, scaled so that the weights add up to 1. */
export function filter(picture: Picture, taps: readonly Tap[]): Float32Array {
  const { values, height, width, channels } = picture;
  const total = taps.reduce((sum, { weight }) => sum + weight, 0);
  const result = new Float32Array(values.length);
  for (const { down, right, weight } of taps) {
    const share = weight / total;
    const columns = Int32Array.from({ length: width }, (_, column) => mirrored(column + right, width));
    for (let row = 0, target = 0; row < height; row++) {
      const start = mirrored(row + down, height) * width;
      for (let column = 0; column < width; column++) {
        const source = (start + columns[column]) * channels;
        for (let channel = 0; channel < channels; channel++)
          result[target++] += share * values[source + channel];
      }
    }
  }
  return result;
}

/** Gaussian blur; the standard deviation is in pixels, 0 changing nothing. */
export function gaussianBlur(picture: Picture, sigma: number): Float32Array {
  const radius = Math.floor(GAUSSIAN_REACH * sigma + 0.5);
  if (radius === 0) return picture.values.slice();
  const places = Array.from({ length: 2 * radius + 1 }, (_, i) => i - radius);
  const weightOf = (x: number): number => Math.exp((-x * x) / (2 * sigma * sigma));
  const along = filter(
    picture,
    places.map((right) => ({ down: 0, right, weight: weightOf(right) })),
  );
  return filter(
    { ...picture, values: along },
    places.map((down) => ({ down, right: 0, weight: weightOf(down) })),
  );
}

/** The place inside that a place outside shows: ... 1 0 | 0 1 ... n-1 | n-1 n-2 ... */
export function mirrored(place: number, length: number): number {
  const period = 2 * length;
  const inPeriod = ((place % period) + period) % period;
  return inPeriod < length ? inPeriod : period - 1 - inPeriod;
}

/** The row or column before a place between pixel centres, the one after it, and how far the place lies between. */
interface Between {
  readonly before: number;
  readonly after: number;
  readonly share: number;
}

function between(place: number, length: number): Between {
  const whole = Math.floor(place);
  return { before: mirrored(whole, length), after: mirrored(whole + 1, length), share: place - whole };
}

/**
 * A picture whose pixel (row, column) shows the place that `sourceOf` names, [y, x], by bilinear interpolation; pixel
 * centres lie at whole numbers.
 */
export function resample(
  picture: Picture,
  sourceOf: (row: number, column: number) => readonly [number, number],
): Float32Array {
  const { height, width, channels } = picture;
  const result = new Float32Array(picture.values.length);
  for (let row = 0, target = 0; row < height; row++) {
    for (let column = 0; column < width; column++, target += channels) {
      const [y, x] = sourceOf(row, column);
      interpolate(picture, result, { rows: between(y, height), columns: between(x, width), target });
    }
  }
  return result;
}

function interpolate(
  { values, width, channels }: Picture,
  result: Float32Array,
  { rows, columns, target }: { readonly rows: Between; readonly columns: Between; readonly target: number },
): void {
  const left = columns.before * channels;
  const right = columns.after * channels;
  const upper = rows.before * width * channels;
  const lower = rows.after * width * channels;
  for (let i = 0; i < channels; i++) {
    const above =
      values[upper + left + i] + columns.share * (values[upper + right + i] - values[upper + left + i]);
    const below =
      values[lower + left + i] + columns.share * (values[lower + right + i] - values[lower + left + i]);
    result[target + i] = above + rows.share * (below - above);
  }
}

/** Enlarges about the centre; what leaves the picture is cut off. */
export function zoom(picture: Picture, factor: number): Float32Array {
  const { height, width, channels } = picture;
  const result = new Float32Array(picture.values.length);
  const spread = (length: number): Between[] =>
    Array.from({ length }, (_, i) => between((i - (length - 1) / 2) / factor + (length - 1) / 2, length));
  const columns = spread(width);
  spread(height).forEach((rows, row) => {
    for (let column = 0; column < width; column++) {
      const target = (row * width + column) * channels;
      interpolate(picture, result, { rows, columns: columns[column], target });
    }
  });
  return result;
}

/**
 * Half a Gaussian trailing off in one direction, as ImageMagick's motion blur: pixel 0 to 2 ceil(radius) along the
 * line of this angle, in whole pixels.
 */
export function motionBlur(
  picture: Picture,
  { radius, sigma, degrees }: { readonly radius: number; readonly sigma: number; readonly degrees: number },
): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  const taps = Array.from({ length: 2 * Math.ceil(radius) + 1 }, (_, i) => ({
    down: Math.round(i * Math.sin(angle)),
    right: Math.round(i * Math.cos(angle)),
    weight: Math.exp((-i * i) / (2 * sigma * sigma)),
  }));
  return filter(picture, taps);
}
