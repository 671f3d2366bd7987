/**
 * The few messages of onnx.proto that a model needs, encoded with protobufjs's writer and no reflection.
 * Field numbers are those of ONNX's onnx.proto (github.com/onnx/onnx, IR version 8).
 */
import { Writer } from 'protobufjs/minimal';
import { DELIMITED, FIXED32, VARINT, message, tag, text } from '../wire';

/** TensorProto.DataType */
export const ONNX_TYPE = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10, bfloat16: 16 } as const;

export type OnnxType = keyof typeof ONNX_TYPE;

/** Integers are written as INT, arrays of them as INTS; floats and text say so. */
export type OnnxAttribute =
  number | readonly number[] | string | { readonly float: number } | { readonly floats: readonly number[] };

export interface OnnxNode {
  readonly type: string;
  /** Empty for the standard operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A constant; `data` holds its elements in row-major, little-endian order. */
export interface OnnxInitializer {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** An input or output of the graph. */
export interface OnnxPort {
  readonly name: string;
  readonly type: OnnxType;
  /** A dimension that may be of any size has a name. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** Version of each operator set by domain. */
  readonly operatorSets: Readonly<Record<string, number>>;
  /** Texts for whoever uses the model. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const IR_VERSION = 8;

/** AttributeProto.AttributeType */
const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;

/** The bytes of a ModelProto. Equal models give equal bytes. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const writer = Writer.create();
  writer.uint32(tag(1, VARINT)).int64(IR_VERSION);
  message(writer, 7, () => writeGraph(writer, model));
  for (const [domain, version] of Object.entries(model.operatorSets)) {
    message(writer, 8, () => {
      text(writer, 1, domain);
      writer.uint32(tag(2, VARINT)).int64(version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata ?? {})) {
    message(writer, 14, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  return writer.finish();
}

function writeGraph(writer: Writer, model: OnnxModel): void {
  for (const node of model.nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, 'program');
  for (const tensor of model.initializers) message(writer, 5, () => writeInitializer(writer, tensor));
  for (const port of model.inputs) message(writer, 11, () => writePort(writer, port));
  for (const port of model.outputs) message(writer, 12, () => writePort(writer, port));
}

function writeNode(writer: Writer, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 3, node.outputs[0]);
  text(writer, 4, node.type);
  for (const [name, value] of Object.entries(node.attributes)) {
    message(writer, 5, () => writeAttribute(writer, name, value));
  }
  if (node.domain !== '') text(writer, 7, node.domain);
}

function writeAttribute(writer: Writer, name: string, value: OnnxAttribute): void {
  text(writer, 1, name);
  const type = (kind: keyof typeof ATTRIBUTE): Writer =>
    writer.uint32(tag(20, VARINT)).int32(ATTRIBUTE[kind]);
  if (typeof value === 'number') {
    writer.uint32(tag(3, VARINT)).int64(value);
    type('int');
  } else if (typeof value === 'string') {
    text(writer, 4, value);
    type('string');
  } else if ('float' in value) {
    writer.uint32(tag(2, FIXED32)).float(value.float);
    type('float');
  } else if ('floats' in value) {
    for (const float of value.floats) writer.uint32(tag(7, FIXED32)).float(float);
    type('floats');
  } else {
    for (const int of value) writer.uint32(tag(8, VARINT)).int64(int);
    type('ints');
  }
}

function writeInitializer(writer: Writer, { name, type, shape, data }: OnnxInitializer): void {
  for (const dimension of shape) writer.uint32(tag(1, VARINT)).int64(dimension);
  writer.uint32(tag(2, VARINT)).int32(ONNX_TYPE[type]);
  text(writer, 8, name);
  writer.uint32(tag(9, DELIMITED)).bytes(data);
}

/** ValueInfoProto around TypeProto around TypeProto.Tensor around TensorShapeProto. */
function writePort(writer: Writer, { name, type, shape }: OnnxPort): void {
  text(writer, 1, name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.uint32(tag(1, VARINT)).int32(ONNX_TYPE[type]);
      message(writer, 2, () => {
        for (const dimension of shape) {
          message(writer, 1, () => writeDimension(writer, dimension));
        }
      });
    }),
  );
}

function writeDimension(writer: Writer, dimension: number | string): void {
  if (typeof dimension === 'string') text(writer, 2, dimension);
  else writer.uint32(tag(1, VARINT)).int64(dimension);
}
