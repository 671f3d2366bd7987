/** CSV, JSON lines and hparams.yaml as others write them, whole, in pieces and damaged. */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import { parseHparamsYaml } from '../../../../src/formats/logs/hparamsYaml';
import { foundLogKind, logKindOf } from '../../../../src/formats/logs/logKind';
import { createLogReader, type LogKind, type LogReader } from '../../../../src/formats/logs/logReader';
import { LONGEST_LINE_BYTES } from '../../../../src/formats/logs/wholeLines';

type Point = readonly [tag: string, step: number, value: number];

function sinkInto(points: Point[], clocks: number[] = []) {
  return {
    scalar: (tag: string, step: number, wallTime: number, value: number) => {
      points.push([tag, step, value]);
      clocks.push(wallTime);
    },
    sessionStart: () => undefined,
  };
}

interface Reading {
  readonly points: readonly Point[];
  readonly clocks: readonly number[];
  readonly reader: LogReader;
}

/** Reads a text, cut at the given places, to its end. */
function read(kind: LogKind, text: string, cuts: readonly number[] = []): Reading {
  const bytes = Buffer.from(text);
  const reader = createLogReader(kind);
  const points: Point[] = [];
  const clocks: number[] = [];
  [0, ...cuts].forEach((start, i) =>
    reader.push(bytes.subarray(start, cuts[i] ?? bytes.length), sinkInto(points, clocks)),
  );
  reader.finish(sinkInto(points, clocks));
  return { points, clocks, reader };
}

const LIGHTNING = '\ufeffepoch,step,val/ä,train_loss\r\n0,49,,0.5\r\n0,99,,nan\r\n0,99,0.25,\r\n1,149,,-inf';
const LIGHTNING_POINTS: Point[] = [
  ['epoch', 49, 0],
  ['train_loss', 49, 0.5],
  ['epoch', 99, 0],
  ['train_loss', 99, Number.NaN],
  ['epoch', 99, 0],
  ['val/ä', 99, 0.25],
  ['epoch', 149, 1],
  ['train_loss', 149, -Infinity],
];
const LINES =
  '{"step": 1, "loss": {"a": 0.5, "b": NaN}, "note": "x"}\n{"step": 2, "loss": {"a": -Infinity}}\n';
const LINES_POINTS: Point[] = [
  ['loss.a', 1, 0.5],
  ['loss.b', 1, Number.NaN],
  ['loss.a', 2, -Infinity],
];

describe('logs of lines', () => {
  it('read the same in whatever pieces they come', () => {
    for (const [kind, text, points] of [
      ['csv', LIGHTNING, LIGHTNING_POINTS],
      ['jsonl', LINES, LINES_POINTS],
    ] as const) {
      for (let cut = 0; cut <= Buffer.byteLength(text); cut++) {
        expect(read(kind, text, [cut]).points).toEqual(points);
      }
    }
  });

  it('go on from a state as if they had not stopped', () => {
    for (const [kind, text] of [
      ['csv', LIGHTNING],
      ['jsonl', LINES],
    ] as const) {
      const bytes = Buffer.from(text);
      const whole = read(kind, text);
      for (let cut = 0; cut <= bytes.length; cut += 3) {
        const points: Point[] = [];
        const first = createLogReader(kind);
        first.push(bytes.subarray(0, cut), sinkInto(points));
        const second = createLogReader(kind, first.state());
        second.push(bytes.subarray(first.consumed), sinkInto(points));
        second.finish(sinkInto(points));
        expect(points).toEqual(whole.points);
        expect(second.state()).toEqual(whole.reader.state());
      }
    }
  });

  it('notice that a last line was not whole', () => {
    const points: Point[] = [];
    const reader = createLogReader('csv');
    reader.push(Buffer.from('step,a\n1,2'), sinkInto(points));
    reader.finish(sinkInto(points));
    expect(points).toEqual([['a', 1, 2]]);
    reader.push(Buffer.from('\n2,3\n'), sinkInto(points));
    expect(reader.isStale).toBe(false);
    reader.push(Buffer.from('3,4'), sinkInto(points));
    reader.finish(sinkInto(points));
    reader.push(Buffer.from('5\n'), sinkInto(points));
    expect(reader.isStale).toBe(true);
  });

  it('of random bytes lose no more than lines', () => {
    const random = new RandomStream(21);
    for (let trial = 0; trial < 400; trial++) {
      const kind = trial % 2 === 0 ? 'csv' : 'jsonl';
      const bytes = Buffer.from(kind === 'csv' ? LIGHTNING : LINES);
      for (let i = 0; i < 4; i++) bytes[random.integer(bytes.length)] = random.integer(256);
      const { reader } = read(kind, bytes.toString('latin1'), [random.integer(bytes.length)]);
      expect(reader.problem).toBeNull();
    }
  });

  it('drop a line that is too long, and keep its neighbours', () => {
    const long = 'x'.repeat(LONGEST_LINE_BYTES + 10);
    const { points, reader } = read('csv', `step,a\n1,2\n${long}\n3,4\n`, [30, 2 ** 20]);
    expect(points).toEqual([
      ['a', 1, 2],
      ['a', 3, 4],
    ]);
    expect(reader.skipped).toBe(1);
  });
});

