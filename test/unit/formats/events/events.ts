/** Event files for tests, made by hand from protobuf fields. */
import { maskedCrc32c } from '../../../../src/formats/events/crc32c';

export type Bytes = readonly number[];

/** A varint of a whole number, negative ones as 64-bit two's complement. */
export function varint(value: number | bigint): Bytes {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 128n) {
    bytes.push(Number(rest % 128n) + 128);
    rest /= 128n;
  }
  return [...bytes, Number(rest)];
}

export const varintField = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];

export const bytesField = (field: number, content: Bytes): Bytes => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];

export const textField = (field: number, text: string): Bytes =>
  bytesField(field, [...new TextEncoder().encode(text)]);

export const floats = (...values: number[]): Bytes => [...new Uint8Array(Float32Array.from(values).buffer)];

export const doubles = (...values: number[]): Bytes => [...new Uint8Array(Float64Array.from(values).buffer)];

export const floatField = (field: number, value: number): Bytes => [
  ...varint(field * 8 + 5),
  ...floats(value),
];

export const doubleField = (field: number, value: number): Bytes => [
  ...varint(field * 8 + 1),
  ...doubles(value),
];

/** A record around an Event message. */
export function record(event: Bytes): Uint8Array {
  const bytes = new Uint8Array(16 + event.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, event.length, true);
  view.setUint32(8, maskedCrc32c(bytes, 0, 8), true);
  bytes.set(event, 12);
  view.setUint32(12 + event.length, maskedCrc32c(bytes, 12, 12 + event.length), true);
  return bytes;
}

/** An Event with one Summary of these Value messages. */
export const summary = (step: number, ...values: Bytes[]): Bytes => [
  ...doubleField(1, 1000 + step),
  ...varintField(2, step),
  ...bytesField(
    5,
    values.flatMap((value) => bytesField(1, value)),
  ),
];

/** A Summary.Value that holds a tensor, with a plugin name if one is given. */
export const tensorValue = (tag: string, tensor: Bytes, plugin?: string): Bytes => [
  ...textField(1, tag),
  ...(plugin === undefined ? [] : bytesField(9, bytesField(1, textField(1, plugin)))),
  ...bytesField(8, tensor),
];

/** Pieces of a file, one after another. */
export function joined(...pieces: Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}
