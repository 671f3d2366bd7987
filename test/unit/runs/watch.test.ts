/** The parts of a watch, without a keeper. */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/domain/run/alert';
import type { RunSummary } from '../../../src/domain/run/state';
import { encodeFileVersion, encodeScalars, encodeSessionStart } from '../../../src/formats/events/writer';
import { isEventFile } from '../../../src/formats/logs/logKind';
import type { Disposable } from '../../../src/runs/disposable';
import type { PointsDelta } from '../../../src/runs/watch';
import { watchRun, watchRuns } from '../../../src/runs/watch';
import { createDeltaStore } from '../../../src/runs/watch/deltas';
import { createRunReader } from '../../../src/runs/watch/reader';
import { createTail } from '../../../src/runs/logs/tail';
import { fill, temporaryFolder } from './folders';

const open: Disposable[] = [];
afterEach(() => {
  for (const watch of open.splice(0)) watch.dispose();
});

function kept<T extends Disposable>(watch: T): T {
  open.push(watch);
  return watch;
}

describe('a tail', () => {
  it('takes each byte once, from disk and wire in any mixture', async () => {
    const file = join(temporaryFolder(), 'f');
    let text = '';
    const tail = createTail(file, (bytes) => (text += Buffer.from(bytes).toString()));
    await tail.catchUp();
    appendFileSync(file, '0123');
    await tail.catchUp();
    expect(tail.offer(2, Buffer.from('2345'))).toBe('taken');
    expect(tail.offer(0, Buffer.from('01'))).toBe('taken');
    expect(tail.offer(8, Buffer.from('89'))).toBe('gap');
    appendFileSync(file, '456789');
    await tail.catchUp();
    await tail.catchUp();
    expect(text).toBe('0123456789');
  });

  it('takes a wire message that arrives while the disk is read', async () => {
    const file = join(temporaryFolder(), 'f');
    appendFileSync(file, 'x'.repeat(2_000_000));
    let length = 0;
    const tail = createTail(file, (bytes) => (length += bytes.length));
    const reading = tail.catchUp();
    appendFileSync(file, 'y'.repeat(10));
    expect(tail.offer(2_000_000, Buffer.alloc(10))).toBe('gap');
    await reading;
    await tail.catchUp();
    expect(length).toBe(2_000_010);
  });
});

describe('deltas', () => {
  it('hand each point on once', () => {
    const store = createDeltaStore();
    store.scalar('a', 0, 10, 1);
    store.scalar('b', 0, 10, 2);
    expect(store.takeDeltas().map(({ tag, restart }) => [tag, restart])).toEqual([
      ['a', null],
      ['b', null],
    ]);
    store.scalar('a', 1, 11, 3);
    expect(store.takeDeltas()).toEqual([
      {
        tag: 'a',
        steps: Float64Array.of(1),
        wallTimes: Float64Array.of(11),
        values: Float64Array.of(3),
        restart: null,
      },
    ]);
    expect(store.takeDeltas()).toEqual([]);
  });

  it('rebuild the series exactly through any resumes', () => {
    const store = createDeltaStore();
    const rebuilt = new Map<string, number[]>();
    const apply = () => {
      for (const { tag, steps, restart } of store.takeDeltas()) {
        const before = (rebuilt.get(tag) ?? []).filter((step) => restart === null || step < restart);
        rebuilt.set(tag, [...before, ...steps]);
      }
    };
    let step = 0;
    for (let move = 0; move < 300; move++) {
      const dice = (move * 7919) % 31;
      if (dice === 3) {
        step = Math.max(0, step - (move % 11));
        store.sessionStart(step, 0);
      } else {
        store.scalar(move % 5 === 0 ? 'b' : 'a', step++, 0, move);
      }
      if (dice % 4 === 0) apply();
    }
    apply();
    for (const { tag, steps } of store.snapshot()) expect(rebuilt.get(tag), tag).toEqual([...steps]);
  });
});

