/**
 * Mutated logs: bytes flipped, cut out, doubled and moved. Whatever comes of it, a reader neither throws nor runs on, keeps
 * little, counts what it left out, and never hands on a step that is no number. SUPCON_FUZZ_FILES sets how many files.
 */
import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import { encodeFileVersion, encodeScalars, encodeSessionStart } from '../../../../src/formats/events/writer';
import { createLogReader, type LogKind, type LogReader } from '../../../../src/formats/logs/logReader';

const FILES = Number(process.env['SUPCON_FUZZ_FILES'] ?? 3000);
const SEED = 31;

const ORIGINALS: Record<LogKind, Buffer> = {
  events: Buffer.concat([
    encodeFileVersion(1),
    ...Array.from({ length: 20 }, (_, step) => encodeScalars(step, step, { loss: 1 / step, 'acc/ä': step })),
    encodeSessionStart(30, 15),
    encodeScalars(31, 15, { loss: Number.NaN }),
  ]),
  csv: Buffer.from(
    `step,loss,"a ""b"""\r\n${Array.from({ length: 20 }, (_, i) => `${i},0.${i},nan`).join('\r\n')}`,
  ),
  jsonl: Buffer.from(
    Array.from({ length: 20 }, (_, i) => `{"step": ${i}, "a": {"b": ${i}e-3, "c": -Infinity}}`).join('\n'),
  ),
};

/** Some of the changes that disks, crashes and other writers make. */
function mutated(original: Buffer, random: RandomStream): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let change = 1 + random.integer(4); change > 0 && bytes.length > 0; change--) {
    const at = random.integer(bytes.length);
    const length = random.integer(Math.min(64, bytes.length - at) + 1);
    const piece = bytes.subarray(at, at + length);
    const kinds = [
      () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]),
      () => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]),
      () => Buffer.concat([piece, bytes]),
      () => Buffer.concat([bytes, original]),
      () => bytes.subarray(0, at),
      () => bytes.fill(random.integer(256), at, at + length),
    ];
    bytes[at] = random.integer(256);
    bytes = kinds.at(random.integer(8))?.() ?? bytes;
  }
  return bytes;
}

function readInPieces(reader: LogReader, bytes: Buffer, random: RandomStream): number {
  let points = 0;
  const sink = {
    scalar: (tag: string, step: number) => {
      points++;
      if (!Number.isFinite(step) || typeof tag !== 'string') throw new Error(`${tag} at step ${step}`);
    },
    sessionStart: () => undefined,
  };
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random.integer(bytes.length);
    reader.push(bytes.subarray(at, at + size), sink);
    at += size;
  }
  reader.finish(sink);
  return points;
}

it('of any kind are read without harm', () => {
  const random = new RandomStream(SEED);
  let [skipped, stuck, points] = [0, 0, 0];
  for (let file = 0; file < FILES; file++) {
    const kind = (['events', 'csv', 'jsonl'] as const).at(file % 3) ?? 'events';
    const bytes = mutated(ORIGINALS[kind], random);
    const reader = createLogReader(kind);
    points += readInPieces(reader, bytes, random);
    skipped += reader.skipped;
    stuck += reader.problem === null ? 0 : 1;
    expect(reader.consumed).toBeLessThanOrEqual(bytes.length);
    expect(JSON.stringify(reader.state()).length).toBeLessThan(10_000);
  }
  expect(skipped).toBeGreaterThan(FILES / 30);
  expect(stuck).toBeGreaterThan(FILES / 30);
  expect(points).toBeGreaterThan(FILES);
});
