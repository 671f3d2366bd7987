/** Samples of encoded images: the same ones every time, a smaller sample being the beginning of a larger one. */
import { permutation } from '../../domain/random/permutation';
import { PURPOSE } from '../../domain/random/stream';
import type { Encoded } from './encode';

/** At most `count` of the places 0 .. total - 1, in an order that depends on the seed alone. */
export function sampledPlaces(total: number, count: number, seed: number): Int32Array {
  return permutation(total, seed, PURPOSE.sample).subarray(0, count);
}

/** The same random `count` of the indices every time. */
export function sampledIndices(indices: Int32Array, count: number, seed: number): Int32Array {
  return sampledPlaces(indices.length, count, seed).map((place) => indices[place]);
}

/** The first `count` rows, without a copy. */
export function firstRows(encoded: Encoded, count: number): Encoded {
  const rows = Math.min(count, encoded.labels.length);
  const cut = (values: Float32Array) => values.subarray(0, (values.length / encoded.labels.length) * rows);
  return {
    features: cut(encoded.features),
    head: cut(encoded.head),
    labels: encoded.labels.subarray(0, rows),
  };
}

/** The rows from a place on, without a copy. */
export function rowsFrom(encoded: Encoded, first: number): Encoded {
  const cut = (values: Float32Array) => values.subarray((values.length / encoded.labels.length) * first);
  return {
    features: cut(encoded.features),
    head: cut(encoded.head),
    labels: encoded.labels.subarray(first),
  };
}

/** The rows at these places, copied. */
export function rowsAt(encoded: Encoded, places: Int32Array): Encoded {
  const take = (values: Float32Array) => {
    const width = values.length / encoded.labels.length;
    const taken = new Float32Array(places.length * width);
    places.forEach((place, i) => taken.set(values.subarray(place * width, (place + 1) * width), i * width));
    return taken;
  };
  return {
    features: take(encoded.features),
    head: take(encoded.head),
    labels: places.map((place) => encoded.labels[place]),
  };
}
