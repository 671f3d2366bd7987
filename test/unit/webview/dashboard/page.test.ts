import { describe, expect, it } from 'vitest';
import type { ChartQuery } from '../../../../src/domain/series/query';
import { DEFAULT_LAYOUT, parseLayout } from '../../../../src/protocol/pages/dashboard';
import type { HostMessage, PageMessage } from '../../../../src/protocol/pages/dashboard';
import { zoomed, panned } from '../../../../webview/charts/lines/navigation';
import { castOf, contentOf, runsOf } from '../../../../webview/dashboard/state/content';
import { fold, INITIAL_MODEL } from '../../../../webview/dashboard/state/model';
import { planSections } from '../../../../webview/dashboard/state/plan';
import { Queries } from '../../../../webview/charts/queries';
import { planRows, rowsBetween } from '../../../../webview/dashboard/state/rows';
import { runSummary } from '../../../browser/messages';

const NO_OPTIONS = { search: '', isSingle: true, pinned: [] };

function news(folder: string, seed: number, temperature: number, tags: readonly string[]) {
  const figures = { points: 1, nonFinite: 0, last: 1, lastStep: 0, min: 1, minStep: 0, max: 1, maxStep: 0 };
  return {
    folder,
    summary: runSummary({ folder, name: folder.slice(1), seed }),
    look: { hue: seed, dash: 0 },
    parameters: { 'loss.temperature': temperature, seed },
    tags: tags.map((tag) => ({ tag, ...figures })),
    skipped: 0,
    problems: [],
  };
}

function snapshot(runs: ReturnType<typeof news>[]): HostMessage {
  const order = runs.map(({ folder }) => folder);
  return {
    type: 'snapshot',
    sequence: 1,
    trusted: true,
    layout: DEFAULT_LAYOUT,
    order,
    runs,
    progress: null,
  };
}

describe('the model of the dashboard', () => {
  it('keeps what news leave out, forgets runs that left, and misses no number', () => {
    const first = fold(INITIAL_MODEL, snapshot([news('/a', 1, 0.1, ['x']), news('/b', 2, 0.1, ['x'])])).model;
    expect(first.groups).toHaveLength(1);
    const change = { ...news('/b', 2, 0.1, ['y']), summary: null, parameters: null };
    const next = { type: 'news', sequence: 2, order: ['/b'], runs: [change], progress: null } as const;
    const { model } = fold(first, next as unknown as HostMessage);
    expect(model.runs.map(({ folder, tags }) => [folder, [...tags.keys()]])).toEqual([['/b', ['x', 'y']]]);
    expect(model.groups).toEqual([]);
    expect(first.runs[1].tags.size).toBe(1);
    expect(fold(model, { ...next, sequence: 4 } as unknown as HostMessage).isMissed).toBe(true);
  });
});

describe('the arrangement', () => {
  it('reads what a former version wrote wrongly as the default, key by key', () => {
    expect(parseLayout({ axis: 'wall', smoothing: 7, pinned: 'no', chartSize: 'huge' })).toEqual({
      ...DEFAULT_LAYOUT,
      axis: 'wall',
    });
    expect(parseLayout(undefined)).toEqual(DEFAULT_LAYOUT);
  });
});

describe('the plan of charts', () => {
  const tags = new Set([
    'loss/optimised',
    'loss/floor',
    'val/acc',
    'val/acc10',
    'val/acc2',
    'lr',
    'test/knn',
    'geometry/cosine_same_image',
    'geometry/cosine_same_class',
  ]);

  it('knows our tags, makes a chart of every other, and none of references and final figures', () => {
    const sections = planSections(tags, NO_OPTIONS);
    expect(sections.map(({ title }) => title)).toEqual(['Loss', 'Geometry', 'Ungrouped', 'val']);
    expect(sections[3].charts.map(({ title }) => title)).toEqual(['acc', 'acc2', 'acc10']);
    expect(sections.flatMap(({ charts }) => charts).flatMap(({ tags: own }) => own)).toHaveLength(7);
  });

  it('splits charts of several tags when several runs are in view, finds by title or tag, and pins', () => {
    const [, geometry] = planSections(tags, { ...NO_OPTIONS, isSingle: false });
    expect(geometry.charts).toHaveLength(2);
    expect(
      planSections(tags, { ...NO_OPTIONS, search: 'acc1' }).flatMap(({ charts }) => charts),
    ).toHaveLength(1);
    expect(planSections(tags, { ...NO_OPTIONS, search: 'cosine means' })).toHaveLength(1);
    const pinned = planSections(tags, { ...NO_OPTIONS, pinned: ['lr', 'gone'] });
    expect(pinned[0]).toMatchObject({ title: 'Pinned', charts: [{ key: 'lr' }] });
  });
});

