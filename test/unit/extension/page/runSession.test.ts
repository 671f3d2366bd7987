import { describe, expect, it } from 'vitest';
import type { HostMessage } from '../../../../src/protocol/pages/run';
import { RunSession } from '../../../../src/extension/page/runSession';
import { LiveRunPool } from '../../../../src/extension/runs/liveRun';
import { runSummary } from '../../../browser/messages';
import type { FakeBackend } from '../fakeBackend';
import { createFakeBackend } from '../fakeBackend';

const FOLDER = '/runs/a';

function points(steps: readonly number[], restart: number | null = null) {
  const columns = { steps: Float64Array.from(steps), wallTimes: Float64Array.from(steps) };
  return { tag: 'loss/optimised', ...columns, values: Float64Array.from(steps), restart };
}

/** A page that answers each post when the test lets it. */
function createPage(backend: FakeBackend) {
  const posted: HostMessage[] = [];
  const rejected: unknown[] = [];
  const commands: unknown[] = [];
  const held: ((delivered: boolean) => void)[] = [];
  const behaviour = { answer: 'at once' as 'at once' | 'hidden' | 'held' };
  const port = {
    post: (message: HostMessage) => {
      posted.push(message);
      if (behaviour.answer === 'held') return new Promise<boolean>((resolve) => held.push(resolve));
      return Promise.resolve(behaviour.answer === 'at once');
    },
    run: (command: string, folder: string | undefined) => commands.push({ command, folder }),
    acknowledge: (kind: string, folder: string) => commands.push({ acknowledge: kind, folder }),
    reject: (message: unknown) => rejected.push(message),
  };
  const session = new RunSession(port, new LiveRunPool(backend));
  const tell = {
    state: () =>
      backend.listenersOf(FOLDER).forEach((listener) => listener.onState(runSummary({ folder: FOLDER }))),
    steps: (steps: readonly number[]) =>
      backend.listenersOf(FOLDER).forEach((listener) => listener.onPoints([points(steps)])),
  };
  return { session, posted, rejected, commands, held, behaviour, tell };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('RunSession', () => {
  it('says nothing before the page has booted and the run is read, then snapshot and numbered deltas', async () => {
    const backend = createFakeBackend();
    const { session, posted, tell } = createPage(backend);
    session.show(FOLDER);
    tell.steps([0]);
    session.receive({ type: 'boot' });
    await settled();
    expect(posted).toEqual([]);
    tell.state();
    await settled();
    tell.steps([1, 2]);
    await settled();
    expect(posted.map(({ type }) => type)).toEqual(['snapshot', 'delta']);
    const [snapshot, delta] = posted;
    expect(snapshot.series[0].steps).toEqual(Float64Array.of(0));
    expect(delta.series[0].steps).toEqual(Float64Array.of(1, 2));
    expect(delta.sequence).toBe(snapshot.sequence + 1);
  });

  it('waits for delivery and then sends all that has gathered in one message', async () => {
    const backend = createFakeBackend();
    const { session, posted, tell, held, behaviour } = createPage(backend);
    session.show(FOLDER);
    session.receive({ type: 'boot' });
    tell.state();
    await settled();
    behaviour.answer = 'held';
    tell.steps([0]);
    for (let step = 1; step < 20; step++) tell.steps([step]);
    await settled();
    expect(posted).toHaveLength(2);
    held[0]?.(true);
    await settled();
    expect(posted).toHaveLength(3);
    expect(posted[2]?.series.flatMap(({ steps }) => [...steps])).toHaveLength(19);
  });

  it('posts nothing while hidden and everything in a snapshot when shown again', async () => {
    const backend = createFakeBackend();
    const { session, posted, tell } = createPage(backend);
    session.show(FOLDER);
    session.receive({ type: 'boot' });
    tell.state();
    await settled();
    session.setVisible(false);
    tell.steps([0, 1, 2]);
    await settled();
    expect(posted).toHaveLength(1);
    session.setVisible(true);
    await settled();
    expect(posted.at(-1)?.type).toBe('snapshot');
    expect(posted.at(-1)?.series[0]?.steps).toHaveLength(3);
  });

  it('sends a snapshot after a lost message and after a missed number', async () => {
    const backend = createFakeBackend();
    const { session, posted, tell, behaviour } = createPage(backend);
    session.show(FOLDER);
    session.receive({ type: 'boot' });
    tell.state();
    await settled();
    behaviour.answer = 'hidden';
    tell.steps([0]);
    await settled();
    behaviour.answer = 'at once';
    tell.steps([1]);
    await settled();
    expect(posted.at(-1)).toMatchObject({ type: 'snapshot' });
    expect(posted.at(-1)?.series[0]?.steps).toHaveLength(2);
    session.receive({ type: 'missed' });
    await settled();
    expect(posted.slice(-2).map(({ type }) => type)).toEqual(['snapshot', 'snapshot']);
  });

  it('reads nothing in an untrusted workspace, says so, and begins when trust is granted', async () => {
    const backend = createFakeBackend();
    const { session, posted, tell } = createPage(backend);
    session.setTrusted(false);
    session.show(FOLDER);
    session.receive({ type: 'boot' });
    await settled();
    expect(backend.listenersOf(FOLDER)).toEqual([]);
    expect(posted).toMatchObject([{ type: 'snapshot', trusted: false, run: null, series: [] }]);
    session.setTrusted(true);
    tell.state();
    await settled();
    expect(posted.at(-1)).toMatchObject({ trusted: true, run: { folder: FOLDER } });
  });

  it('drops hostile messages and passes on known commands with the run of the page', async () => {
    const backend = createFakeBackend();
    const { session, posted, rejected, commands } = createPage(backend);
    session.show(FOLDER);
    const hostile = [
      null,
      7,
      'boot',
      { type: 'snapshot' },
      { type: 'command', command: 'rm' },
      { type: 'command' },
    ];
    for (const message of hostile) session.receive(message);
    session.receive({ type: 'command', command: 'stop' });
    await settled();
    expect(rejected).toEqual(hostile);
    expect(commands).toEqual([{ command: 'stop', folder: FOLDER }]);
    expect(posted).toEqual([]);
  });

  it('writes down what was acknowledged for the run on the page, in a trusted workspace alone', () => {
    const { session, commands } = createPage(createFakeBackend());
    const message = { type: 'acknowledge', kind: 'collapsed' };
    session.receive(message);
    session.show(FOLDER);
    session.setTrusted(false);
    session.receive(message);
    expect(commands).toEqual([]);
    session.setTrusted(true);
    session.receive(message);
    expect(commands).toEqual([{ acknowledge: 'collapsed', folder: FOLDER }]);
  });

  it('ends its watch when disposed, the shared one with the last page', () => {
    const backend = createFakeBackend();
    const pool = new LiveRunPool(backend);
    const nothing = () => undefined;
    const port = { post: () => Promise.resolve(true), run: nothing, acknowledge: nothing, reject: nothing };
    const pages = [new RunSession(port, pool), new RunSession(port, pool)];
    for (const page of pages) page.show(FOLDER);
    expect(backend.listenersOf(FOLDER)).toHaveLength(1);
    pages[0]?.dispose();
    expect(backend.listenersOf(FOLDER)).toHaveLength(1);
    pages[1]?.dispose();
    pages[1]?.dispose();
    expect(backend.listenersOf(FOLDER)).toHaveLength(0);
  });
});
