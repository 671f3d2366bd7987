import { describe, expect, it } from 'vitest';
import { createLineSplitter, LineTooLong, parseJsonLine } from '../../../src/runs/lines';

describe('createLineSplitter', () => {
  it('gives the same lines wherever the bytes are cut', () => {
    const bytes = Buffer.from('one\nzweiß\n\n{"a":"τ"}\nrest');
    for (let cut = 0; cut <= bytes.length; cut++) {
      const splitter = createLineSplitter(100);
      const lines = [...splitter.push(bytes.subarray(0, cut)), ...splitter.push(bytes.subarray(cut))];
      expect(lines).toEqual(['one', 'zweiß', '', '{"a":"τ"}']);
    }
  });

  it('throws as soon as an unfinished line passes the bound', () => {
    const splitter = createLineSplitter(10);
    splitter.push(Buffer.alloc(10, 'x'));
    expect(() => splitter.push(Buffer.from('x'))).toThrow(LineTooLong);
  });

  it('keeps its own copy of an unfinished line', () => {
    const splitter = createLineSplitter(10);
    const bytes = Buffer.from('abc');
    splitter.push(bytes);
    bytes.fill('x');
    expect(splitter.push(Buffer.from('\n'))).toEqual(['abc']);
  });
});

describe('parseJsonLine', () => {
  it('gives undefined for what is no JSON', () => {
    expect(parseJsonLine('{"a":1}')).toEqual({ a: 1 });
    expect(parseJsonLine('{"a":')).toBeUndefined();
  });
});