describe('the reader', () => {
  it('knows event files by their names', () => {
    expect(isEventFile('events.out.tfevents.1.host')).toBe(true);
    expect(isEventFile('events.out.tfevents.1.host.profile-empty')).toBe(false);
    expect(isEventFile('state.json')).toBe(false);
  });

  it('reads several files in the order of their names, and alerts; it tells of damage once', async () => {
    const folder = temporaryFolder();
    const first = Buffer.concat([
      encodeFileVersion(0),
      encodeScalars(0, 0, { a: 1 }),
      encodeScalars(0, 1, { a: 2 }),
    ]);
    appendFileSync(join(folder, 'events.tfevents.1'), first);
    const second = Buffer.concat([
      encodeFileVersion(0),
      encodeSessionStart(0, 1),
      encodeScalars(0, 1, { a: 3 }),
    ]);
    appendFileSync(join(folder, 'events.tfevents.2'), second);
    const alert: Alert = { kind: 'k', severity: 'warning', step: 1, at: 2, cause: 'c', remedy: 'r' };
    appendFileSync(join(folder, 'alerts.jsonl'), `${JSON.stringify(alert)}\nnonsense\n{"torn`);
    const store = createDeltaStore();
    const alerts: Alert[] = [];
    const problems: string[] = [];
    const onAlert = (each: Alert) => alerts.push(each);
    const onProblem = (sentence: string) => problems.push(sentence);
    const reader = createRunReader({ folder, sink: store, onAlert, onProblem });
    await reader.catchUp();
    await reader.catchUp();
    expect(store.snapshot()[0]?.values).toEqual(Float64Array.of(1, 3));
    expect(alerts).toEqual([alert]);
    expect(problems).toHaveLength(1);
  });

  it('opens no path that comes from the wire', () => {
    const folder = temporaryFolder();
    const nothing = () => undefined;
    const reader = createRunReader({
      folder,
      sink: createDeltaStore(),
      onAlert: nothing,
      onProblem: nothing,
    });
    expect(reader.offer('../../etc/passwd', 0, Buffer.from('x'))).toBe('gap');
  });
});

describe('watchRun without a keeper', () => {
  it('gives state, points and alerts of a finished run', async () => {
    const exit = { formatVersion: 1, segment: 0, endState: 'completed', code: 0, signal: null, reason: null };
    const segment = { index: 0, startedAt: 1, keeper: { pid: 1, startTime: 'x' }, socket: 's' };
    const run = { formatVersion: 1, id: 'r', createdAt: 1, host: 'h', version: '1', segments: [segment] };
    const folder = fill(temporaryFolder(), { 'run.json': run, 'exit.json': { ...exit, endedAt: 2 } });
    appendFileSync(join(folder, 'x.tfevents.1'), encodeScalars(5, 7, { loss: 0.5 }));
    const states: RunSummary[] = [];
    const deltas: PointsDelta[] = [];
    const watch = kept(
      watchRun(folder, { onState: (state) => states.push(state), onPoints: (more) => deltas.push(...more) }),
    );
    await watch.caughtUp;
    expect(states.map(({ endState }) => endState)).toEqual(['completed']);
    expect(deltas.map(({ tag, steps }) => [tag, ...steps])).toEqual([['loss', 7]]);
    expect(watch.series()).toHaveLength(1);
  });

  it('notices what another process appends', async () => {
    const folder = fill(temporaryFolder(), { 'config.json': { formatVersion: 1 } });
    const steps: number[] = [];
    const watch = kept(
      watchRun(folder, { onPoints: (deltas) => deltas.forEach((d) => steps.push(...d.steps)) }),
    );
    await watch.caughtUp;
    for (let step = 0; step < 3; step++) {
      appendFileSync(join(folder, 'x.tfevents.1'), encodeScalars(0, step, { loss: 1 }));
      await expect.poll(() => steps.length, { timeout: 10_000 }).toBe(step + 1);
    }
    expect(steps).toEqual([0, 1, 2]);
  });

  it('says once that the run is gone', async () => {
    const problems: string[] = [];
    const watch = kept(watchRun('/nowhere/at/all', { onProblem: (sentence) => problems.push(sentence) }));
    await watch.caughtUp;
    await watch.caughtUp;
    expect(problems).toEqual([expect.stringMatching(/moved or deleted/)]);
  });

  it('calls nobody after it was disposed', async () => {
    const folder = fill(temporaryFolder(), { 'config.json': { formatVersion: 1 } });
    let calls = 0;
    const watch = watchRun(folder, { onState: () => calls++, onPoints: () => calls++ });
    watch.dispose();
    watch.dispose();
    appendFileSync(join(folder, 'x.tfevents.1'), encodeScalars(0, 0, { loss: 1 }));
    await watch.caughtUp;
    expect(calls).toBe(0);
  });
});

describe('watchRuns', () => {
  it('tells of runs that come and go, though the folder did not exist', async () => {
    const runsFolder = join(temporaryFolder(), 'runs');
    let ids: string[] | undefined;
    kept(watchRuns(runsFolder, (runs) => (ids = runs.map(({ id }) => id))));
    await expect.poll(() => ids, { timeout: 10_000 }).toEqual([]);
    mkdirSync(runsFolder);
    fill(runsFolder, { 'a/config.json': { formatVersion: 1 } });
    await expect.poll(() => ids, { timeout: 10_000 }).toEqual(['a']);
    rmSync(join(runsFolder, 'a'), { recursive: true });
    await expect.poll(() => ids, { timeout: 10_000 }).toEqual([]);
  });
});
