import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MAP_REQUEST, type MapRequest } from '../../../../src/domain/maps/request';
import type { MapNews, MapQuestion, PlacedEpoch } from '../../../../src/runs/maps/maps';
import type { MapsReply, SmallQuestions, WorkEnd } from '../../../../src/runs/maps/messages';
import type { MapsService } from '../../../../src/runs/maps/service';
import { createMapsService } from '../../../../src/runs/maps/service';
import { createWanted, want } from '../../../../src/runs/maps/wanted';
import { temporaryFolder } from '../folders';
import { makeEpoch, makeRun, type MadeRun } from './sources';

const RUN: MadeRun = { rows: 90, dimensions: 6, classes: 3, epochs: [1, 2, 3] };

/** A service, asked as its near end asks it. */
function world(left: string, right: string | null = null) {
  const wanted = createWanted();
  const cacheFolder = join(temporaryFolder(), 'maps');
  const replies: MapsReply[] = [];
  let job = 0;
  const behaviour: { onNews?: (news: MapNews) => void } = {};
  const service: MapsService = createMapsService({ cacheFolder, wanted }, (reply) => {
    replies.push(structuredClone(reply));
    if (reply.type === 'news') behaviour.onNews?.(reply.news);
  });
  const places = { left, right, version: 1 };
  return {
    wanted,
    service,
    behaviour,
    cacheFolder,
    ask: async <Name extends keyof SmallQuestions>(type: Name, ask: SmallQuestions[Name]['ask']) => {
      await service.take({ type, id: 7, places, ask } as Parameters<MapsService['take']>[0]);
      const reply = replies.at(-1);
      if (reply?.type !== 'answer') throw new Error(JSON.stringify(reply));
      return reply.answer as SmallQuestions[Name]['answer'];
    },
    work: async (question: MapQuestion, describe: PlacedEpoch[] = [], isShown = true) => {
      const before = replies.length;
      job++;
      want(wanted, job);
      await service.take({ type: 'work', job, places, question, isShown, describe });
      const own = replies.slice(before);
      const end = own.find((reply) => reply.type === 'ended');
      if (end === undefined) throw new Error('The work has no end');
      const news = own.flatMap((reply) => (reply.type === 'news' ? [reply.news] : []));
      return { news, end: end.end, described: end.described };
    },
  };
}

function question(map: Partial<MapRequest>, epochs: MapQuestion['epochs'], isChain = false): MapQuestion {
  return { map: { ...DEFAULT_MAP_REQUEST, ...map }, epochs, isChain };
}

const mapsOf = (news: readonly MapNews[]) =>
  news.flatMap((each) => (each.type === 'map' && each.isFinal ? [each] : []));
const typesOf = (news: readonly MapNews[]) => [...new Set(news.map(({ type }) => type))];

