import { describe, expect, it } from 'vitest';
import {
  encodeSavedModel,
  type TensorflowAttribute,
} from '../../../../src/engine/tensorflow/savedModel/proto';
import { readNodes, readSavedModel, type ReadValue } from './savedModelReader';

/** An attribute as TensorFlow would read it. */
function roundTrip(value: TensorflowAttribute): ReadValue | undefined {
  const bytes = encodeSavedModel([{ name: 'n', op: 'Op', inputs: [], attributes: { value } }]);
  return readNodes(bytes)[0]?.attr['value'];
}

const text = (value: string | undefined): string => Buffer.from(value ?? '', 'base64').toString();

describe('encodeSavedModel', () => {
  it('writes one tagged graph whose nodes keep their names, operations and inputs', () => {
    const inputs = ['a', 'b:1', '^c'];
    const model = readSavedModel(
      encodeSavedModel([
        { name: 'x/y', op: 'Placeholder', inputs: [], attributes: {} },
        { name: 'z', op: 'AddV2', inputs, attributes: { T: { type: 'bfloat16' } } },
      ]),
    );
    expect(model.saved_model_schema_version).toBe(1);
    const [graph] = model.meta_graphs;
    expect(graph.meta_info_def.tags).toEqual(['serve']);
    expect(graph.graph_def.versions).toEqual({ producer: 1087, min_consumer: 12 });
    expect(graph.graph_def.node).toEqual([
      { name: 'x/y', op: 'Placeholder', input: [], attr: {} },
      { name: 'z', op: 'AddV2', input: inputs, attr: { T: { type: 14 } } },
    ]);
  });

  it('writes each kind of attribute into its own field', () => {
    expect(roundTrip(-3)).toEqual({ i: -3 });
    expect(roundTrip({ float: 0.5 })).toEqual({ f: 0.5 });
    expect(roundTrip(true)).toEqual({ b: true });
    expect(roundTrip([1, -2, 300])).toEqual({ list: { i: [1, -2, 300] } });
    expect(roundTrip({ type: 'bool' })).toEqual({ type: 10 });
    expect(roundTrip({ shape: [2, 1] })).toEqual({ shape: { dim: [{ size: 2 }, { size: 1 }] } });
    expect(text(roundTrip('NHWC')?.s)).toBe('NHWC');
  });

  it('writes constants as raw bytes, or as one number for all elements', () => {
    const values = new Uint8Array(Float32Array.of(1, 2).buffer);
    const raw = roundTrip({ tensor: { type: 'float32', shape: [2], values } })?.tensor;
    expect(raw?.dtype).toBe(1);
    expect(Buffer.from(raw?.tensor_content ?? '', 'base64')).toEqual(Buffer.from(values));
    const one = (type: 'float32' | 'int32' | 'bool', number: number) =>
      roundTrip({ tensor: { type, shape: [3], values: number } })?.tensor;
    expect(one('float32', -0.5)?.float_val).toEqual([-0.5]);
    expect(one('int32', -7)?.int_val).toEqual([-7]);
    expect(one('bool', 1)?.bool_val).toEqual([true]);
  });
});
