/** A map in the cache: positions, how it was laid over another, and what its axes are called. */
import * as v from 'valibot';
import type { Alignment } from '../../../domain/maps/figures';
import type { Positions } from '../../../projection/types';
import type { MapCache } from '../cache/mapCache';

/** A map as it is kept. */
export interface KeptMap {
  readonly positions: Positions;
  readonly alignment: Alignment | null;
  readonly axes: readonly string[];
}

const factsSchema = v.object({
  alignment: v.nullable(
    v.object({
      // JSON has no NaN: a residual of nothing.
      residual: v.nullable(v.number()),
      anchoredShare: v.number(),
      pull: v.number(),
      isWeak: v.boolean(),
    }),
  ),
  axes: v.pipe(v.array(v.string()), v.maxLength(3)),
});

/** The map of that key and shape; undefined where none is kept. */
export async function findMap(
  cache: MapCache,
  key: string,
  { count, dimensions }: Pick<Positions, 'count' | 'dimensions'>,
): Promise<KeptMap | undefined> {
  const entry = await cache.find(key);
  const facts = v.safeParse(factsSchema, entry?.facts);
  const [values] = entry?.arrays ?? [];
  const isMap = values instanceof Float32Array && values.length === count * dimensions;
  if (!isMap || !facts.success) return undefined;
  const { alignment, axes } = facts.output;
  const residual = alignment?.residual ?? Number.NaN;
  return {
    positions: { values, count, dimensions },
    alignment: alignment && { ...alignment, residual },
    axes,
  };
}

/** Keeps it; never rejects. */
export async function keepMap(cache: MapCache, key: string, map: KeptMap): Promise<void> {
  const { positions, alignment, axes } = map;
  await cache.keep(key, { facts: { alignment, axes }, arrays: [positions.values] });
}