describe('the maps of a run', () => {
  it('are proposed with what was opened', async () => {
    const { ask } = world(makeRun(temporaryFolder(), RUN));
    const opened = await ask('open', null);
    expect(opened.left.ids.slice(0, 2)).toEqual(['train/0', 'train/1']);
    expect(opened.left.tables[0]).toEqual({ name: 'features', dimensions: 6, epochs: [1, 2, 3] });
    expect(opened.request).toEqual(DEFAULT_MAP_REQUEST);
    expect([opened.right, opened.partners]).toEqual([null, null]);
  });

  it('come for the epoch that is shown, and separate its classes', async () => {
    const { work } = world(makeRun(temporaryFolder(), RUN));
    const asked = [{ pane: 'left', epoch: 3 }] as const;
    const { news, end, described } = await work(question({}, { left: 3, right: null }), [...asked]);
    expect([end.how, described]).toEqual(['done', 1]);
    expect(mapsOf(news).map(({ epoch, positions }) => [epoch, positions.length])).toEqual([[3, 180]]);
    const quality = news.find((each) => each.type === 'quality')?.quality;
    expect(quality?.mapAccuracy).toBeGreaterThan(0.9);
    expect(quality?.trustworthiness).toBeGreaterThan(0.85);
  });

  it('are a chain over all epochs from the one that is shown, each laid over its neighbour', async () => {
    const { work } = world(makeRun(temporaryFolder(), RUN));
    const { news } = await work(question({}, { left: 2, right: null }, true));
    const maps = mapsOf(news);
    expect(maps.map(({ epoch }) => epoch)).toEqual([2, 3, 1]);
    expect(maps[0]?.alignment).toBeNull();
    for (const { alignment } of maps.slice(1)) expect(alignment?.isWeak).toBe(false);
  });

  it.each(['pca', 'umap', 'localmap'] as const)(
    'by %s are the same bytes again, from the cache of the run',
    async (method) => {
      const folder = makeRun(temporaryFolder(), RUN);
      const ask = question({ method, dimensions: 3 }, { left: 2, right: null }, true);
      const first = await world(folder).work(ask);
      const kept = readdirSync(join(folder, 'embeddings', '.maps'));
      const again = await world(folder).work(ask);
      expect(mapsOf(again.news)).toEqual(mapsOf(first.news));
      expect(kept).toHaveLength(6);
      expect(readdirSync(join(folder, 'embeddings', '.maps')).sort()).toEqual(kept.sort());
    },
  );

  it('go on where they stopped, and are told again to whoever asks again', async () => {
    const { work } = world(makeRun(temporaryFolder(), RUN));
    await work(question({}, { left: 2, right: null }));
    const { news } = await work(question({}, { left: 2, right: null }, true));
    expect(mapsOf(news).map(({ epoch }) => epoch)).toEqual([2, 3, 1]);
  });

  it('are described later without being told again', async () => {
    const { work } = world(makeRun(temporaryFolder(), RUN));
    await work(question({}, { left: 2, right: null }));
    const { news, described } = await work(
      question({}, { left: 2, right: null }),
      [{ pane: 'left', epoch: 2 }],
      false,
    );
    expect(described).toBe(1);
    expect(
      typesOf(news)
        .filter((type) => type !== 'progress')
        .sort(),
    ).toContain('quality');
    expect(mapsOf(news)).toEqual([]);
    const change = news.flatMap((each) => (each.type === 'columns' ? each.columns : []));
    expect(change.find(({ name }) => name === 'neighbour change')?.kind).toBe('number');
    const voted = change.filter(({ isVoted }) => isVoted === true).map(({ name }) => name);
    expect(voted).toEqual(['prediction', 'confidence', 'correct']);
  });

  it('show a sample of each class, and leave the other rows without a place', async () => {
    const { work } = world(makeRun(temporaryFolder(), RUN));
    const { news } = await work(question({ method: 'pca', limit: 30 }, { left: 1, right: null }));
    const [map] = mapsOf(news);
    const placed = Array.from({ length: 90 }, (_, row) => row).filter(
      (row) => !Number.isNaN(map.positions[2 * row]),
    );
    const perClass = [0, 1, 2].map((label) => placed.filter((row) => row % 3 === label).length);
    expect(perClass).toEqual([10, 10, 10]);
  });

  it('stop at once when nobody wants them any more, and say so', async () => {
    const { work, wanted, behaviour } = world(makeRun(temporaryFolder(), { ...RUN, rows: 1500 }));
    behaviour.onNews = ({ type }) => {
      if (type === 'progress') want(wanted, null);
    };
    const { news, end } = await work(question({}, { left: 1, right: null }, true));
    expect(end.how).toBe('cancelled');
    expect(mapsOf(news)).toEqual([]);
  });

  it('of an epoch that came meanwhile are found', async () => {
    const folder = makeRun(temporaryFolder(), RUN);
    const { work, ask } = world(folder);
    await ask('open', null);
    makeEpoch(folder, RUN, 4);
    const { end } = await work(question({ method: 'pca' }, { left: 4, right: null }));
    expect(end.how).toBe('done');
    expect((await ask('refresh', null)).left[0]?.epochs).toEqual([1, 2, 3, 4]);
  });

  it('answer with the nearest in full dimension', async () => {
    const { ask } = world(makeRun(temporaryFolder(), RUN));
    const about = { pane: 'left', table: 'features', epoch: 3, row: 4, k: 5 } as const;
    const { rows, values } = await ask('neighbours', { ...about, metric: 'cosine' });
    expect(rows).toHaveLength(5);
    expect(Array.from(rows, (row) => row % 3)).toEqual([1, 1, 1, 1, 1]);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });
});

describe('axes that are chosen', () => {
  const between = (from: number, to: number) => ({
    from: { class: `class ${from}` },
    to: { class: `class ${to}` },
  });

  it('are named, and lay their classes along them', async () => {
    const { work } = world(makeRun(temporaryFolder(), RUN));
    const axes = [between(0, 1), between(0, 2)];
    const { news } = await work(question({ method: 'axes', axes }, { left: 3, right: null }));
    const [map] = mapsOf(news);
    expect(map.axes).toEqual(['class 0 to class 1', 'class 0 to class 2']);
    const mean = (label: number) =>
      Array.from({ length: 30 }, (_, i) => map.positions[2 * (3 * i + label)]).reduce((a, b) => a + b) / 30;
    expect(mean(1)).toBeGreaterThan(mean(0) + 0.5);
  });

  it('with an end that nobody is in are refused in a sentence', async () => {
    const { work } = world(makeRun(temporaryFolder(), RUN));
    const axes = [between(0, 1), between(0, 9)];
    const { end } = await work(question({ method: 'axes', axes }, { left: 3, right: null }));
    expect(end.how === 'refused' && end.sentence).toMatch(/class 9/);
  });
});

