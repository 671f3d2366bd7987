import { describe, expect, it } from 'vitest';
import { DashboardSession } from '../../../../src/extension/page/dashboardSession';
import { SharedNumbers } from '../../../../src/extension/runs/sharedNumbers';
import type { ChartAnswer, ChartQuery } from '../../../../src/domain/series/query';
import type { HostMessage } from '../../../../src/protocol/pages/dashboard';
import { DEFAULT_LAYOUT } from '../../../../src/protocol/pages/dashboard';
import type {
  Numbers,
  NumbersSource,
  ReadingProgress,
  RunNumbers,
} from '../../../../src/runs/numbers/numbers';
import { runSummary } from '../../../browser/messages';

const A = runSummary({ folder: '/runs/a' });
const B = runSummary({ folder: '/runs/b' });
const QUERY = {
  lines: [{ run: '/runs/a', tag: 'x' }],
  groups: [],
  axis: 'step',
  range: null,
  pixels: 10,
  smoothing: 0,
  band: 'error',
} satisfies ChartQuery;
const NOTHING: ChartAnswer = { lines: [], bands: [] };
const FIGURES = { nonFinite: 0, last: 1, lastStep: 0, min: 1, minStep: 0, max: 1, maxStep: 0 };

/** Numbers that answer when the test says so. */
function fakeNumbers() {
  const watches = new Map<
    number,
    { query: ChartQuery; deliver: (answer: ChartAnswer) => PromiseLike<unknown> }
  >();
  const told: {
    runs: ((runs: readonly RunNumbers[]) => void)[];
    progress: ((progress: ReadingProgress) => void)[];
  } = { runs: [], progress: [] };
  const sources: (readonly NumbersSource[])[] = [];
  let ids = 0;
  const numbers: Numbers = {
    setSources: (next) => sources.push(next),
    ask: () => Promise.resolve(NOTHING),
    watch: (query, deliver) => {
      const id = ++ids;
      watches.set(id, { query, deliver });
      return {
        change: (next) => watches.set(id, { query: next, deliver }),
        dispose: () => watches.delete(id),
      };
    },
    onRuns: (listener) => {
      told.runs.push(listener);
      return { dispose: () => told.runs.splice(told.runs.indexOf(listener), 1) };
    },
    onProgress: (listener) => {
      told.progress.push(listener);
      return { dispose: () => undefined };
    },
    dispose: () => watches.clear(),
  };
  return { numbers, watches, told, sources };
}

