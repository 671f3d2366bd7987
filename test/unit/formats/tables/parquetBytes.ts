/**
 * Writes small Parquet files after the published format (parquet.thrift, Thrift's compact protocol): one row group,
 * one page a column, every value required or, for lists of floats, repeated; encoding PLAIN.
 */

/** A column of whole numbers, of text, of bytes, or of lists of 32-bit floats; with children, a group of columns. */
export interface ParquetColumn {
  readonly name: string;
  readonly values?: readonly (bigint | string | Uint8Array | Float32Array)[];
  readonly children?: readonly ParquetColumn[];
}

export interface ParquetOptions {
  /** Key and value of the file's metadata. */
  readonly metadata?: readonly [string, string];
  /** Compresses a page; without it pages are stored. */
  readonly codec?: { readonly id: number; readonly compress: (page: Uint8Array) => Uint8Array };
}

const INT64 = 2;
const FLOAT = 4;
const BYTE_ARRAY = 6;
const UTF8 = 0;
const REPEATED = 2;
const MAGIC = Buffer.from('PAR1');

/** The bytes of a file with these columns. */
export function parquetBytes(columns: readonly ParquetColumn[], options: ParquetOptions = {}): Buffer {
  const chunks: Buffer[] = [MAGIC];
  const described: Value[] = [];
  let offset = MAGIC.length;
  for (const { path, column } of leavesOf(columns, [])) {
    const page = pageOf(column, options);
    described.push(columnChunk(path, column, { offset, bytes: page.length, codec: options.codec?.id ?? 0 }));
    chunks.push(page);
    offset += page.length;
  }
  const rows = leavesOf(columns, [])[0].column.values?.length ?? 0;
  const footer = struct([
    [1, i32(1)],
    [2, list(schemaOf(columns))],
    [3, i64(rows)],
    [
      4,
      list([
        struct([
          [1, list(described)],
          [2, i64(offset)],
          [3, i64(rows)],
        ]),
      ]),
    ],
    ...(options.metadata === undefined ? [] : [metadataField(options.metadata)]),
  ]).bytes;
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...chunks, footer, length, MAGIC]);
}

function metadataField([key, value]: readonly [string, string]): [number, Value] {
  return [
    5,
    list([
      struct([
        [1, binary(key)],
        [2, binary(value)],
      ]),
    ]),
  ];
}

interface Leaf {
  readonly path: readonly string[];
  readonly column: ParquetColumn;
}

function leavesOf(columns: readonly ParquetColumn[], path: readonly string[]): Leaf[] {
  return columns.flatMap((column) => {
    const own = [...path, column.name];
    return column.children === undefined ? [{ path: own, column }] : leavesOf(column.children, own);
  });
}

function schemaOf(columns: readonly ParquetColumn[]): Value[] {
  return [
    struct([
      [4, binary('schema')],
      [5, i32(columns.length)],
    ]),
    ...columns.flatMap(schemaElements),
  ];
}

function schemaElements(column: ParquetColumn): Value[] {
  const { name, children, values } = column;
  if (children !== undefined) {
    return [
      struct([
        [3, i32(0)],
        [4, binary(name)],
        [5, i32(children.length)],
      ]),
      ...children.flatMap(schemaElements),
    ];
  }
  const isText = typeof values?.[0] === 'string';
  return [
    struct([
      [1, i32(typeOf(column))],
      [3, i32(isLists(column) ? REPEATED : 0)],
      [4, binary(name)],
      ...(isText ? [[6, i32(UTF8)] as [number, Value]] : []),
    ]),
  ];
}

function typeOf({ values }: ParquetColumn): number {
  if (values?.[0] instanceof Float32Array) return FLOAT;
  return typeof values?.[0] === 'bigint' ? INT64 : BYTE_ARRAY;
}

function isLists({ values }: ParquetColumn): boolean {
  return values?.[0] instanceof Float32Array;
}

