import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import type { RunRecord } from '../../../../src/domain/run/record';
import { runNames } from '../../../../src/runs/folder/findRun';
import { updateUserFile } from '../../../../src/runs/folder/userFile';
import { indexPath } from '../../../../src/runs/index/indexFile';
import { readRecord } from '../../../../src/runs/index/record';
import { createRunIndex, listRecords } from '../../../../src/runs/index/runIndex';
import { newestFirst } from '../../../../src/runs/list';
import { identifySelf } from '../../../../src/runs/process/identity';
import { fill, temporaryFolder } from '../folders';

const LONG_AGO_S = 1_700_000_000;

function endedRun(name: string, changes: Readonly<Record<string, unknown>> = {}) {
  const segment = { index: 0, startedAt: 1, keeper: { pid: 1, startTime: 'x' }, socket: 's' };
  const run = { formatVersion: 1, id: name, createdAt: 5, host: 'h', version: '1', segments: [segment] };
  const exit = { formatVersion: 1, segment: 0, endState: 'completed', code: 0, signal: null, reason: null };
  const config = { formatVersion: 1, name, seed: 3, loss: { name: 'supcon', temperature: 0.1 } };
  const files = { 'run.json': run, 'exit.json': { ...exit, endedAt: 9 }, 'config.json': config, ...changes };
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [`${name}/${file}`, content]));
}

let settled = 0;

/** Makes a run one whose folder was last changed long ago, and never twice at the same time. */
function settle(folder: string): void {
  const at = LONG_AGO_S + settled++;
  utimesSync(folder, at, at);
}

function settledRuns(names: readonly string[]): string {
  const runsFolder = join(temporaryFolder(), '.supcon', 'runs');
  for (const name of names) {
    fill(runsFolder, endedRun(name));
    settle(join(runsFolder, name));
  }
  return runsFolder;
}

const namesOf = (records: readonly RunRecord[]) => records.map(({ summary }) => summary.name).sort();

describe('a record', () => {
  it('holds settings by dotted key and final figures by name', async () => {
    const results = { formatVersion: 1, knn: { split: 'test', protocol: 'p', top1: 0.9 }, linearProbe: 'no' };
    const runsFolder = fill(temporaryFolder(), endedRun('a', { 'results.json': results }));
    const record = await readRecord(join(runsFolder, 'a'));
    expect(record.settings).toEqual({ name: 'a', seed: 3, 'loss.name': 'supcon', 'loss.temperature': 0.1 });
    expect(record.figures).toEqual({ knn: 0.9 });
  });

  it('of a damaged run says why, and has what can be read', async () => {
    const runsFolder = fill(temporaryFolder(), endedRun('a', { 'run.json': '{', 'results.json': '[1]' }));
    const { summary, settings, figures } = await readRecord(join(runsFolder, 'a'));
    expect(summary.reason).toMatch(/damaged/);
    expect([settings['seed'], figures]).toEqual([3, {}]);
  });
});

