/** Reads a SavedModel back with protobufjs's reflection, from the field numbers of TensorFlow's own .proto files. */
import protobuf from 'protobufjs';

const SCHEMA = `
syntax = "proto3";
message Shape { message Dim { int64 size = 1; } repeated Dim dim = 2; }
message Tensor {
  int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4;
  repeated float float_val = 5; repeated int32 int_val = 7; repeated bool bool_val = 11;
}
message Value {
  message List { repeated int64 i = 3; }
  oneof value {
    List list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7; Tensor tensor = 8;
  }
}
message Node { string name = 1; string op = 2; repeated string input = 3; map<string, Value> attr = 5; }
message Versions { int32 producer = 1; int32 min_consumer = 2; }
message Graph { repeated Node node = 1; Versions versions = 4; }
message MetaGraph { message Info { repeated string tags = 4; } Info meta_info_def = 1; Graph graph_def = 2; }
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraph meta_graphs = 2; }
`;

const savedModel = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('SavedModel');

export interface ReadShape {
  readonly dim: readonly { readonly size: number }[];
}

export interface ReadValue {
  readonly list?: { readonly i: readonly number[] };
  readonly s?: string;
  readonly i?: number;
  readonly f?: number;
  readonly b?: boolean;
  readonly type?: number;
  readonly shape?: ReadShape;
  readonly tensor?: {
    readonly dtype: number;
    readonly tensor_shape: ReadShape;
    /** Base64. */
    readonly tensor_content: string;
    readonly float_val: readonly number[];
    readonly int_val: readonly number[];
    readonly bool_val: readonly boolean[];
  };
}

export interface ReadNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, ReadValue>>;
}

export interface ReadModel {
  readonly saved_model_schema_version: number;
  readonly meta_graphs: readonly {
    readonly meta_info_def: { readonly tags: readonly string[] };
    readonly graph_def: {
      readonly node: readonly ReadNode[];
      readonly versions: { readonly producer: number; readonly min_consumer: number };
    };
  }[];
}

export function readSavedModel(bytes: Uint8Array): ReadModel {
  const options = { longs: Number, bytes: String, arrays: true, objects: true };
  return savedModel.toObject(savedModel.decode(bytes), options) as ReadModel;
}

export function readNodes(bytes: Uint8Array): readonly ReadNode[] {
  return readSavedModel(bytes).meta_graphs.flatMap(({ graph_def }) => graph_def.node);
}
