/** The logs of a run, whoever writes them: found, read at any moment, and read again when they are others than before. */
import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import { encodeFileVersion, encodeScalars } from '../../../../src/formats/events/writer';
import type { PlaceOptions } from '../../../../src/runs/logs/logPlace';
import { findLogPlace } from '../../../../src/runs/logs/logPlace';
import { RunLogs } from '../../../../src/runs/logs/runLogs';
import { namedSink, type TagOwners } from '../../../../src/runs/logs/tagNames';
import { fill, temporaryFolder } from '../folders';

const EVENTS = 'events.out.tfevents.1.host';

/** The points of a run by tag, as steps and values in turn. */
function follow(folder: string, options: PlaceOptions = {}) {
  const points = new Map<string, number[]>();
  const owners: TagOwners = new Map();
  const parameters: object[] = [];
  let restarts = 0;
  const sink = {
    scalar: (tag: string, step: number, _: number, value: number) => {
      const known = points.get(tag);
      if (known === undefined) points.set(tag, [step, value]);
      else known.push(step, value);
    },
    sessionStart: () => undefined,
  };
  const place = findLogPlace(folder, options);
  const logs = new RunLogs({
    place: () => place,
    sinkOf: (log) => namedSink(log, owners, sink),
    onParameters: (values) => void parameters.push(values),
    onRestart: () => {
      restarts++;
      points.clear();
      owners.clear();
    },
  });
  const look = async () => {
    await logs.find();
    await logs.catchUp();
    return Object.fromEntries(points);
  };
  return { logs, look, parameters, restarts: () => restarts };
}

/** A row with one of its three values. */
function csvLineOf({ step, tag, value }: { step: number; tag: number; value: number }): string {
  return `${step},${[0, 1, 2].map((column) => (column === tag ? value : '')).join(',')}\n`;
}

/** As if nothing had been written for a while. */
function leaveAlone(path: string): void {
  const then = Date.now() / 1000 - 60;
  utimesSync(path, then, then);
}

