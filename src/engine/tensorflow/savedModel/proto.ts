/**
 * The few messages of TensorFlow's saved_model.proto that a model without functions needs, encoded with protobufjs's
 * writer and no reflection. Field numbers are those of tensorflow/core/protobuf and tensorflow/core/framework.
 */
import { Writer } from 'protobufjs/minimal';
import { DELIMITED, FIXED32, VARINT, message, tag, text } from '../../wire';

/** types.proto: DataType */
export const TENSORFLOW_TYPE = { float32: 1, int32: 3, bool: 10, bfloat16: 14, float16: 19 } as const;

export type TensorflowType = keyof typeof TENSORFLOW_TYPE;

/** A constant: raw elements in row-major, little-endian order, or one number for all of them. */
export interface TensorflowTensor {
  readonly type: Exclude<TensorflowType, 'bfloat16' | 'float16'>;
  readonly shape: readonly number[];
  readonly values: Uint8Array | number;
}

/** attr_value.proto: AttrValue; plain numbers are integers, plain text is `s`. */
export type TensorflowAttribute =
  | number
  | string
  | boolean
  | readonly number[]
  | { readonly float: number }
  | { readonly type: TensorflowType }
  | { readonly shape: readonly number[] }
  | { readonly tensor: TensorflowTensor };

export interface TensorflowNode {
  readonly name: string;
  readonly op: string;
  /** `node`, `node:output`, or `^node` for a node that must have run before. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, TensorflowAttribute>>;
}

/** The tag under which the one graph of the model is loaded. */
export const SERVING_TAG = 'serve';

/** Graph version of TensorFlow 2.9, which it and everything newer reads (core/public/version.h). */
const PRODUCER = 1087;
const OLDEST_CONSUMER = 12;

/** The bytes of a SavedModel with one graph. Equal nodes give equal bytes. */
export function encodeSavedModel(nodes: readonly TensorflowNode[]): Uint8Array {
  const writer = Writer.create();
  writer.uint32(tag(1, VARINT)).int64(1);
  message(writer, 2, () => {
    message(writer, 1, () => text(writer, 4, SERVING_TAG));
    message(writer, 2, () => writeGraph(writer, nodes));
  });
  return writer.finish();
}

function writeGraph(writer: Writer, nodes: readonly TensorflowNode[]): void {
  for (const node of nodes) message(writer, 1, () => writeNode(writer, node));
  message(writer, 4, () => {
    writer.uint32(tag(1, VARINT)).int32(PRODUCER);
    writer.uint32(tag(2, VARINT)).int32(OLDEST_CONSUMER);
  });
}

function writeNode(writer: Writer, { name, op, inputs, attributes }: TensorflowNode): void {
  text(writer, 1, name);
  text(writer, 2, op);
  for (const input of inputs) text(writer, 3, input);
  for (const [key, value] of Object.entries(attributes)) {
    message(writer, 5, () => {
      text(writer, 1, key);
      message(writer, 2, () => writeAttribute(writer, value));
    });
  }
}

function writeAttribute(writer: Writer, value: TensorflowAttribute): void {
  if (typeof value === 'number') writer.uint32(tag(3, VARINT)).int64(value);
  else if (typeof value === 'string') text(writer, 2, value);
  else if (typeof value === 'boolean') writer.uint32(tag(5, VARINT)).bool(value);
  else if ('float' in value) writer.uint32(tag(4, FIXED32)).float(value.float);
  else if ('type' in value) writer.uint32(tag(6, VARINT)).int32(TENSORFLOW_TYPE[value.type]);
  else if ('shape' in value) message(writer, 7, () => writeShape(writer, value.shape));
  else if ('tensor' in value) message(writer, 8, () => writeTensor(writer, value.tensor));
  else message(writer, 1, () => writeIntegers(writer, value));
}

function writeIntegers(writer: Writer, values: readonly number[]): void {
  for (const value of values) writer.uint32(tag(3, VARINT)).int64(value);
}

function writeShape(writer: Writer, shape: readonly number[]): void {
  for (const size of shape) message(writer, 2, () => void writer.uint32(tag(1, VARINT)).int64(size));
}

function writeTensor(writer: Writer, { type, shape, values }: TensorflowTensor): void {
  writer.uint32(tag(1, VARINT)).int32(TENSORFLOW_TYPE[type]);
  message(writer, 2, () => writeShape(writer, shape));
  if (typeof values !== 'number') writer.uint32(tag(4, DELIMITED)).bytes(values);
  else if (type === 'float32') writer.uint32(tag(5, FIXED32)).float(values);
  else if (type === 'int32') writer.uint32(tag(7, VARINT)).int32(values);
  else writer.uint32(tag(11, VARINT)).bool(values !== 0);
}