describe('the index', () => {
  it('answers from the index file while the folder of a run stays as it was', async () => {
    const runsFolder = settledRuns(['a']);
    await listRecords(runsFolder);
    const changedAt = statSync(join(runsFolder, 'a')).mtime;
    writeFileSync(join(runsFolder, 'a', 'config.json'), '{"formatVersion":1,"name":"written in place"}');
    utimesSync(join(runsFolder, 'a'), changedAt, changedAt);
    expect(namesOf(await listRecords(runsFolder))).toEqual(['a']);
  });

  it('sees what people write about a run, in this process and in the next', async () => {
    const runsFolder = settledRuns(['a']);
    const index = createRunIndex(runsFolder);
    await index.read();
    await index.save();
    await updateUserFile(join(runsFolder, 'a'), (user) => ({ ...user, name: 'renamed' }));
    expect(namesOf(await index.read())).toEqual(['renamed']);
    expect(namesOf(await listRecords(runsFolder))).toEqual(['renamed']);
  });

  it('does not believe what it read in the instant of a change', async () => {
    const runsFolder = fill(temporaryFolder(), endedRun('a'));
    const index = createRunIndex(runsFolder);
    await index.read();
    const { mtime } = statSync(join(runsFolder, 'a'));
    fill(runsFolder, { 'a/user.json': { formatVersion: 1, name: 'same instant' } });
    utimesSync(join(runsFolder, 'a'), mtime, mtime);
    expect(namesOf(await index.read())).toEqual(['same instant']);
  });

  it('keeps the very object of a run that has not changed', async () => {
    const runsFolder = settledRuns(['a', 'b']);
    fill(runsFolder, { 'live/config.json': { formatVersion: 1 } });
    const index = createRunIndex(runsFolder);
    const before = await index.read();
    fill(runsFolder, { 'a/user.json': { formatVersion: 1, star: true } });
    const after = await index.read();
    const isKept = (id: string) => {
      const [one, other] = [before, after].map((all) => all.find(({ summary }) => summary.id === id));
      return one === other;
    };
    expect([isKept('a'), isKept('b'), isKept('live')]).toEqual([false, true, true]);
  });

  it('keeps no run on disk whose state only this machine can tell', async () => {
    const runsFolder = settledRuns(['ended', 'crashed', 'starting']);
    for (const name of ['crashed', 'starting']) rmSync(join(runsFolder, name, 'exit.json'));
    const segment = { index: 0, startedAt: 1, keeper: await identifySelf(), socket: 's' };
    const host = { formatVersion: 1, id: 'starting', createdAt: 5, host: hostname(), version: '1' };
    fill(runsFolder, { 'starting/run.json': { ...host, segments: [segment] } });
    fill(runsFolder, {
      'crashed/run.json': { ...host, segments: [{ ...segment, keeper: { pid: 1, startTime: 'x' } }] },
    });
    for (const name of ['crashed', 'starting']) settle(join(runsFolder, name));
    const states = (await listRecords(runsFolder)).map(({ summary }) => summary.endState ?? summary.state);
    expect(states.sort()).toEqual(['completed', 'crashed', 'starting']);
    expect(Object.keys(storedEntries(runsFolder))).toEqual(['ended']);
  });

  it('is made anew when it is cut anywhere, of another version, or not ours', async () => {
    const runsFolder = settledRuns(['a', 'b']);
    const truth = await listRecords(runsFolder);
    const whole = readFileSync(indexPath(runsFolder), 'utf8');
    const cuts = Array.from({ length: 40 }, (_, i) => whole.slice(0, Math.floor((whole.length * i) / 40)));
    const foreign = ['[]', 'null', '{"version":99,"entries":{}}', '{"version":1,"entries":{"a":7}}', '\0'];
    for (const text of [...cuts, ...foreign]) {
      writeFileSync(indexPath(runsFolder), text);
      expect(await listRecords(runsFolder)).toEqual(truth);
    }
    expect(Object.keys(storedEntries(runsFolder)).sort()).toEqual(['a', 'b']);
  });

  it('never names a folder outside the one it was found beside', async () => {
    const runsFolder = settledRuns(['a']);
    await listRecords(runsFolder);
    const hostile = readFileSync(indexPath(runsFolder), 'utf8').replaceAll(runsFolder, '/etc');
    writeFileSync(indexPath(runsFolder), hostile.replace('"entries":{', '"entries":{"../../x":{},'));
    expect((await listRecords(runsFolder)).map(({ summary }) => summary.folder)).toEqual([
      join(runsFolder, 'a'),
    ]);
    const moved = `${runsFolder}-moved`;
    renameSync(runsFolder, moved);
    expect((await listRecords(moved)).map(({ summary }) => summary.folder)).toEqual([join(moved, 'a')]);
  });

  it('is of no consequence where it cannot be written', async () => {
    const runsFolder = settledRuns(['a']);
    writeFileSync(join(dirname(runsFolder), 'cache'), 'a file stands here');
    expect(namesOf(await listRecords(runsFolder))).toEqual(['a']);
  });

  it('agrees with the folders whatever two windows and a terminal do', async () => {
    const runsFolder = settledRuns(['a', 'b', 'c', 'd']);
    const random = randomStream(7);
    const windows = [createRunIndex(runsFolder), createRunIndex(runsFolder)];
    for (let round = 0; round < 60; round++) {
      await act(runsFolder, random.integer(5), ['a', 'b', 'c', 'd'][random.integer(4)]);
      const looks = windows.map(async (window) => {
        const records = await window.read();
        await window.save();
        return records;
      });
      const seen = await Promise.all([...looks, listRecords(runsFolder)]);
      const truth = await readAll(runsFolder);
      for (const records of seen) expect(records).toEqual(truth);
    }
  });
});

async function act(runsFolder: string, what: number, name: string): Promise<void> {
  const folder = join(runsFolder, name);
  const parked = join(dirname(runsFolder), `parked-${name}`);
  if (what === 0 && isThere(folder)) renameSync(folder, parked);
  else if (what === 1 && isThere(parked)) renameSync(parked, folder);
  else if (what === 2 && isThere(folder))
    await updateUserFile(folder, (user) => ({ ...user, star: user.star !== true }));
  else if (what === 3 && isThere(folder)) settle(folder);
  else if (!isThere(folder) && !isThere(parked)) mkdirSync(folder);
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

async function readAll(runsFolder: string): Promise<RunRecord[]> {
  const names = await runNames(runsFolder);
  const records = await Promise.all(names.map((name) => readRecord(join(runsFolder, name))));
  return records.sort((a, b) => newestFirst(a.summary, b.summary));
}

function storedEntries(runsFolder: string): Record<string, unknown> {
  const file = JSON.parse(readFileSync(indexPath(runsFolder), 'utf8')) as {
    entries: Record<string, unknown>;
  };
  return file.entries;
}