function setUp() {
  const fake = fakeNumbers();
  const posted: HostMessage[] = [];
  const held: ((delivered: boolean) => void)[] = [];
  const acted: unknown[] = [];
  const rejected: unknown[] = [];
  const behaviour = { answer: 'at once' as 'at once' | 'hidden' | 'held' };
  const session = new DashboardSession(
    {
      post: (message) => {
        posted.push(message);
        if (behaviour.answer === 'held') return new Promise((resolve) => held.push(resolve));
        return Promise.resolve(behaviour.answer === 'at once');
      },
      act: (action) => acted.push(action),
      reject: (message) => rejected.push(message),
      readParameters: () => Promise.resolve({ 'stage1.batchSize': 32, 'augmentation.views': 2 }),
      readFigures: () => Promise.resolve({ reliability: null, confusion: null, epochs: [] }),
      readSamples: () => Promise.resolve(null),
    },
    fake.numbers,
    DEFAULT_LAYOUT,
  );
  return { ...fake, session, posted, held, acted, rejected, behaviour };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const typesOf = (messages: readonly HostMessage[]) => messages.map(({ type }) => type);

describe('DashboardSession', () => {
  it('waits for boot and runs, then tells a snapshot and numbered news of what changed alone', async () => {
    const { session, posted, told, sources } = setUp();
    session.receive({ type: 'boot' });
    await settled();
    expect(posted).toEqual([]);
    session.show([A, B]);
    await settled();
    expect(posted[0]).toMatchObject({ type: 'snapshot', order: ['/runs/a', '/runs/b'] });
    expect(sources.at(-1)).toMatchObject([
      { run: '/runs/a', live: true, viewsPerStep: 64 },
      { run: '/runs/b' },
    ]);
    const before = posted.length;
    const tags = [
      { tag: 'x', points: 1, ...FIGURES },
      { tag: 'y', points: 1, ...FIGURES },
    ];
    const numbers = { run: '/runs/b', tags, parameters: {}, skipped: 0, problems: [] };
    told.runs.forEach((listener) => listener([numbers]));
    told.runs.forEach((listener) =>
      listener([{ ...numbers, tags: [tags[0], { ...tags[1], points: 2, lastStep: 1 }] }]),
    );
    await settled();
    const news = posted.slice(before).flatMap((message) => (message.type === 'news' ? message.runs : []));
    expect(news.map(({ folder, tags: own }) => [folder, own.map(({ tag }) => tag)])).toEqual([
      ['/runs/b', ['x', 'y']],
      ['/runs/b', ['y']],
    ]);
    expect(posted.map(({ sequence }) => sequence)).toEqual(posted.map((_, i) => i + 1));
  });

  it('passes answers on one at a time, and lets numbers wait until the page has room', async () => {
    const { session, posted, watches, behaviour, held } = setUp();
    session.show([A]);
    session.receive({ type: 'boot' });
    await settled();
    session.receive({ type: 'watch', id: 7, query: QUERY });
    behaviour.answer = 'held';
    const deliver = watches.get(1)?.deliver;
    let taken = 0;
    void deliver?.(NOTHING).then(() => taken++);
    void deliver?.(NOTHING).then(() => taken++);
    await settled();
    expect(taken).toBe(1);
    expect(typesOf(posted).filter((type) => type === 'answer')).toHaveLength(1);
    held.shift()?.(true);
    await settled();
    expect(taken).toBe(2);
    expect(posted.at(-1)).toMatchObject({ type: 'answer', id: 7 });
  });

  it('keeps questions to the runs in view', async () => {
    const { session, watches } = setUp();
    session.show([A]);
    session.receive({ type: 'boot' });
    await settled();
    const lines = [...QUERY.lines, { run: '/etc', tag: 'x' }];
    session.receive({
      type: 'watch',
      id: 1,
      query: { ...QUERY, lines, groups: [{ key: 'g', tag: 'x', runs: ['/etc', '/runs/a'] }] },
    });
    expect(watches.get(1)?.query).toMatchObject({ lines: QUERY.lines, groups: [{ runs: ['/runs/a'] }] });
    session.receive({ type: 'watch', id: 1, query: { ...QUERY, range: [0, 1] } });
    expect(watches.size).toBe(1);
    expect(watches.get(1)?.query.range).toEqual([0, 1]);
  });

  it('computes nothing for a hidden page, and gives a snapshot to one that returns or has lost a message', async () => {
    const { session, posted, watches, behaviour } = setUp();
    session.show([A]);
    session.receive({ type: 'boot' });
    await settled();
    session.receive({ type: 'watch', id: 1, query: QUERY });
    session.setVisible(false);
    expect(watches.size).toBe(0);
    session.setVisible(true);
    await settled();
    expect(posted.at(-1)?.type).toBe('snapshot');
    behaviour.answer = 'hidden';
    session.show([A, B]);
    await settled();
    behaviour.answer = 'at once';
    const lost = posted.length;
    session.show([A, B]);
    await settled();
    expect(posted[lost].type).toBe('snapshot');
  });

  it('in an untrusted workspace follows nothing and names no run', async () => {
    const { session, posted, sources, watches } = setUp();
    session.setTrusted(false);
    session.show([A]);
    session.receive({ type: 'boot' });
    await settled();
    expect(posted).toMatchObject([{ type: 'snapshot', trusted: false, order: [], runs: [] }]);
    expect(sources.every((list) => list.length === 0)).toBe(true);
    session.receive({ type: 'watch', id: 1, query: QUERY });
    expect(watches.size).toBe(0);
    session.setTrusted(true);
    await settled();
    expect(posted[1]).toMatchObject({ type: 'snapshot', trusted: true, order: ['/runs/a'] });
  });

  it('drops what is no message, and hands on what the panel does', async () => {
    const { session, acted, rejected, posted } = setUp();
    session.show([A]);
    session.receive({ type: 'boot' });
    await settled();
    const hostile = [
      null,
      1,
      {},
      { type: 'watch', id: 1, query: { ...QUERY, pixels: 1e9 } },
      { type: 'watch', id: 1, query: { ...QUERY, smoothing: 1 } },
      { type: 'save', name: 'x', body: 5 },
      { type: 'command', command: 'start', run: '/' },
    ];
    for (const message of hostile) session.receive(message);
    expect(rejected).toEqual(hostile);
    session.receive({ type: 'copy', text: 'a' });
    session.receive({ type: 'layout', layout: { ...DEFAULT_LAYOUT, axis: 'wall' } });
    expect(acted).toMatchObject([{ type: 'copy' }, { type: 'layout' }]);
    session.receive({ type: 'missed' });
    session.receive({ type: 'figures', run: '/etc' });
    await settled();
    expect(posted.at(-1)).toMatchObject({ type: 'snapshot', layout: { axis: 'wall' } });
    expect(typesOf(posted)).not.toContain('figures');
  });
});

describe('SharedNumbers', () => {
  it('follows the runs of all pages until the last of them goes, and starts with the first', () => {
    const fake = fakeNumbers();
    let starts = 0;
    const shared = new SharedNumbers(() => {
      starts++;
      return fake.numbers;
    });
    expect(starts).toBe(0);
    const source = (run: string) => ({ run, paths: [run], live: false, viewsPerStep: null });
    const [one, two] = [shared.lease(), shared.lease()];
    one.setSources([source('a'), source('b')]);
    two.setSources([source('b'), source('c')]);
    expect(fake.sources.at(-1)?.map(({ run }) => run)).toEqual(['a', 'b', 'c']);
    one.dispose();
    expect(fake.sources.at(-1)?.map(({ run }) => run)).toEqual(['b', 'c']);
    two.dispose();
    expect(fake.sources.at(-1)).toEqual([]);
    expect(starts).toBe(1);
  });
});
