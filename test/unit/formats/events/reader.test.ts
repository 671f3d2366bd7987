import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEventParser, pushToList, type ScalarEvent } from '../../../../src/formats/events/reader';
import { encodeFileVersion, encodeScalars, encodeSessionStart } from '../../../../src/formats/events/writer';
import {
  bytesField,
  doubleField,
  doubles,
  floatField,
  floats,
  joined,
  record,
  summary,
  tensorValue,
  textField,
  varint,
  varintField,
  type Bytes,
} from './events';

function parse(...pieces: Uint8Array[]): ScalarEvent[] {
  const parser = createEventParser();
  return pieces.flatMap((piece) => pushToList(parser, piece));
}

/** The value of a Value message in an otherwise plain event; undefined if no scalar comes of it. */
function valueOf(value: Bytes): number | undefined {
  const events = parse(record(summary(1, value)));
  return events.map((event) => (event.kind === 'scalar' ? event.value : undefined))[0];
}

const FILE = joined(
  encodeFileVersion(0.5),
  encodeScalars(1.25, 0, { loss: 0.5, 'acc/ä': 0.75 }),
  encodeSessionStart(2, 1),
  encodeScalars(3, 300, { loss: NaN }),
  encodeScalars(4, 2 ** 40, { loss: -Infinity, 'acc/ä': Math.fround(0.1) }),
);
const EVENTS: ScalarEvent[] = [
  { kind: 'scalar', tag: 'loss', step: 0, wallTime: 1.25, value: 0.5 },
  { kind: 'scalar', tag: 'acc/ä', step: 0, wallTime: 1.25, value: 0.75 },
  { kind: 'sessionStart', step: 1, wallTime: 2 },
  { kind: 'scalar', tag: 'loss', step: 300, wallTime: 3, value: NaN },
  { kind: 'scalar', tag: 'loss', step: 2 ** 40, wallTime: 4, value: -Infinity },
  { kind: 'scalar', tag: 'acc/ä', step: 2 ** 40, wallTime: 4, value: Math.fround(0.1) },
];

describe('reading what was written', () => {
  it('gives the same events', () => {
    expect(parse(FILE)).toEqual(EVENTS);
  });

  it('gives them in whatever pieces the bytes arrive', () => {
    for (let cut = 0; cut <= FILE.length; cut++) {
      expect(parse(FILE.subarray(0, cut), FILE.subarray(cut))).toEqual(EVENTS);
    }
    const random = randomStream(1);
    for (let trial = 0; trial < 100; trial++) {
      const parser = createEventParser();
      const events: ScalarEvent[] = [];
      for (let at = 0; at < FILE.length;) {
        const size = random.integer(40);
        // The caller may use its memory again.
        const piece = FILE.slice(at, at + size);
        events.push(...pushToList(parser, piece));
        piece.fill(0xee);
        at += size;
      }
      expect(events).toEqual(EVENTS);
      expect(parser.consumed).toBe(FILE.length);
    }
  });

  it('of a file cut at any byte gives every whole record, and no complaint', () => {
    for (let length = 0; length <= FILE.length; length++) {
      const parser = createEventParser();
      const events = pushToList(parser, FILE.subarray(0, length));
      expect(events).toEqual(EVENTS.slice(0, events.length));
      expect(parser.problem).toBeNull();
      expect(parser.damagedRecords).toBe(0);
      expect(parser.consumed).toBeLessThanOrEqual(length);
      expect(pushToList(parser, FILE.subarray(length))).toEqual(EVENTS.slice(events.length));
    }
  });
});

describe('damage', () => {
  it('to a payload costs that record alone', () => {
    const start = encodeFileVersion(0.5).length;
    const damaged = Uint8Array.from(FILE);
    damaged[start + 14] ^= 1;
    const parser = createEventParser();
    expect(pushToList(parser, damaged)).toEqual(EVENTS.slice(2));
    expect(parser.damagedRecords).toBe(1);
    expect(parser.problem).toBeNull();
  });

  it('to a length ends the file there, and says so', () => {
    const start = encodeFileVersion(0.5).length;
    for (let byte = 0; byte < 12; byte++) {
      const damaged = Uint8Array.from(FILE);
      damaged[start + byte] ^= 0x10;
      const parser = createEventParser();
      expect(pushToList(parser, damaged)).toEqual([]);
      expect(parser.problem).toContain(`byte ${start}`);
      expect(pushToList(parser, FILE)).toEqual([]);
      expect(parser.consumed).toBe(start);
    }
  });

  it('of any one byte never gives a wrong event', () => {
    for (let place = 0; place < FILE.length; place++) {
      const damaged = Uint8Array.from(FILE);
      damaged[place] ^= 0x41;
      const parser = createEventParser();
      const events = pushToList(parser, damaged);
      for (const event of events) {
        expect(EVENTS).toContainEqual(event);
      }
      expect(parser.damagedRecords + (parser.problem === null ? 0 : 1)).toBe(1);
    }
  });

  it('inside a message whose checksum holds is counted', () => {
    const parser = createEventParser();
    const broken: Bytes[] = [
      [...varint(5 * 8 + 2), 100],
      [0x80],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [...varint(2 * 8 + 3)],
      summary(1, [...varint(1 * 8 + 2), 9]),
    ];
    expect(broken.flatMap((event) => pushToList(parser, record(event)))).toEqual([]);
    expect(parser.damagedRecords).toBe(broken.length);
    expect(pushToList(parser, encodeSessionStart(1, 1))).toHaveLength(1);
  });

  it('of random bytes neither throws nor gives events', () => {
    const random = randomStream(2);
    for (let trial = 0; trial < 200; trial++) {
      const noise = Array.from({ length: random.integer(100) }, () => random.integer(256));
      const parser = createEventParser();
      expect(pushToList(parser, Uint8Array.from(noise))).toEqual([]);
      pushToList(createEventParser(), record(noise));
    }
  });

  it('that announces a monstrous record is not waited for', () => {
    const monster = record([]).slice(0, 12);
    const view = new DataView(monster.buffer);
    view.setUint32(4, 1, true);
    const parser = createEventParser();
    pushToList(parser, monster);
    expect(parser.problem).toMatch(/damaged/);
  });
});

