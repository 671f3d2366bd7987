import { describe, expect, it } from 'vitest';
import { encodeFileVersion, encodeScalars, encodeSessionStart } from '../../../../src/formats/events/writer';
import { bytesField, doubleField, floatField, record, textField, varintField } from './events';

describe('an encoded record', () => {
  it('of the file version is byte for byte what TensorBoard writes', () => {
    // Length 24 and its checksum are the published vector of the format.
    const bytes = encodeFileVersion(1.5);
    expect([...bytes.subarray(0, 12)]).toEqual([24, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22]);
    expect(bytes).toEqual(record([...doubleField(1, 1.5), ...textField(3, 'brain.Event:2')]));
  });

  it('of scalars is one event with one summary', () => {
    const long = 'x'.repeat(200);
    for (const step of [1, 127, 128, 2 ** 31, 2 ** 32, 2 ** 53 - 1]) {
      const values = [
        ...bytesField(1, [...textField(1, 'loss/ä'), ...floatField(2, 0.25)]),
        ...bytesField(1, [...textField(1, long), ...floatField(2, -Infinity)]),
      ];
      expect(encodeScalars(7, step, { 'loss/ä': 0.25, [long]: -Infinity })).toEqual(
        record([...doubleField(1, 7), ...varintField(2, step), ...bytesField(5, values)]),
      );
    }
  });

  it('leaves out a step of zero, and may have no scalar', () => {
    expect(encodeScalars(7, 0, {})).toEqual(record([...doubleField(1, 7), ...bytesField(5, [])]));
  });

  it('of a session start names its step', () => {
    expect(encodeSessionStart(7, 40)).toEqual(
      record([...doubleField(1, 7), ...varintField(2, 40), ...bytesField(7, varintField(1, 1))]),
    );
  });

  it('refuses a step that is no whole number from 0 on', () => {
    for (const step of [-1, 0.5, NaN, 2 ** 53]) {
      expect(() => encodeScalars(0, step, {})).toThrow(RangeError);
    }
  });
});
