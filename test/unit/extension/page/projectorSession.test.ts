import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { DEFAULT_MAP_REQUEST } from '../../../../src/domain/maps/request';
import type { OpenedProjector, ProjectorAction } from '../../../../src/extension/page/projectorPort';
import type { InsteadOfIds } from '../../../../src/extension/selectionBus';
import { ProjectorSession } from '../../../../src/extension/page/projectorSession';
import type { ProjectorHostMessage } from '../../../../src/protocol/pages/projector';
import { parseProjectorHostMessage, parseProjectorLayout } from '../../../../src/protocol/pages/projector';
import type { MapNews, MapQuestion, MapsEnd, OpenMaps, PlacedEpoch } from '../../../../src/runs/maps/maps';

const TABLES = [{ name: 'features', dimensions: 8, epochs: [1, 2] }];
const CLASS = {
  kind: 'category',
  name: 'class',
  categories: ['bag', 'coat'],
  codes: Int32Array.of(0, 0, 1),
} as const;

interface Shown {
  readonly question: MapQuestion;
  take(news: MapNews): void;
  end(how: MapsEnd): void;
  refuse(error: Error): void;
}

/** Maps that answer when the test says so. */
function fakeMaps() {
  const shown: Shown[] = [];
  const described: PlacedEpoch[][] = [];
  const counts = { cancelled: 0, disposed: 0, refreshed: 0 };
  const answers = { pictures: () => Promise.resolve(Uint8Array.of(1)) };
  const maps: OpenMaps = {
    opened: {
      left: {
        name: 'source',
        place: '/runs/a',
        kind: 'run',
        tables: TABLES,
        ids: ['train/0', 'train/1', 'train/2'],
        columns: [{ ...CLASS, categories: [...CLASS.categories] }],
        total: 3,
        notes: [],
        pictures: null,
        canOpen: false,
      },
      right: null,
      partners: null,
      request: DEFAULT_MAP_REQUEST,
    },
    show: (question, take) =>
      new Promise((resolve, reject) => shown.push({ question, take, end: resolve, refuse: reject })),
    describe: (epochs) => described.push([...epochs]),
    cancel: () => counts.cancelled++,
    refresh: () => {
      counts.refreshed++;
      return Promise.resolve({ left: [{ ...TABLES[0], epochs: [1, 2, 3] }], right: null });
    },
    neighbours: ({ row }) => Promise.resolve({ rows: Int32Array.of(row + 1), values: Float32Array.of(0.5) }),
    pictures: () => answers.pictures(),
    fileOf: (_, row) => Promise.resolve(row === 0 ? '/data/0.png' : null),
    writeProjectorFiles: () => Promise.resolve([]),
    dispose: () => counts.disposed++,
  };
  return { maps, shown, described, counts, answers };
}

