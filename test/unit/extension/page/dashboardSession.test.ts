import { describe, expect, it } from 'vitest';
import { DashboardSession } from '../../../../src/extension/page/dashboardSession';
import { SharedNumbers } from '../../../../src/extension/runs/sharedNumbers';
import type { Alert } from '../../../../src/domain/run/alert';
import type { ChartAnswer, ChartQuery } from '../../../../src/domain/series/query';
import type { HostMessage } from '../../../../src/protocol/pages/dashboard';
import { MOST_PICTURES } from '../../../../src/protocol/samplePictures';
import { DEFAULT_LAYOUT } from '../../../../src/protocol/pages/dashboard';
import type {
  Numbers,
  NumbersSource,
  ReadingProgress,
  RunNumbers,
} from '../../../../src/runs/numbers/numbers';
import { ALERT, runSummary } from '../../../browser/messages';

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
  const asked: unknown[] = [];
  const reads: string[] = [];
  const drawing = new Set<string>();
  const behaviour = {
    answer: 'at once' as 'at once' | 'hidden' | 'held',
    alerts: new Map<string, readonly Alert[]>(),
  };
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
      readPictures: (folder, places) => {
        asked.push([folder, ...places]);
        return Promise.resolve({ height: 1, width: 1, pixels: Uint8Array.of(1, 2, 3), problem: '' });
      },
      readAlerts: (folder) => {
        reads.push(folder);
        return Promise.resolve(behaviour.alerts.get(folder) ?? []);
      },
      views: {
        readRecorded: () => Promise.resolve({ settings: {}, contentHash: undefined }),
        fileOf: (run) => `${run}/config.json`,
        start: (run) => {
          drawing.add(run);
          return { send: () => undefined, dispose: () => drawing.delete(run) };
        },
        run: (command, run) => acted.push({ command, run }),
        report: (problem) => rejected.push(problem),
      },
    },
    fake.numbers,
    DEFAULT_LAYOUT,
  );
  return { ...fake, session, posted, held, acted, rejected, behaviour, asked, reads, drawing };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const typesOf = (messages: readonly HostMessage[]) => messages.map(({ type }) => type);

describe('DashboardSession', () => {
  it('draws views of runs in view alone, and of none once the page is hidden or the workspace is not trusted', async () => {
    const { session, drawing } = setUp();
    const open = (run: string) => session.receive({ type: 'views', run, message: { type: 'boot' } });
    session.receive({ type: 'boot' });
    session.show([A, B]);
    open('/elsewhere');
    await settled();
    expect([...drawing]).toEqual([]);
    open('/runs/a');
    await settled();
    open('/runs/b');
    await settled();
    expect([...drawing]).toEqual(['/runs/b']);
    session.setVisible(false);
    expect([...drawing]).toEqual([]);
    session.setVisible(true);
    session.setTrusted(false);
    open('/runs/a');
    await settled();
    expect([...drawing]).toEqual([]);
  });

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

  it('passes answers on one message at a time, and lets numbers wait until the page has room', async () => {
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
    expect(typesOf(posted).filter((type) => type === 'answers')).toHaveLength(1);
    held.shift()?.(true);
    await settled();
    expect(taken).toBe(2);
    expect(posted.at(-1)).toMatchObject({ type: 'answers', answers: [{ id: 7 }] });
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
      { type: 'acknowledge', run: '/runs/a', kind: 'k'.repeat(101) },
      { type: 'pictures', run: '/runs/a', places: [] },
      { type: 'pictures', run: '/runs/a', places: [-1] },
      { type: 'pictures', run: '/runs/a', places: ['../x'] },
      { type: 'pictures', run: '/runs/a', places: Array.from({ length: MOST_PICTURES + 1 }, (_, i) => i) },
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

describe('alerts and pictures of DashboardSession', () => {
  it('tells alerts of the runs in view with who acknowledged them, and again to a page that returns', async () => {
    const { session, posted, reads, behaviour } = setUp();
    behaviour.alerts.set(A.folder, [ALERT]);
    const alertsTold = () => posted.filter((message) => message.type === 'alerts');
    session.receive({ type: 'boot' });
    session.show([A, B]);
    await expect.poll(alertsTold).toHaveLength(1);
    const group = { kind: ALERT.kind, firstStep: ALERT.step, count: 1, isAcknowledged: false };
    expect(alertsTold()).toMatchObject([{ runs: [{ run: '/runs/a', groups: [group] }] }]);
    expect(reads).toEqual(['/runs/a', '/runs/b']);
    session.show([{ ...A, acknowledged: [ALERT.kind] }, B]);
    await expect.poll(alertsTold, { timeout: 5000 }).toHaveLength(2);
    expect(alertsTold()[1]).toMatchObject({ runs: [{ groups: [{ isAcknowledged: true }] }] });
    expect(reads).toEqual(['/runs/a', '/runs/b', '/runs/a']);
    session.setVisible(false);
    session.setVisible(true);
    await settled();
    expect(typesOf(posted).slice(-2)).toEqual(['snapshot', 'alerts']);
    session.dispose();
  });

  it('reads no alerts for a hidden page or in an untrusted workspace', async () => {
    const { session, reads } = setUp();
    session.setTrusted(false);
    session.receive({ type: 'boot' });
    session.show([A]);
    await settled();
    session.setVisible(false);
    session.setTrusted(true);
    await settled();
    expect(reads).toEqual([]);
    session.setVisible(true);
    await expect.poll(() => reads).toEqual(['/runs/a']);
    session.dispose();
  });

  it('answers and acts for the runs in view alone', async () => {
    const { session, posted, acted, asked } = setUp();
    session.receive({ type: 'boot' });
    session.show([A]);
    await settled();
    for (const run of ['/etc', '/runs/a']) {
      session.receive({ type: 'pictures', run, places: [3, 1] });
      session.receive({ type: 'acknowledge', run, kind: 'x' });
      session.receive({ type: 'selectOnMap', run, trueClass: 0, answer: 1 });
    }
    await settled();
    expect(asked).toEqual([['/runs/a', 3, 1]]);
    expect(acted).toMatchObject([
      { type: 'acknowledge', run: '/runs/a', kind: 'x' },
      { type: 'selectOnMap', run: '/runs/a' },
    ]);
    expect(posted.find(({ type }) => type === 'pictures')).toMatchObject({ places: [3, 1], problem: '' });
    session.dispose();
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
