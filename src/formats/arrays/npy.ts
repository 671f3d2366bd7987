/**
 * NumPy's .npy format (NEP 1; versions 1.0 to 3.0): the magic word, a version, the length of a header, the header as
 * a Python dictionary of type, order and shape, then the values. Both byte orders and both index orders are read;
 * pickled objects, which would run code, are not.
 */
import { HumanError } from '../../domain/errors';

/** What the values are: signed or unsigned whole numbers, floats, truth values, bytes or Unicode text. */
export type NpyKind = 'i' | 'u' | 'f' | 'b' | 'S' | 'U';

/** An array as it is stored. */
export interface NpyArray {
  /** What sentences call it. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: NpyKind;
  /** Bytes of one value. */
  readonly itemBytes: number;
  readonly isBigEndian: boolean;
  /** Whether the first index varies fastest in the file. */
  readonly isFortran: boolean;
  /** The values as bytes. */
  readonly data: Uint8Array;
}

/** What is known of an array before its values are read. */
export type NpyHeader = Omit<NpyArray, 'data'>;

const MAGIC = '\x93NUMPY';
const VERSION_AT = 6;
const LENGTH_AT = 8;
/** A header of these many bytes is the longest that is read. */
export const MOST_NPY_HEADER_BYTES = 1_000_000;
const MOST_AXES = 4;
const ITEM_BYTES = { i: [1, 2, 4, 8], u: [1, 2, 4, 8], f: [2, 4, 8], b: [1] } as const;
const UNICODE_BYTES = 4;

/** Parses a file's bytes; the values stay where they are. Throws HumanError naming the array if it is not whole. */
export function parseNpy(bytes: Uint8Array, name: string): NpyArray {
  const { start, header } = splitHeader(bytes, name);
  return { name, ...header, data: dataOf(bytes.subarray(start), header, name) };
}

/** Everything but the values, from the first bytes of a file: as many as `MOST_NPY_HEADER_BYTES`, or all. */
export function parseNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  return { name, ...splitHeader(bytes, name).header };
}

/** Number of values. */
export function npyLength({ shape }: Pick<NpyArray, 'shape'>): number {
  return shape.reduce((product, size) => product * size, 1);
}

type Header = Omit<NpyHeader, 'name'>;

/** The header, and where the values begin. */
function splitHeader(bytes: Uint8Array, name: string): { header: Header; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LENGTH_AT + 4 || latin(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new HumanError(`${name} is not a .npy array: save it again with numpy.save or numpy.savez.`);
  }
  const major = bytes[VERSION_AT];
  if (major < 1 || major > 3) {
    throw new HumanError(
      `${name} has version ${major} of the .npy format, newer than 3: save it in an older one.`,
    );
  }
  const start = LENGTH_AT + (major === 1 ? 2 : 4);
  const length = major === 1 ? view.getUint16(LENGTH_AT, true) : view.getUint32(LENGTH_AT, true);
  if (start + length > Math.min(bytes.length, MOST_NPY_HEADER_BYTES)) {
    throw truncated(name);
  }
  return {
    header: parseHeader(latin(bytes.subarray(start, start + length)), name),
    start: start + length,
  };
}

/** The dictionary that NumPy writes has these three keys, in this order or another, and nothing else. */
function parseHeader(text: string, name: string): Header {
  const descr = /'descr'\s*:\s*('[^']*'|\[)/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text);
  if (descr === null || order === null || shape === null) {
    throw new HumanError(`${name} has a header that is not NumPy's: save it again with numpy.save.`);
  }
  const sizes = (shape[1].match(/\d+/g) ?? []).map(Number);
  if (sizes.length > MOST_AXES || !sizes.every(Number.isSafeInteger)) {
    throw new HumanError(
      `${name} has the shape ${sizes.join(' x ')}: at most ${MOST_AXES} axes can be read.`,
    );
  }
  return { ...parseType(descr[1].replaceAll("'", ''), name), isFortran: order[1] === 'True', shape: sizes };
}

/** For example `<f4`: byte order, kind, bytes; of text, characters. */
function parseType(descr: string, name: string): Pick<Header, 'kind' | 'itemBytes' | 'isBigEndian'> {
  const match = /^([<>|=])([iufbSU])(\d{1,6})$/.exec(descr);
  if (match === null) {
    throw new HumanError(
      /O/.test(descr)
        ? `${name} holds pickled Python objects, which can run code and are not read: save plain numbers.`
        : `${name} holds values of the type ${descr}, which cannot be read: save plain numbers.`,
    );
  }
  const kind = match[2] as NpyKind;
  const size = Number(match[3]);
  const known: readonly number[] | undefined = kind === 'S' || kind === 'U' ? undefined : ITEM_BYTES[kind];
  if (size === 0 || known?.includes(size) === false) {
    throw new HumanError(
      `${name} holds values of the type ${descr}, which cannot be read: save plain numbers.`,
    );
  }
  return { kind, itemBytes: kind === 'U' ? size * UNICODE_BYTES : size, isBigEndian: match[1] === '>' };
}

function dataOf(data: Uint8Array, header: Header, name: string): Uint8Array {
  const wanted = npyLength(header) * header.itemBytes;
  if (wanted > data.length) {
    throw truncated(name);
  }
  if (wanted < data.length) {
    throw new HumanError(`${name} has bytes after its last value: it is corrupt; save it again.`);
  }
  return data;
}

function truncated(name: string): HumanError {
  return new HumanError(`${name} is truncated: it ends before its last value; save it again.`);
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