function setUp() {
  const fake = fakeMaps();
  const posted: ProjectorHostMessage[] = [];
  const acted: ProjectorAction[] = [];
  const seen = {
    opened: 0,
    files: [] as string[],
    told: [] as string[],
    rejected: 0,
    failed: [] as string[],
  };
  const behaviour: { open: () => Promise<OpenedProjector>; isVisible: boolean } = {
    open: () =>
      Promise.resolve({
        maps: fake.maps,
        left: { name: 'baseline', look: { hue: 2, dash: 0 }, isLive: true },
        right: null,
        selections: [],
        layout: parseProjectorLayout(undefined),
      }),
    isVisible: true,
  };
  const session = new ProjectorSession({
    post: (message) => {
      posted.push(structuredClone(message));
      return Promise.resolve(behaviour.isVisible);
    },
    what: () => 'Map: baseline',
    open: () => {
      seen.opened++;
      return behaviour.open();
    },
    act: (action) => acted.push(action),
    openFile: (path) => seen.files.push(path),
    pickFolder: () => Promise.resolve('/out'),
    tell: (sentence) => seen.told.push(sentence),
    reject: () => seen.rejected++,
    fail: (doing) => seen.failed.push(doing),
  });
  session.setTrusted(true);
  return { ...fake, session, posted, acted, seen, behaviour };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

async function booted() {
  const world = setUp();
  world.session.receive({ type: 'boot' });
  await settled();
  return world;
}

function show(request: number) {
  return {
    type: 'show',
    request,
    map: DEFAULT_MAP_REQUEST,
    epochs: { left: 2, right: null },
    isChain: false,
  };
}

function mapNews(isFinal: boolean, value = 0): MapNews {
  const positions = Float32Array.of(value, 0, 1, 1, 2, 2);
  const rest = { dimensions: 2, isFinal, alignment: null, axes: [] } as const;
  return { type: 'map', pane: 'left', epoch: 2, positions, ...rest, axes: [] };
}

describe('a projector session', () => {
  it('says that it opens, then what was opened under the name of the run, in messages that the page takes', async () => {
    const { posted } = await booted();
    expect(posted.map(({ type }) => type)).toEqual(['opening', 'opened']);
    expect(posted[1]).toMatchObject({ left: { name: 'baseline', isLive: true, look: { hue: 2, dash: 0 } } });
    for (const message of posted) expect(parseProjectorHostMessage(message)).toBeDefined();
  });

  it('reads nothing in an untrusted workspace, and begins when it is trusted', async () => {
    const { session, posted, seen } = setUp();
    session.setTrusted(false);
    session.receive({ type: 'boot' });
    await settled();
    expect(posted).toEqual([{ type: 'untrusted' }]);
    expect(seen.opened).toBe(0);
    session.setTrusted(true);
    await settled();
    expect(posted.at(-1)?.type).toBe('opened');
  });

  it('tells maps with the number of their request, and nothing of a request that was voided', async () => {
    const { session, posted, shown } = await booted();
    session.receive(show(1));
    session.receive(show(2));
    shown[0]?.take(mapNews(true));
    shown[0]?.end('cancelled');
    shown[1]?.take(mapNews(true));
    shown[1]?.take({ type: 'progress', stage: null });
    shown[1]?.end('done');
    await settled();
    expect(posted.slice(2).map((message) => [message.type, 'request' in message && message.request])).toEqual(
      [
        ['map', 2],
        ['progress', 2],
      ],
    );
  });

  it('drops snapshots that a newer one overtakes, and no finished map', async () => {
    const { session, posted, shown } = await booted();
    session.receive(show(1));
    for (const value of [1, 2, 3]) shown[0]?.take(mapNews(false, value));
    shown[0]?.take(mapNews(true, 4));
    await settled();
    const values = posted.flatMap((message) => (message.type === 'map' ? [message.positions[0]] : []));
    expect(values).toEqual([1, 4]);
  });

  it('says in a sentence what cannot be answered and keeps what is shown', async () => {
    const { session, posted, shown, seen } = await booted();
    session.receive(show(1));
    shown[0]?.refuse(new HumanError('All vectors are zero: choose another table.'));
    await settled();
    expect(posted.at(-1)).toEqual({
      type: 'refused',
      request: 1,
      message: 'All vectors are zero: choose another table.',
    });
    session.receive(show(2));
    shown[1]?.refuse(new RangeError('x'));
    await settled();
    expect(posted.at(-1)).toMatchObject({ type: 'refused', request: 2 });
    expect(JSON.stringify(posted.at(-1))).toMatch(/defect/);
    expect(seen.failed).toEqual(['Computing a map']);
  });

  it('passes on describe and cancel of the current request alone', async () => {
    const { session, described, counts } = await booted();
    session.receive(show(5));
    const epochs = [{ pane: 'left', epoch: 2 }];
    session.receive({ type: 'describe', request: 4, epochs });
    session.receive({ type: 'describe', request: 5, epochs });
    session.receive({ type: 'cancel', request: 4 });
    session.receive({ type: 'cancel', request: 5 });
    expect(described).toEqual([epochs]);
    expect(counts.cancelled).toBe(1);
  });

  it('answers small questions, and none about a side that is not there', async () => {
    const { session, posted, seen } = await booted();
    const about = { pane: 'left', epoch: 2, table: 'features', row: 1, k: 5, metric: 'cosine' };
    session.receive({ type: 'neighbours', ...about });
    session.receive({ type: 'neighbours', ...about, pane: 'right' });
    session.receive({ type: 'openSample', pane: 'left', row: 0 });
    session.receive({ type: 'openSample', pane: 'left', row: 1 });
    await settled();
    expect(posted.slice(2)).toEqual([
      {
        type: 'neighbours',
        pane: 'left',
        epoch: 2,
        row: 1,
        metric: 'cosine',
        k: 5,
        rows: Int32Array.of(2),
        values: Float32Array.of(0.5),
      },
    ]);
    expect(seen.files).toEqual(['/data/0.png']);
    expect(seen.told).toEqual(['There is no file behind this sample.']);
  });

  it('says once that pictures cannot be read', async () => {
    const { session, posted, answers } = await booted();
    answers.pictures = () => Promise.reject(new HumanError('The data set is gone.'));
    session.receive({ type: 'pictures', pane: 'left', page: 0 });
    await settled();
    session.receive({ type: 'pictures', pane: 'left', page: 1 });
    await settled();
    expect(posted.slice(2).map(({ type }) => type)).toEqual(['refused']);
  });

  const prediction = (codes: readonly number[]) => ({
    ...CLASS,
    name: 'prediction',
    categories: ['coat', 'bag'],
    codes: Int32Array.from(codes),
  });
  const asked = (instead: InsteadOfIds, ids: readonly string[] = ['test/9']) => ({
    ids,
    asked: { runs: ['/runs/a'], instead },
  });
  const selectedOf = (posted: readonly ProjectorHostMessage[]) =>
    posted.flatMap((message) => (message.type === 'selected' ? [message.ids] : []));

  it('says that votes of the nearest samples stand for answers that nobody recorded', async () => {
    const { session, shown, seen } = await booted();
    session.select(asked({ trueClass: 'bag', answer: 'coat' }));
    session.receive(show(1));
    await settled();
    const columns = [{ ...prediction([0, 0, 0]), isVoted: true }];
    shown[0]?.take({ type: 'columns', pane: 'left', epoch: 2, columns });
    await settled();
    expect(seen.told).toEqual([
      'The map shows other samples than these, and no answers are recorded: selected are those of its own of class bag for which the nearest samples vote coat, 2 in number.',
    ]);
  });

  it('selects samples by their ids, else those of the same class and answer, as soon as answers are known', async () => {
    const { session, posted, shown, seen } = await booted();
    const cell = { trueClass: 'bag', answer: 'coat' };
    session.select(asked(cell, ['test/9', 'train/2']));
    session.select(asked(cell));
    session.receive(show(1));
    await settled();
    expect(selectedOf(posted)).toEqual([['test/9', 'train/2']]);
    shown[0]?.take({ type: 'columns', pane: 'left', epoch: 2, columns: [prediction([0, 1, 0])] });
    shown[0]?.take({ type: 'columns', pane: 'left', epoch: 2, columns: [prediction([0, 0, 0])] });
    await settled();
    expect(seen.told).toEqual([
      'The map shows other samples than these: selected are those of its own of class bag that were answered coat, 1 in number.',
    ]);
    // Told once: what is described later changes nothing under the reader's hand.
    expect(selectedOf(posted).slice(1)).toEqual([['train/0']]);
    session.select({ ids: ['test/9'] });
    await settled();
    expect(selectedOf(posted).at(-1)).toEqual(['test/9']);
  });

  it('keeps a selection for a page that is not there, and tells it when the map is shown', async () => {
    const { session, posted } = setUp();
    session.select({ ids: ['train/1'] });
    session.receive({ type: 'boot' });
    await settled();
    expect(posted.map(({ type }) => type)).toEqual(['opening', 'opened', 'selected']);
    session.setVisible(false);
    session.select({ ids: ['train/2'] });
    session.setVisible(true);
    session.receive({ type: 'boot' });
    await settled();
    expect(selectedOf(posted)).toEqual([['train/1'], ['train/2']]);
  });

  it('selects the samples of both sides whose answers differ, where it has none of the changed ones', async () => {
    const { session, posted, shown, behaviour, maps } = setUp();
    const right = { ...maps.opened.left, ids: ['x/0', 'x/1', 'x/2'] };
    const opened = { ...maps.opened, right, partners: Int32Array.of(1, 0, -1) };
    behaviour.open = () =>
      Promise.resolve({
        maps: { ...maps, opened },
        left: { look: { hue: 0, dash: 0 }, isLive: false },
        right: { look: { hue: 1, dash: 0 }, isLive: false },
        selections: [],
        layout: parseProjectorLayout(undefined),
      });
    session.receive({ type: 'boot' });
    await settled();
    session.select(asked('changed'));
    session.receive({ ...show(1), epochs: { left: 2, right: 2 } });
    shown[0]?.take({ type: 'columns', pane: 'left', epoch: 2, columns: [prediction([0, 1, 0])] });
    await settled();
    expect(selectedOf(posted)).toEqual([]);
    // Row 0 was coat and its partner says bag; row 1 was bag and its partner says bag; row 2 has no partner.
    shown[0]?.take({ type: 'columns', pane: 'right', epoch: 2, columns: [prediction([1, 1, 1])] });
    await settled();
    expect(selectedOf(posted)).toEqual([['train/0']]);
  });

  it('tells further epochs of a live run', async () => {
    const { session, posted } = await booted();
    await session.refresh({ left: false, right: false });
    await settled();
    expect(posted.at(-1)).toMatchObject({
      type: 'epochs',
      pane: 'left',
      isLive: false,
      tables: [{ epochs: [1, 2, 3] }],
    });
  });

  it('tells epochs once as long as nothing is new of them', async () => {
    const { session, posted } = await booted();
    const count = () => posted.filter(({ type }) => type === 'epochs').length;
    await session.refresh({ left: true, right: false });
    await session.refresh({ left: true, right: false });
    await settled();
    expect(count()).toBe(1);
    await session.refresh({ left: false, right: false });
    await settled();
    expect(count()).toBe(2);
  });

  it('says why there is nothing to show, and looks again when the run has changed', async () => {
    const { session, posted, behaviour } = setUp();
    const { open } = behaviour;
    behaviour.open = () => Promise.reject(new HumanError('a has no embeddings yet.'));
    session.receive({ type: 'boot' });
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'failed', message: 'a has no embeddings yet.' });
    behaviour.open = open;
    await session.refresh({ left: true, right: false });
    await settled();
    expect(posted.at(-1)?.type).toBe('opened');
  });

  it('opens other sources anew, and disposes what was opened for nobody', async () => {
    const world = setUp();
    const { session, behaviour, counts, seen, posted } = world;
    let release: () => void = () => undefined;
    const { open } = behaviour;
    behaviour.open = async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return open();
    };
    session.receive({ type: 'boot' });
    const first = release;
    session.reopen();
    first();
    release();
    await settled();
    expect([seen.opened, counts.disposed]).toEqual([2, 1]);
    expect(posted.filter(({ type }) => type === 'opened')).toHaveLength(1);
    session.dispose();
    expect(counts.disposed).toBe(2);
  });

  it('posts nothing to a hidden page, which boots again when it is shown', async () => {
    const { session, posted, shown, seen } = await booted();
    session.receive(show(1));
    session.setVisible(false);
    shown[0]?.take(mapNews(true));
    await settled();
    expect(posted).toHaveLength(2);
    session.setVisible(true);
    session.receive({ type: 'boot' });
    await settled();
    expect(posted.slice(2).map(({ type }) => type)).toEqual(['opened']);
    expect(seen.opened).toBe(1);
  });

  it('drops hostile messages', async () => {
    const { session, seen, acted, shown } = await booted();
    for (const message of [
      null,
      { type: 'show', request: -1 },
      { ...show(1), map: { ...DEFAULT_MAP_REQUEST, method: 'eval' } },
      { ...show(1), map: { ...DEFAULT_MAP_REQUEST, neighbours: 1e9 } },
      { type: 'neighbours', pane: 'left', epoch: 1, table: 'features', row: -1, k: 5, metric: 'cosine' },
      { type: 'command', command: 'workbench.action.terminal.new' },
      { type: 'save', name: 'x', body: { length: 1 } },
    ])
      session.receive(message);
    expect(seen.rejected).toBe(7);
    expect(acted).toEqual([]);
    expect(shown).toEqual([]);
  });
});