describe('CSV', () => {
  it('takes the first usual name for its steps and a clock in any unit', () => {
    const { points, clocks } = read(
      'csv',
      'time;iter;a\n1700000000123;5;1\n2024-01-01T00:00:00Z;6;2\n7;7;3\n',
    );
    expect(points).toEqual([
      ['a', 5, 1],
      ['a', 6, 2],
      ['a', 7, 3],
    ]);
    expect(clocks).toEqual([1700000000.123, 1704067200, 7]);
  });

  it('counts rows where it has no steps, and leaves text and damaged rows out', () => {
    const { points, reader } = read('csv', 'a,b\n1,cat\n\n2,"dog, big"\n3\n4,"x\n5,1e400\n');
    expect(points).toEqual([
      ['a', 0, 1],
      ['a', 1, 2],
      ['a', 2, 5],
      ['b', 2, Infinity],
    ]);
    expect(reader.skipped).toBe(2);
  });

  it('knows a header that is written again, with other columns', () => {
    const { points } = read('csv', 'step,a\n1,2\nstep,a\n2,3\nb,step\n9,3\n');
    expect(points).toEqual([
      ['a', 1, 2],
      ['a', 2, 3],
      ['b', 3, 9],
    ]);
  });
});

describe('JSON lines', () => {
  it('keep what loggers say of themselves out of the tags', () => {
    const line =
      '{"_step": 4, "_timestamp": 100, "_runtime": 3, "a": 1, "image": {"_type": "x", "size": 3}, "l": [1]}\n';
    const { points, clocks } = read('jsonl', line);
    expect(points).toEqual([['a', 4, 1]]);
    expect(clocks).toEqual([100]);
  });

  it('skip and count lines that are no objects', () => {
    const deep = '['.repeat(100_000);
    const nested = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const { points, reader } = read('jsonl', `{"a": 1}\n{"a": 2\n[3]\n4\n${deep}\n${nested}\n{"a": 5}\n`);
    expect(points.map(([, , value]) => value)).toEqual([1, 5]);
    expect(reader.skipped).toBe(4);
  });
});

it('hparams.yaml gives dotted names, whatever Python left in it', () => {
  const text =
    'lr: 0.1\nmodel: !!python/object:net.Encoder\n  width: 64\n  name: small\naugment: true\nlist: [1]\n';
  expect(parseHparamsYaml(text)).toEqual({
    lr: 0.1,
    'model.width': 64,
    'model.name': 'small',
    augment: true,
  });
  expect(parseHparamsYaml('a: [1')).toBeUndefined();
  expect(parseHparamsYaml('')).toEqual({});
});

it('logs are known by their names', () => {
  expect(logKindOf('events.out.tfevents.1.host')).toBe('events');
  expect(logKindOf('events.out.tfevents.1.host.profile-empty')).toBeUndefined();
  expect(logKindOf('progress.CSV')).toBe('csv');
  expect(foundLogKind('labels.csv')).toBeUndefined();
  expect(foundLogKind('metrics.csv')).toBe('csv');
  expect(foundLogKind('log.jsonl')).toBe('jsonl');
  expect(foundLogKind('alerts.jsonl')).toBeUndefined();
});
