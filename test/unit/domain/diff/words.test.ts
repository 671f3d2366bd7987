import { describe, expect, it } from 'vitest';
import { NOT_RECORDED } from '../../../../src/domain/diff/rows';
import type { DiffRow } from '../../../../src/domain/diff/runDiff';
import { foldedRows } from '../../../../src/domain/diff/words';

const row = (...texts: string[]): DiffRow => ({
  key: texts.join(),
  label: 'key',
  description: '',
  cells: texts.map((text) => ({ text, title: '', note: '', value: null, differs: false })),
  differs: false,
});

describe('foldedRows', () => {
  it('counts equal rows', () => {
    expect(foldedRows([row('1', '1')])).toBe('1 equal row');
    expect(foldedRows([row('1', '1'), row('2', '2')])).toBe('2 equal rows');
  });

  it('does not call equal what one run has not recorded', () => {
    expect(foldedRows([row('1', NOT_RECORDED)])).toBe('1 row not recorded everywhere');
    expect(foldedRows([row('1', '1'), row('0.1', NOT_RECORDED), row('2', NOT_RECORDED)])).toBe(
      '1 equal, 2 rows not recorded everywhere',
    );
  });
});
