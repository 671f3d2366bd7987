/** Protocol buffers on the wire, over protobufjs's writer and without reflection: what both model formats need. */
import type { Writer } from 'protobufjs/minimal';

/** Wire types (protobuf.dev, "Encoding"). */
export const VARINT = 0;
export const DELIMITED = 2;
export const FIXED32 = 5;

/** What stands before a field's value. */
export function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

export function text(writer: Writer, field: number, value: string): void {
  writer.uint32(tag(field, DELIMITED)).string(value);
}

/** A message within a message: its fields are what `write` writes. */
export function message(writer: Writer, field: number, write: () => void): void {
  writer.uint32(tag(field, DELIMITED)).fork();
  write();
  writer.ldelim();
}
