/** The number in a TensorProto that holds exactly one: how TensorFlow 2 and PyTorch's double option write scalars. */
import { WIRE_TYPE, type MessageCursor } from './messageCursor';

const TENSOR = { type: 1, shape: 2, raw: 4, floats: 5, doubles: 6, integers: 7, longs: 10 } as const;
const TYPE = { float32: 1, float64: 2, int32: 3, int64: 9 } as const;

/** Reads the TensorProto under the cursor; undefined unless it is one number of a known type. */
export function readScalarTensor(cursor: MessageCursor): number | undefined {
  let type = 0;
  const listed: (number | undefined)[] = [];
  let raw: { start: number; end: number } | undefined;
  while (cursor.nextField()) {
    if (cursor.is(TENSOR.type, WIRE_TYPE.varint)) {
      type = cursor.varint();
    } else if (cursor.is(TENSOR.raw, WIRE_TYPE.bytes)) {
      raw = { start: cursor.delimited(), end: cursor.position };
    } else if (isValueField(cursor.field)) {
      listed.push(readListed(cursor));
    } else {
      cursor.skip();
    }
  }
  if (raw !== undefined) {
    return readRaw(cursor, raw, type);
  }
  return listed.length === 1 ? listed[0] : undefined;
}

function isValueField(field: number): boolean {
  return (
    field === TENSOR.floats || field === TENSOR.doubles || field === TENSOR.integers || field === TENSOR.longs
  );
}

/** A repeated number, packed or not; undefined if a packed list holds any other count than one. */
function readListed(cursor: MessageCursor): number | undefined {
  const { field, wireType } = cursor;
  if (wireType !== WIRE_TYPE.bytes) {
    return readNumber(cursor, field);
  }
  const start = cursor.delimited();
  const end = cursor.position;
  const outerEnd = cursor.end;
  cursor.enter(start, end);
  const value = start < end ? readNumber(cursor, field) : undefined;
  const isOnly = cursor.position === end;
  cursor.enter(end, outerEnd);
  return isOnly ? value : undefined;
}

function readNumber(cursor: MessageCursor, field: number): number {
  switch (field) {
    case TENSOR.floats:
      return cursor.float32();
    case TENSOR.doubles:
      return cursor.float64();
    default:
      return cursor.signedVarint();
  }
}

function readRaw(
  { bytes }: MessageCursor,
  { start, end }: { start: number; end: number },
  type: number,
): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  if (view.byteLength === 4 && type === TYPE.float32) {
    return view.getFloat32(0, true);
  }
  if (view.byteLength === 4 && type === TYPE.int32) {
    return view.getInt32(0, true);
  }
  if (view.byteLength === 8 && type === TYPE.float64) {
    return view.getFloat64(0, true);
  }
  return view.byteLength === 8 && type === TYPE.int64 ? Number(view.getBigInt64(0, true)) : undefined;
}