describe('the logs of a run', () => {
  const STEPS = Array.from({ length: 40 }, (_, step) => step);
  it.each([
    [
      EVENTS,
      Buffer.concat([encodeFileVersion(0), ...STEPS.map((step) => encodeScalars(1, step, { a: step }))]),
    ],
    ['metrics.csv', Buffer.from(`step,a\n${STEPS.map((step) => `${step},${step}\n`).join('')}`)],
    ['log.jsonl', Buffer.from(STEPS.map((step) => `{"step":${step},"a":${step}}\n`).join(''))],
  ])('are read the same whichever bytes of %s there are when it is looked at', async (name, whole) => {
    const random = new RandomStream(17);
    for (let trial = 0; trial < 12; trial++) {
      const folder = temporaryFolder();
      const run = follow(folder);
      for (let at = 0; at < whole.length;) {
        const end = Math.min(whole.length, at + 1 + random.integer(200));
        appendFileSync(join(folder, name), whole.subarray(at, end));
        await run.look();
        at = end;
      }
      expect(await run.look()).toEqual({ a: STEPS.flatMap((step) => [step, step]) });
      expect([run.restarts(), run.logs.skipped, run.logs.problems]).toEqual([0, 0, []]);
    }
  });

  const drawn = new RandomStream(3);
  const POINTS = Array.from({ length: 100_000 }, (_, i) => ({
    step: 1000 + (i % 15_000),
    tag: drawn.integer(3),
    value: i,
  }));
  // Records of equal length, a power of two: in every piece tags stand where other tags of the last one stood.
  const NAMES = ['a', 'b', 'c'].map((letter) => letter.repeat(64 - encodeScalars(1, 1000, { '': 0 }).length));
  it.each([
    [EVENTS, () => Buffer.concat(POINTS.map((p) => encodeScalars(1, p.step, { [NAMES[p.tag]]: p.value })))],
    ['metrics.csv', () => Buffer.from(`step,${NAMES.join(',')}\n${POINTS.map(csvLineOf).join('')}`)],
    [
      'log.jsonl',
      () => Buffer.from(POINTS.map((p) => `{"step":${p.step},"${NAMES[p.tag]}":${p.value}}\n`).join('')),
    ],
  ])('are read the same as one piece when %s is read in many', async (name, whole) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), whole());
    const read = await follow(folder).look();
    const expected = NAMES.map((_, tag) => POINTS.filter((p) => p.tag === tag).map((p) => p.value));
    expect(NAMES.map((tag) => read[tag].filter((_, i) => i % 2 === 1))).toEqual(expected);
  });

  it('are read again when a logger has written one anew, even at the same length with the same end', async () => {
    const folder = fill(temporaryFolder(), { 'metrics.csv': 'step,loss\n0,1\n1,2\n' });
    const run = follow(folder);
    expect(await run.look()).toEqual({ loss: [0, 1, 1, 2] });
    writeFileSync(join(folder, 'metrics.csv'), 'step,cost\n0,1\n1,2\n');
    expect(await run.look()).toEqual({ cost: [0, 1, 1, 2] });
    writeFileSync(join(folder, 'metrics.csv'), 'step,cost\n0,7\n');
    expect(await run.look()).toEqual({ cost: [0, 7] });
    expect(run.restarts()).toBe(2);
  });

  it('end with a line that no newline ends once they are left alone, and go on right if it was half', async () => {
    const folder = fill(temporaryFolder(), { 'metrics.csv': 'step,loss\n0,1\n1,2' });
    const run = follow(folder);
    expect(await run.look()).toEqual({ loss: [0, 1] });
    leaveAlone(join(folder, 'metrics.csv'));
    expect(await run.look()).toEqual({ loss: [0, 1, 1, 2] });
    appendFileSync(join(folder, 'metrics.csv'), '5\n2,3\n');
    expect(await run.look()).toEqual({ loss: [0, 1, 1, 25, 2, 3] });
  });

  it('keep what was read of a file that is gone, and say so until it is back', async () => {
    const folder = fill(temporaryFolder(), {
      'metrics.csv': 'step,loss\n0,1\n',
      'b.jsonl': '{"step":3,"x":4}\n',
    });
    const run = follow(folder);
    await run.look();
    rmSync(join(folder, 'metrics.csv'));
    expect(await run.look()).toEqual({ loss: [0, 1], x: [3, 4] });
    expect(run.logs.gone).toEqual([expect.stringContaining('metrics.csv is gone')]);
    fill(folder, { 'metrics.csv': 'step,loss\n0,5\n' });
    expect(await run.look()).toEqual({ loss: [0, 5], x: [3, 4] });
    expect([run.logs.gone, run.logs.problems]).toEqual([[], []]);
  });

  it('of several kinds keep tags of one name apart, those of event files under their own', async () => {
    const folder = fill(temporaryFolder(), {
      'metrics.csv': 'step,loss,acc\n0,1,2\n',
      'hparams.yaml': 'lr: 0.1\n',
    });
    writeFileSync(
      join(folder, EVENTS),
      Buffer.concat([encodeFileVersion(0), encodeScalars(1, 5, { loss: 3 })]),
    );
    const run = follow(folder);
    expect(await run.look()).toEqual({ loss: [5, 3], 'metrics.csv/loss': [0, 1], acc: [0, 2] });
    await run.look();
    expect(run.parameters).toEqual([{ lr: 0.1 }]);
  });

  it('that cannot be found are a sentence', async () => {
    const folder = fill(temporaryFolder(), { 'metrics.csv': 'step,loss\n0,1\n', 'hparams.yaml': ': [' });
    const run = follow(folder);
    expect(await run.look()).toEqual({ loss: [0, 1] });
    expect(run.logs.problems).toEqual([expect.stringContaining('hparams.yaml is not read')]);
    const nowhere = follow(join(folder, 'none', 'at', 'all'));
    expect(await nowhere.look()).toEqual({});
    expect(nowhere.logs.isNowhere).toBe(true);
  });
});

describe('the place of logs', () => {
  const scalar = (loss: number) => Buffer.concat([encodeFileVersion(0), encodeScalars(1, 1, { loss })]);
  function write(path: string, loss: number): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, scalar(loss));
  }

  it('of others is the folder with the parts of the run, and with folders that are no other run', async () => {
    const folder = temporaryFolder();
    write(join(folder, EVENTS), 1);
    write(join(folder, 'validation', EVENTS), 2);
    write(join(folder, 'second', EVENTS), 3);
    write(join(folder, 'third', 'deep', EVENTS), 4);
    expect(await follow(folder).look()).toEqual({ loss: [1, 1], 'validation/loss': [1, 2] });
    const all = follow(folder, { isOther: (path) => path === join(folder, 'validation') });
    expect(await all.look()).toEqual({ loss: [1, 1], 'second/loss': [1, 3] });
    expect(all.logs.folders).toEqual([folder, join(folder, 'second'), join(folder, 'third')]);
  });

  it('of ours is the folder alone, and there the event files', async () => {
    const folder = fill(temporaryFolder(), { 'run.json': {}, 'metrics.csv': 'step,x\n0,1\n' });
    write(join(folder, EVENTS), 1);
    write(join(folder, 'train', EVENTS), 2);
    const run = follow(folder);
    expect(await run.look()).toEqual({ loss: [1, 1] });
    expect(run.logs.folders).toEqual([folder]);
  });

  it('that does not exist yet is waited for in the folder that will hold it', async () => {
    const base = temporaryFolder();
    const run = follow(join(base, 'a', 'b'));
    await run.look();
    expect(run.logs.folders).toEqual([base]);
    write(join(base, 'a', 'b', EVENTS), 1);
    expect(await run.look()).toEqual({ loss: [1, 1] });
  });
});
