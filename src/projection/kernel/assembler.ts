/**
 * As much of a WebAssembly assembler as one function needs: instructions as bytes, and a module around them. Written
 * by hand because the vector instructions are what JavaScript lacks, and a compiler for forty lines would be a tool
 * more to install. Opcodes: WebAssembly core specification 2.0, section 5.4.
 */

/** Instructions, in bytes. */
export type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;
const FUNCTION = 0x60;
const NO_RESULT = 0x40;
const VECTOR = 0xfd;
/** Alignment is a hint alone. */
const UNALIGNED = 0;

const unsigned = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];

/** Small constants of at most 63: one byte of signed LEB128. */
export const constant = (value: number): Code => [0x41, value];
export const get = (local: number): Code => [0x20, ...unsigned(local)];
/** local = value */
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const isBelow = (a: Code, b: Code): Code => [...a, ...b, 0x49];
export const loadInteger = (address: Code, offset: number): Code => [
  ...address,
  0x28,
  UNALIGNED,
  ...unsigned(offset),
];

/** Four float32 numbers. */
export const loadVector = (address: Code): Code => [...address, VECTOR, 0x00, UNALIGNED, 0];
export const zeroVector = (): Code => [VECTOR, 0x0c, ...new Array<number>(16).fill(0)];
export const addVectors = (a: Code, b: Code): Code => [...a, ...b, VECTOR, ...unsigned(0xe4)];
export const multiplyVectors = (a: Code, b: Code): Code => [...a, ...b, VECTOR, ...unsigned(0xe6)];
/** Lanes 0-3 are those of a, 4-7 those of b. */
export const pick = (a: Code, b: Code, lanes: readonly number[]): Code => [
  ...a,
  ...b,
  VECTOR,
  0x0d,
  ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
];
/** Stores the first two lanes. */
export const storePair = (address: Code, value: Code): Code => [
  ...address,
  ...value,
  VECTOR,
  0x5b,
  UNALIGNED,
  0,
  0,
];

/** Runs the body, and again as long as the condition holds. */
export const repeatWhile = (body: Code, condition: Code): Code => [
  0x03,
  NO_RESULT,
  ...body,
  ...condition,
  0x0d,
  0,
  0x0b,
];

/** A function of integers: its parameters are the first locals, then come its own integers, then its vectors. */
export interface Signature {
  readonly parameters: number;
  readonly integers: number;
  readonly vectors: number;
}

/** A module that imports `host.memory` and exports this one function as `run`. */
export function moduleOf({ parameters, integers, vectors }: Signature, body: Code): Uint8Array<ArrayBuffer> {
  const types = [[FUNCTION, ...list(new Array<number[]>(parameters).fill([I32])), 0]];
  const imports = [[...name('host'), ...name('memory'), 0x02, 0x00, ...unsigned(1)]];
  const locals = list([
    [...unsigned(integers), I32],
    [...unsigned(vectors), V128],
  ]);
  const code = [...locals, ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list(imports)),
    ...section(3, list([[0]])),
    ...section(7, list([[...name('run'), 0x00, 0]])),
    ...section(10, list([[...unsigned(code.length), ...code]])),
  ]);
}

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const name = (text: string): Code => list(Array.from(text, (letter) => [letter.charCodeAt(0)]));
