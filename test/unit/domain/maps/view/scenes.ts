/** Seeded points and views for the tests of drawing and picking. */
import type { MapDimensions } from '../../../../../src/domain/maps/request';
import { boundsOf, fitCamera } from '../../../../../src/domain/maps/view/camera';
import type { PointSet } from '../../../../../src/domain/maps/view/points';
import { LOOK } from '../../../../../src/domain/maps/view/points';
import type { View } from '../../../../../src/domain/maps/view/project';
import { RandomStream } from '../../../../../src/domain/random/stream';

export const VIEWPORT = { left: 40, top: 10, width: 400, height: 300 };

/** Points about ten centres, one in fifty without a place, of all looks. */
export function randomPoints(count: number, dimensions: MapDimensions, seed: number): PointSet {
  const random = new RandomStream(seed, count);
  const placesOf = () =>
    Float32Array.from({ length: count * dimensions }, (_, i) => {
      const row = Math.floor(i / dimensions);
      return row % 50 === 49 ? NaN : ((row * 7919 + (i % dimensions) * 31) % 10) + random.normal() / 2;
    });
  return {
    count,
    dimensions,
    from: placesOf(),
    to: placesOf(),
    colours: Uint8Array.from({ length: count }, (_, row) => row % 10),
    looks: Uint8Array.from({ length: count }, () => random.integer(LOOK.emphasised + 1)),
  };
}

/** A view of all points. */
export function viewOf(points: PointSet, mix = 0): View {
  const bounds = boundsOf([points.from, points.to], points.dimensions);
  return { points, mix, camera: fitCamera(bounds, VIEWPORT, points.dimensions === 3), viewport: VIEWPORT };
}
