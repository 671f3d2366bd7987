/** Groups, colours and looks of points; search over what rows say. */
import { describe, expect, it } from 'vitest';
import { LOOK } from '../../../../src/domain/maps/view/points';
import type { Column } from '../../../../src/domain/maps/columns';
import {
  CATEGORY_COLOURS,
  colourableColumns,
  coloursOf,
  FIRST_CATEGORY,
  FIRST_STEP,
  legendOf,
  NO_COLOUR,
  RAMP_STEPS,
} from '../../../../webview/projector/state/legend';
import { looksOf, MISSING_GROUP } from '../../../../webview/projector/state/looks';
import { haystackOf, matcherOf, rowsFound } from '../../../../webview/projector/state/search';
import { classes } from './support';

const numbers = (values: readonly number[]): Column => {
  return { kind: 'number', name: 'confidence', values: Float32Array.from(values) };
};
const legendOfLeft = (column: Column, rows: number) =>
  legendOf(column.name, { rows: { left: rows, right: 0 }, columns: { left: [column], right: null } });

describe('legend', () => {
  it('gives a class one colour on both maps, whatever its place in each', () => {
    const columns = { left: [classes(['a', 'b', ''])], right: [classes(['c', 'b', 'a'])] };
    const legend = legendOf('class', { rows: { left: 3, right: 3 }, columns });
    expect(legend.groups.map(({ name, counts }) => [name, counts.left, counts.right])).toEqual([
      ['a', 1, 1],
      ['b', 1, 1],
      ['c', 0, 1],
    ]);
    const [left, right] = [coloursOf(legend, 'left'), coloursOf(legend, 'right')];
    expect([left[0], left[1]]).toEqual([right[2], right[1]]);
    expect(left[2]).toBe(NO_COLOUR);
    expect(legend.missing).toBe(1);
  });

  it('puts numbers on a ramp with both ends, and none for NaN and infinities', () => {
    const legend = legendOfLeft(numbers([0, 1, 0.5, NaN, Infinity]), 5);
    const last = FIRST_STEP + RAMP_STEPS - 1;
    const middle = FIRST_STEP + RAMP_STEPS / 2;
    expect([...coloursOf(legend, 'left')]).toEqual([FIRST_STEP, last, middle, NO_COLOUR, NO_COLOUR]);
    expect([...coloursOf(legendOfLeft(numbers([3, 3]), 2), 'left')]).toEqual([FIRST_STEP, FIRST_STEP]);
  });

  it('repeats colours beyond its palette, and leaves out texts that are all different', () => {
    const many = classes(Array.from({ length: 1000 }, (_, i) => `c${i}`));
    const colours = coloursOf(legendOfLeft(many, 1000), 'left');
    expect(Math.max(...colours)).toBe(FIRST_CATEGORY + CATEGORY_COLOURS - 1);
    const captions = Array.from({ length: 300 }, (_, i) => `t${i}`);
    const text: Column = { kind: 'text', name: 'caption', values: captions };
    const note: Column = { kind: 'text', name: 'note', values: ['x', '', 'x'] };
    const left = [many, text, note, numbers([NaN])];
    expect(colourableColumns({ left, right: null })).toEqual(['class', 'note']);
  });

  it('of a column that is not there has no groups, and every row is missing', () => {
    const columns = { left: [], right: [] };
    const legend = legendOf('nothing', { rows: { left: 4, right: 2 }, columns });
    expect(legend.groups).toEqual([]);
    expect(legend.missing).toBe(6);
  });
});

describe('looks', () => {
  const plain = {
    codes: Int32Array.of(0, 1, -1),
    groups: ['a', 'b'],
    hidden: new Set<string>(),
    pointedGroup: null,
    selected: new Uint8Array(3),
    isAnySelected: false,
    found: null,
  };
  const { faded, emphasised, hidden } = LOOK;

  it('are plain until something is selected, found or pointed at', () => {
    expect([...looksOf(plain)]).toEqual([LOOK.plain, LOOK.plain, LOOK.plain]);
    const selected = { ...plain, selected: Uint8Array.of(0, 1, 0), isAnySelected: true };
    expect([...looksOf(selected)]).toEqual([faded, emphasised, faded]);
    expect([...looksOf({ ...plain, found: Uint8Array.of(1, 0, 0) })]).toEqual([LOOK.plain, faded, faded]);
    expect([...looksOf({ ...plain, pointedGroup: 'b' })]).toEqual([faded, LOOK.plain, faded]);
    expect([...looksOf({ ...plain, pointedGroup: MISSING_GROUP })]).toEqual([faded, faded, LOOK.plain]);
  });

  it('hide groups of the legend, even what is selected of them', () => {
    const filtered = { ...plain, hidden: new Set(['a', MISSING_GROUP]), selected: Uint8Array.of(1, 0, 0) };
    expect([...looksOf(filtered)]).toEqual([hidden, LOOK.plain, hidden]);
  });
});

describe('search', () => {
  const labels = classes(['ankle boot', 'bag', 'Ankle Boot']);
  const hay = haystackOf(['train/1', 'train/12', 'test/3'], [labels]);
  const find = (text: string, isPattern = false) => {
    const matches = matcherOf({ text, isPattern });
    return typeof matches === 'string' ? matches : rowsFound(hay, matches);
  };

  it('finds rows with all words in any case, over id and label', () => {
    expect(find('BOOT ankle')).toEqual([0, 2]);
    expect(find('test boot')).toEqual([2]);
    expect(find('  ')).toEqual([]);
  });

  it('matches patterns line by line, and says in one sentence why one cannot be read', () => {
    expect(find('^train/\\d$', true)).toEqual([0]);
    expect(find('^bag$|^test', true)).toEqual([1, 2]);
    expect(find('(', true)).toMatch(/^The pattern cannot be read at character 2: .*\.$/);
  });
});
