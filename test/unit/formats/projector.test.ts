import { describe, expect, it } from 'vitest';
import {
  encodeProjectorConfig,
  encodeProjectorMetadata,
  encodeProjectorTensor,
} from '../../../src/formats/projector';

describe('the projector configuration', () => {
  it('is protobuf text with relative paths', () => {
    const text = encodeProjectorConfig([
      {
        tensorName: 'features:3',
        tensorPath: 'epoch-3\\features.bin',
        shape: [5, 64],
        metadataPath: 'labels.tsv',
      },
      { tensorName: 'a "b"\\', tensorPath: 'b.bin', shape: [1, 2] },
    ]);
    expect(text).toBe(
      [
        'embeddings {',
        '  tensor_name: "features:3"',
        '  tensor_shape: 5',
        '  tensor_shape: 64',
        '  tensor_path: "epoch-3/features.bin"',
        '  metadata_path: "labels.tsv"',
        '}',
        'embeddings {',
        '  tensor_name: "a \\"b\\"\\\\"',
        '  tensor_shape: 1',
        '  tensor_shape: 2',
        '  tensor_path: "b.bin"',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('refuses paths that leave the folder', () => {
    for (const tensorPath of ['/a.bin', '../a.bin', 'a/../../b', 'C:\\a.bin', '\\a.bin', '']) {
      expect(() => encodeProjectorConfig([{ tensorName: 'a', tensorPath, shape: [1, 1] }])).toThrow(
        RangeError,
      );
    }
  });
});

describe('the projector metadata', () => {
  it('has a header only with two columns or more', () => {
    expect(encodeProjectorMetadata({ label: ['cat', 'dog'] })).toBe('cat\ndog\n');
    expect(encodeProjectorMetadata({ id: ['train/0', 'train/1'], label: [3, 4] })).toBe(
      'id\tlabel\ntrain/0\t3\ntrain/1\t4\n',
    );
  });

  it('keeps one row per point whatever the text', () => {
    expect(encodeProjectorMetadata({ label: ['a\tb\r\nc'] })).toBe('a b c\n');
    expect(() => encodeProjectorMetadata({ a: [1], b: [1, 2] })).toThrow(RangeError);
    expect(() => encodeProjectorMetadata({})).toThrow(RangeError);
  });
});

it('a projector tensor is little-endian float32', () => {
  expect([...encodeProjectorTensor(Float32Array.of(1, -2))]).toEqual([0, 0, 128, 63, 0, 0, 0, 192]);
});