describe('what others write', () => {
  it('is read as scalars in every tensor form', () => {
    const raw = (type: number, bytes: Bytes): Bytes => [...varintField(1, type), ...bytesField(4, bytes)];
    expect(valueOf(tensorValue('a', raw(1, floats(0.5)), 'scalars'))).toBe(0.5);
    expect(valueOf(tensorValue('a', raw(2, doubles(0.1)), 'scalars'))).toBe(0.1);
    expect(valueOf(tensorValue('a', raw(3, [0xfe, 0xff, 0xff, 0xff]), 'scalars'))).toBe(-2);
    expect(valueOf(tensorValue('a', raw(9, [5, 0, 0, 0, 1, 0, 0, 0]), 'scalars'))).toBe(2 ** 32 + 5);
    expect(valueOf(tensorValue('a', bytesField(5, floats(2)), 'scalars'))).toBe(2);
    expect(valueOf(tensorValue('a', floatField(5, 3), 'scalars'))).toBe(3);
    expect(valueOf(tensorValue('a', doubleField(6, 0.2), 'scalars'))).toBe(0.2);
    expect(valueOf(tensorValue('a', bytesField(7, varint(-3)), 'scalars'))).toBe(-3);
    expect(valueOf(tensorValue('a', [...varintField(1, 9), ...varintField(10, -4)], 'scalars'))).toBe(-4);
  });

  it('is not taken for a scalar if it is none', () => {
    expect(valueOf(tensorValue('a', bytesField(5, floats(1, 2)), 'scalars'))).toBeUndefined();
    expect(valueOf(tensorValue('a', [...floatField(5, 1), ...floatField(5, 2)], 'scalars'))).toBeUndefined();
    expect(valueOf(tensorValue('a', bytesField(5, floats(1)), 'histograms'))).toBeUndefined();
    expect(valueOf(tensorValue('a', bytesField(8, [65]), 'text'))).toBeUndefined();
    expect(valueOf([...textField(1, 'a'), ...bytesField(5, doubleField(1, 0))])).toBeUndefined();
  });

  it('needs its plugin named only once', () => {
    const parser = createEventParser();
    const first = record(summary(1, tensorValue('a', bytesField(5, floats(1)), 'pr_curves')));
    const later = record(
      summary(2, tensorValue('a', bytesField(5, floats(1))), tensorValue('b', floatField(5, 2))),
    );
    expect(pushToList(parser, first)).toEqual([]);
    expect(pushToList(parser, later)).toEqual([
      { kind: 'scalar', tag: 'b', step: 2, wallTime: 1002, value: 2 },
    ]);
  });

  it('may have its fields in any order, negative steps and unknown fields', () => {
    const value = bytesField(1, [...floatField(2, 0.5), ...varintField(77, 3), ...textField(1, 'a')]);
    const event = [
      ...bytesField(5, value),
      ...textField(99, 'new'),
      ...varintField(2, -5),
      ...doubleField(98, 1),
      ...floatField(97, 1),
      ...doubleField(1, 9),
    ];
    expect(parse(record(event))).toEqual([{ kind: 'scalar', tag: 'a', step: -5, wallTime: 9, value: 0.5 }]);
  });

  it('is no session start unless it says so', () => {
    expect(parse(record([...varintField(2, 4), ...bytesField(7, varintField(1, 2))]))).toEqual([]);
    expect(parse(record([...varintField(2, 4), ...bytesField(7, [])]))).toEqual([]);
  });
});

it('random runs come back whole', () => {
  const random = randomStream(3);
  for (let trial = 0; trial < 30; trial++) {
    const expected: ScalarEvent[] = [];
    const pieces: Uint8Array[] = [];
    for (let i = 0; i < random.integer(50); i++) {
      const step = random.integer(2 ** 31) * (1 + random.integer(1000));
      const wallTime = random.between(0, 2e9);
      const scalars: Record<string, number> = {};
      for (let k = random.integer(5); k > 0; k--) {
        scalars[`tag ${random.integer(40)}`] = Math.fround(random.normal());
      }
      for (const [tag, value] of Object.entries(scalars)) {
        expected.push({ kind: 'scalar', tag, step, wallTime, value });
      }
      pieces.push(encodeScalars(wallTime, step, scalars));
    }
    expect(parse(...pieces)).toEqual(expected);
  }
});