describe('what a chart draws', () => {
  const runs = [
    news('/long-prefix-a1', 1, 0.1, ['x']),
    news('/long-prefix-a2', 2, 0.1, ['x']),
    news('/long-prefix-b1', 3, 0.2, ['x', 'y']),
  ];
  const { model } = fold(INITIAL_MODEL, snapshot(runs));
  const chart = { tags: [{ tag: 'x', label: '' }] };

  it('folds a seed group to its band, and draws its runs when it is unfolded', () => {
    const folded = contentOf(chart, castOf(model, DEFAULT_LAYOUT));
    expect(folded.bands.map(({ group }) => group.runs)).toEqual([['/long-prefix-a1', '/long-prefix-a2']]);
    expect(folded.lines.map(({ run }) => run)).toEqual(['/long-prefix-b1']);
    const open = contentOf(chart, castOf(model, { ...DEFAULT_LAYOUT, unfolded: [model.groups[0].key] }));
    expect(open.lines).toHaveLength(3);
    expect(runsOf(open)).toEqual(new Set(runs.map(({ folder }) => folder)));
  });

  it('leaves out hidden runs, and runs without the tag', () => {
    const hidden = contentOf(
      chart,
      castOf(model, { ...DEFAULT_LAYOUT, hidden: ['/long-prefix-a1', '/long-prefix-b1'] }),
    );
    expect(hidden.bands[0].group.runs).toEqual(['/long-prefix-a2']);
    expect(hidden.lines).toEqual([]);
    const other = contentOf({ tags: [{ tag: 'y', label: '' }] }, castOf(model, DEFAULT_LAYOUT));
    expect([other.bands.length, other.lines.length]).toEqual([0, 1]);
  });
});

describe('rows of cards', () => {
  const options = {
    columns: 3,
    gap: 10,
    isWide: (key: string) => key === 'e',
    heightOf: (key: string) => (key === 'b' ? 200 : 100),
  };

  it('fill columns, give an enlarged card a row of its own, and are as high as their highest', () => {
    const { rows, height } = planRows(['a', 'b', 'c', 'd', 'e', 'f'], options);
    expect(rows.map(({ keys, top }) => [keys.join(''), top])).toEqual([
      ['abc', 0],
      ['d', 210],
      ['e', 320],
      ['f', 430],
    ]);
    expect(height).toBe(530);
  });

  it('in view are found among ten thousand as a search through all would', () => {
    const keys = Array.from({ length: 10_000 }, (_, i) => `k${i}`);
    const plan = planRows(keys, options);
    for (const from of [0, 95, 100, 12_345, plan.height - 1]) {
      const brute = plan.rows.filter(({ top, height }) => top + height >= from && top <= from + 500);
      expect(rowsBetween(plan, from, from + 500)).toEqual(brute);
    }
    expect(rowsBetween(plan, -500, -1)).toEqual([]);
  });
});

describe('standing questions', () => {
  const query: ChartQuery = {
    lines: [{ run: 'a', tag: 'x' }],
    groups: [],
    axis: 'step',
    range: null,
    pixels: 100,
    smoothing: 0,
    band: 'error',
  };
  const nothing = { lines: [], bands: [] };

  it('change in place for another range, and begin anew for other lines', () => {
    const posted: PageMessage[] = [];
    const told: boolean[] = [];
    const queries = new Queries((message) => posted.push(message));
    const question = queries.open((_, isFirst) => told.push(isFirst));
    question.ask(query);
    question.ask({ ...query });
    question.ask({ ...query, range: [0, 5] });
    expect(posted.map((message) => [message.type, 'id' in message ? message.id : 0])).toEqual([
      ['watch', 1],
      ['watch', 1],
    ]);
    queries.take([{ id: 1, answer: nothing }]);
    queries.take([{ id: 1, answer: nothing }]);
    question.ask({ ...query, axis: 'wall' });
    queries.take([{ id: 1, answer: nothing }]);
    queries.take([{ id: 2, answer: nothing }]);
    expect(told).toEqual([true, false, true]);
    queries.restart();
    expect(posted.at(-1)).toMatchObject({ type: 'watch', id: 3, query: { axis: 'wall' } });
    question.close();
    expect(posted.at(-1)).toEqual({ type: 'unwatch', id: 3 });
  });
});

describe('zooming', () => {
  it('keeps the place under the pointer, ends at the whole, and never leaves it', () => {
    const near = zoomed([0, 100], [0, 100], { centre: 25, factor: 0.5, isLog: false });
    expect(near).toEqual([12.5, 62.5]);
    expect(zoomed([12.5, 62.5], [0, 100], { centre: 25, factor: 2, isLog: false })).toBeNull();
    expect(zoomed([1, 1 + 1e-10], [0, 100], { centre: 1, factor: 0.5, isLog: false })).toEqual([
      1,
      1 + 1e-10,
    ]);
    const [low, high] = zoomed([1, 10_000], [1, 10_000], { centre: 100, factor: 0.5, isLog: true }) ?? [];
    expect([low, high]).toEqual([expect.closeTo(10), expect.closeTo(1000)]);
    expect(panned([80, 100], [0, 100], 0.5)).toEqual([80, 100]);
    expect(panned([80, 100], [0, 100], -0.5)).toEqual([70, 90]);
  });
});
