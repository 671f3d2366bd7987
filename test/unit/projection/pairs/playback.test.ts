/** The order of a chain, what each map is laid over, and that it stops where it is told to. */
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import type { PlacedMap } from '../../../../src/projection/pairs/align';
import { sameRows } from '../../../../src/projection/pairs/join';
import {
  forwardLinks,
  outwardLinks,
  playChain,
  type ChainMap,
  type ChainSource,
} from '../../../../src/projection/pairs/playback';
import { transformed } from '../../../../src/projection/pairs/procrustes';
import { Cancelled, UNWATCHED, type Positions } from '../../../../src/projection/types';
import { fixedMap, graphOf, groups, upTo } from './maps';

const COUNT = 120;
const BASE = groups(COUNT, 4, randomStream(1));

/** Each epoch's map is the same, turned by as many quarters as its number, and shifted. */
function turnedMap(epoch: number): Positions {
  const quarter = Math.round(Math.cos((epoch * Math.PI) / 2));
  const sine = Math.round(Math.sin((epoch * Math.PI) / 2));
  const turn = Float64Array.of(quarter, -sine, sine, quarter);
  return transformed(BASE, { scale: 1 + epoch / 10, turn, shift: Float64Array.of(epoch, 7) });
}

function source(rest: Partial<ChainSource> = {}) {
  const opened: number[] = [];
  const open = (epoch: number) => {
    opened.push(epoch);
    return Promise.resolve(fixedMap(turnedMap(epoch)));
  };
  return {
    opened,
    source: { open, joinEpochs: () => sameRows(COUNT), frame: null, ...rest } satisfies ChainSource,
  };
}

async function collect(chain: AsyncIterable<ChainMap>): Promise<ChainMap[]> {
  const maps: ChainMap[] = [];
  for await (const map of chain) maps.push(map);
  return maps;
}

function expectSame(map: PlacedMap, expected: Positions): void {
  map.positions.values.forEach((value, i) => expect(value).toBeCloseTo(expected.values[i] ?? Number.NaN, 2));
}

describe('links', () => {
  test('go forward from the first epoch', () => {
    expect(forwardLinks([2, 4, 6])).toEqual([
      { epoch: 2, reference: null },
      { epoch: 4, reference: 2 },
      { epoch: 6, reference: 4 },
    ]);
  });

  test('go outward from one epoch to both sides, each beside the one it is laid over', () => {
    expect(outwardLinks([1, 2, 3, 4, 5, 6], 3)).toEqual([
      { epoch: 3, reference: null },
      { epoch: 4, reference: 3 },
      { epoch: 2, reference: 3 },
      { epoch: 5, reference: 4 },
      { epoch: 1, reference: 2 },
      { epoch: 6, reference: 5 },
    ]);
  });

  test('begin at the last epoch where the best one was not kept', () => {
    expect(outwardLinks([5, 10], 7)).toEqual([
      { epoch: 10, reference: null },
      { epoch: 5, reference: 10 },
    ]);
    expect(outwardLinks([], 1)).toEqual([]);
  });
});

describe('playChain', () => {
  test('lays every map into the frame of the first', async () => {
    const maps = await collect(playChain(outwardLinks([1, 2, 3, 4], 2), source().source, UNWATCHED));
    expect(maps.map(({ epoch }) => epoch)).toEqual([2, 3, 1, 4]);
    expect(maps[0]).toMatchObject({ alignment: null, change: null });
    for (const { map } of maps) expectSame(map, turnedMap(2));
    expect(maps[3]?.alignment).toMatchObject({ isWeak: false, pull: 0.1 });
    expect(maps[3]?.change?.median).toBe(1);
  });

  test('begins a second run in the frame of the first', async () => {
    const map: PlacedMap = { positions: BASE, graph: graphOf(BASE, 15), classes: null };
    const other = source({ frame: { map, join: sameRows(COUNT) } });
    const maps = await collect(playChain(outwardLinks([1, 2], 2), other.source, UNWATCHED));
    for (const { map: laid, alignment } of maps) {
      expectSame(laid, BASE);
      expect(alignment).not.toBeNull();
    }
  });

  test('opens no epoch that nobody asks for any more, and none after it was cancelled', async () => {
    const first = source();
    for await (const { epoch } of playChain(forwardLinks(upTo(5)), first.source, UNWATCHED))
      if (epoch === 1) break;
    expect(first.opened).toEqual([0, 1]);
    const second = source();
    let checks = 0;
    const check = (): void => {
      if (++checks > 2) throw new Cancelled();
    };
    const maps: number[] = [];
    const chain = playChain(forwardLinks(upTo(5)), second.source, { ...UNWATCHED, check });
    await expect(
      (async () => {
        for await (const { epoch } of chain) maps.push(epoch);
      })(),
    ).rejects.toThrow(Cancelled);
    expect([maps, second.opened]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test('lays out no map that was kept, and goes on from it', async () => {
    const kept = await collect(playChain(forwardLinks([0, 1]), source().source, UNWATCHED));
    const again = source({
      recall: ({ epoch }) => Promise.resolve(kept.find((map) => map.epoch === epoch) ?? null),
    });
    const maps = await collect(playChain(forwardLinks([0, 1, 2]), again.source, UNWATCHED));
    expect(again.opened).toEqual([2]);
    expect(maps[1]).toBe(kept[1]);
    for (const { map } of maps) expectSame(map, turnedMap(0));
  });

  test('refuses links out of order', async () => {
    const chain = playChain([{ epoch: 1, reference: 2 }], source().source, UNWATCHED);
    await expect(collect(chain)).rejects.toThrow('Epoch 1 is laid over 2, which has no map yet');
  });
});