describe('the maps of two runs', () => {
  const pair = (right: Partial<MadeRun> = {}) =>
    world(makeRun(temporaryFolder(), RUN), makeRun(temporaryFolder(), { ...RUN, seed: 1, ...right }));

  it('lie in one frame and tell how alike they are', async () => {
    const { work } = pair();
    const { news, end } = await work(question({}, { left: 3, right: 3 }, true));
    expect(end).toEqual({ how: 'done' } satisfies WorkEnd);
    expect(
      mapsOf(news)
        .slice(0, 2)
        .map(({ pane, epoch }) => [pane, epoch]),
    ).toEqual([
      ['left', 3],
      ['right', 3],
    ]);
    expect(mapsOf(news)).toHaveLength(6);
    expect(mapsOf(news).filter(({ alignment }) => alignment === null)).toHaveLength(1);
  });

  it('join what is shared', async () => {
    const { ask } = pair({ firstId: 60 });
    const { partners } = await ask('open', null);
    expect(partners?.filter((row) => row >= 0)).toHaveLength(30);
    expect(partners?.[60]).toBe(0);
  });
});

describe('hostile embeddings', () => {
  const one = { ...RUN, epochs: [1] };
  const copies = (values: Float32Array) => values.forEach((_, i) => (values[i] = values[i % 6] ?? 0));
  const infinite = (values: Float32Array) => {
    values.fill(NaN, 0, 6);
    values[7] = Infinity;
  };
  it.each<[string, MadeRun, number]>([
    ['NaN and infinite rows', { ...one, change: infinite }, 2],
    ['zero vectors', { ...one, change: (values) => values.fill(0) }, 0],
    ['copies', { ...one, change: copies }, 0],
    ['one class', { ...one, classes: 1 }, 0],
    ['two points', { ...one, rows: 2, classes: 2 }, 0],
    ['one point', { ...one, rows: 1, classes: 1 }, 0],
    ['one dimension', { ...one, dimensions: 1 }, 0],
    ['4,096 dimensions', { ...one, rows: 40, dimensions: 4096 }, 0],
  ])('with %s give a map with places for all that are finite, or a sentence', async (_, run, lost) => {
    const { work } = world(makeRun(temporaryFolder(), run));
    for (const [method, metric] of [
      ['pca', 'cosine'],
      ['umap', 'euclidean'],
      ['localmap', 'cosine'],
      ['discriminant', 'cosine'],
    ] as const) {
      const asked: PlacedEpoch[] = [{ pane: 'left', epoch: 1 }];
      const { news, end } = await work(question({ method, metric }, { left: 1, right: null }), asked);
      if (method === 'discriminant' && end.how === 'refused')
        expect(Math.min(run.classes, run.rows - 1)).toBeLessThan(2);
      else expect([method, end]).toEqual([method, { how: 'done' }]);
      if (end.how !== 'done') continue;
      const positions = mapsOf(news)[0]?.positions ?? new Float32Array();
      expect(positions.filter((value) => Number.isNaN(value))).toHaveLength(2 * lost);
    }
  });

  it('without any finite row are refused in a sentence', async () => {
    const { work } = world(makeRun(temporaryFolder(), { ...one, change: (values) => values.fill(NaN) }));
    const { end } = await work(question({}, { left: 1, right: null }));
    expect(end.how === 'refused' && end.sentence).toMatch(/finite/);
  });

  it('that are no embeddings are refused with what was looked for', async () => {
    const { work } = world(temporaryFolder());
    const { end } = await work(question({}, { left: 1, right: null }));
    expect(end.how === 'refused' && end.sentence).toMatch(/holds no embeddings/);
  });

  it('names of tables and epochs that are not there are refused with those that are', async () => {
    const { work } = world(makeRun(temporaryFolder(), RUN));
    const table = await work(question({ table: 'logits' }, { left: 1, right: null }));
    expect(table.end.how === 'refused' && table.end.sentence).toMatch(/features, projections/);
    const epoch = await work(question({}, { left: 9, right: null }));
    expect(epoch.end.how === 'refused' && epoch.end.sentence).toMatch(/epochs 1 to 3/);
  });
});