/** Values of the column, of lists those inside them. */
function lengthOf({ values = [] }: ParquetColumn): number {
  return values.reduce((sum: number, value) => sum + (value instanceof Float32Array ? value.length : 1), 0);
}

/** Of lists that are not empty: where each begins (0), and that each value is there (1). */
function levelsOf({ values = [] }: ParquetColumn): Buffer {
  const repetitions = values.flatMap((value) =>
    value instanceof Float32Array ? Array.from(value, (_, i) => (i === 0 ? 0 : 1)) : [],
  );
  return Buffer.concat([bits(repetitions), bits(repetitions.map(() => 1))]);
}

/** One run of bits, packed, after its length. */
function bits(levels: readonly number[]): Buffer {
  const groups = Math.ceil(levels.length / 8);
  const packed = Buffer.alloc(groups);
  levels.forEach((level, i) => (packed[i >> 3] |= level << (i & 7)));
  const run = Buffer.concat([variable(groups * 2 + 1), packed]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(run.length);
  return Buffer.concat([length, run]);
}

/** Header and values of a column's only page. */
function pageOf(column: ParquetColumn, { codec }: ParquetOptions): Buffer {
  const levels = isLists(column) ? [levelsOf(column)] : [];
  const plain = Buffer.concat([...levels, ...(column.values ?? []).map(plainValue)]);
  const stored = codec === undefined ? plain : codec.compress(plain);
  const header = struct([
    [1, i32(0)],
    [2, i32(plain.length)],
    [3, i32(stored.length)],
    [
      5,
      struct([
        [1, i32(lengthOf(column))],
        [2, i32(0)],
        [3, i32(3)],
        [4, i32(3)],
      ]),
    ],
  ]);
  return Buffer.concat([header.bytes, stored]);
}

function plainValue(value: bigint | string | Uint8Array | Float32Array): Buffer {
  if (value instanceof Float32Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value === 'bigint') {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  }
  const content = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([length, content]);
}

function columnChunk(
  path: readonly string[],
  column: ParquetColumn,
  at: { offset: number; bytes: number; codec: number },
): Value {
  const metadata = struct([
    [1, i32(typeOf(column))],
    [2, list([i32(0)])],
    [3, list(path.map(binary))],
    [4, i32(at.codec)],
    [5, i64(lengthOf(column))],
    [6, i64(at.bytes)],
    [7, i64(at.bytes)],
    [9, i64(at.offset)],
  ]);
  return struct([
    [2, i64(at.offset)],
    [3, metadata],
  ]);
}

/** A value of Thrift's compact protocol, with the number of its type. */
interface Value {
  readonly type: number;
  readonly bytes: Buffer;
}

const i32 = (value: number): Value => ({ type: 5, bytes: zigzag(value) });
const i64 = (value: number): Value => ({ type: 6, bytes: zigzag(value) });

function binary(text: string): Value {
  const content = Buffer.from(text);
  return { type: 8, bytes: Buffer.concat([variable(content.length), content]) };
}

function list(items: readonly Value[]): Value {
  const type = items[0]?.type ?? 5;
  const header =
    items.length < 15
      ? Buffer.of((items.length << 4) | type)
      : Buffer.concat([Buffer.of(0xf0 | type), variable(items.length)]);
  return { type: 9, bytes: Buffer.concat([header, ...items.map(({ bytes }) => bytes)]) };
}

/** Fields in ascending order; each says how far its number is from the last one's. */
function struct(fields: readonly (readonly [number, Value])[]): Value {
  let last = 0;
  const parts = fields.flatMap(([number, { type, bytes }]) => {
    const header = Buffer.of(((number - last) << 4) | type);
    last = number;
    return [header, bytes];
  });
  return { type: 12, bytes: Buffer.concat([...parts, Buffer.of(0)]) };
}

function zigzag(value: number): Buffer {
  return variable(value >= 0 ? 2 * value : -2 * value - 1);
}

/** Seven bits a byte, least significant first. */
function variable(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.of(...bytes, rest);
}
