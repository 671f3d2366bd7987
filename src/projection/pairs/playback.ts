/**
 * The maps of a run over its epochs, each laid over its neighbour in time, so that playback shows change and no jumps.
 * A finished run starts at its best epoch and goes outward, because the best map has the clearest order; a live run, whose
 * best epoch is still to come, goes forward. A second run starts from a map of the first, and so shares its frame.
 */
import type { Alignment } from '../../domain/maps/figures';
import type { Monitor } from '../types';
import { alignMaps, NO_HINTS, type PlacedMap, type UnplacedMap } from './align';
import type { NeighbourChange } from './jaccard';
import type { Join } from './join';

/** One epoch of a chain, and the epoch that its map is laid over; null for the first. */
export interface ChainLink {
  readonly epoch: number;
  readonly reference: number | null;
}

/** The map of one link. */
export interface ChainMap {
  readonly epoch: number;
  readonly map: PlacedMap;
  /** Null for a first map that is laid over no other. */
  readonly alignment: Alignment | null;
  /** Of neighbours since the reference; null without one. */
  readonly change: NeighbourChange | null;
}

/** A map, and the rows that belong together: the left are the map's. */
export interface ChainReference {
  readonly map: PlacedMap;
  readonly join: Join;
}

/** Where the epochs of a run come from. */
export interface ChainSource {
  /** Reads one epoch. */
  open(epoch: number): Promise<UnplacedMap>;
  /** Rows of two epochs that are the same sample: the left are the reference's. */
  joinEpochs(reference: number, epoch: number): Join;
  /** What the first map is laid over, for a run that is compared with another; null if it is the frame itself. */
  readonly frame: ChainReference | null;
  /** A map of the link that was kept from before, if there is one: it is not laid out again. */
  recall?(link: ChainLink, reference: PlacedMap | null): Promise<ChainMap | null>;
}

/** The chain forward from the first epoch, for a live run: further epochs continue it. */
export function forwardLinks(epochs: readonly number[]): readonly ChainLink[] {
  return epochs.map((epoch, n) => ({ epoch, reference: epochs[n - 1] ?? null }));
}

/** The chain from one epoch to both sides in turn, nearest first. Without that epoch among them it begins at the last. */
export function outwardLinks(epochs: readonly number[], from: number): readonly ChainLink[] {
  const middle = epochs.includes(from) ? epochs.indexOf(from) : epochs.length - 1;
  return epochs
    .map((epoch, n) => ({
      epoch,
      reference: epochs[n + Math.sign(middle - n)],
      distance: Math.abs(n - middle),
    }))
    .sort((a, b) => a.distance - b.distance || b.epoch - a.epoch)
    .map(({ epoch, reference, distance }) => ({ epoch, reference: distance === 0 ? null : reference }));
}

/**
 * The maps of the links as they come; a map that no later link needs is let go. Whoever stops asking stops the chain, and
 * the monitor stops a map on the way. Throws RangeError for a link whose reference is not before it.
 */
export async function* playChain(
  links: readonly ChainLink[],
  source: ChainSource,
  monitor: Monitor,
): AsyncGenerator<ChainMap, void, undefined> {
  const placed = new Map<number, PlacedMap>();
  for (const [n, link] of links.entries()) {
    monitor.check();
    const reference = referenceOf(link, source, placed);
    const map =
      (await source.recall?.(link, reference?.map ?? null)) ??
      lay(link.epoch, await source.open(link.epoch), reference, monitor);
    placed.set(link.epoch, map.map);
    forget(placed, links.slice(n + 1));
    yield map;
  }
}

function referenceOf(
  { epoch, reference }: ChainLink,
  source: ChainSource,
  placed: ReadonlyMap<number, PlacedMap>,
): ChainReference | null {
  if (reference === null) return source.frame;
  const map = placed.get(reference);
  if (map === undefined)
    throw new RangeError(`Epoch ${epoch} is laid over ${reference}, which has no map yet`);
  return { map, join: source.joinEpochs(reference, epoch) };
}

function lay(
  epoch: number,
  other: UnplacedMap,
  reference: ChainReference | null,
  monitor: Monitor,
): ChainMap {
  if (reference === null) {
    const { graph, classes } = other;
    const positions = other.layOut(NO_HINTS, monitor);
    return { epoch, map: { graph, classes, positions }, alignment: null, change: null };
  }
  const { alignment, change, ...map } = alignMaps(reference.map, other, { join: reference.join }, monitor);
  return { epoch, map, alignment, change };
}

/** Lets go of maps that no link to come is laid over. */
function forget(placed: Map<number, PlacedMap>, rest: readonly ChainLink[]): void {
  const needed = new Set(rest.map(({ reference }) => reference));
  for (const epoch of [...placed.keys()]) if (!needed.has(epoch)) placed.delete(epoch);
}
