/** How alike views are to the encoder of a run: cosine similarities within a sample, and what they are across samples. */
import { pairCosines } from '../../domain/metrics/pairCosines';
import type { MeanCosines } from '../../protocol/preview';
import type { ViewEncoder } from './viewEncoder';
import type { DrawnSample } from './open';

export interface ComparedViews {
  /** By sample: cosine similarity of each pair of its views, [views, views]. */
  readonly matrices: readonly number[][][];
  readonly means: MeanCosines;
}

/** Encodes all views at once. */
export async function compareViews(
  encoder: ViewEncoder,
  samples: readonly DrawnSample[],
): Promise<ComparedViews> {
  const rows = samples.flatMap(({ views, label }, image) => views.map(() => ({ label, image })));
  const { features, dimensions } = await encoder.encode(samples.flatMap(({ views }) => views));
  const row = (place: number) => features.subarray(place * dimensions, (place + 1) * dimensions);
  const placesOf = (image: number) => rows.flatMap((own, place) => (own.image === image ? [place] : []));
  return {
    matrices: samples.map((_, image) => {
      const places = placesOf(image);
      return places.map((a) => places.map((b) => dot(row(a), row(b))));
    }),
    means: meansOf(features, dimensions, rows),
  };
}

function meansOf(
  features: Float32Array,
  dimensions: number,
  rows: readonly { readonly label: number; readonly image: number }[],
): MeanCosines {
  const labels = rows.map(({ label }) => label);
  const images = rows.map(({ image }) => image);
  const { sameImage, sameClass, otherClass } = pairCosines({ features, dimensions, labels, images });
  return { sameImage: mean(sameImage), sameClass: mean(sameClass), otherClass: mean(otherClass) };
}

function mean(values: Float32Array): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}
