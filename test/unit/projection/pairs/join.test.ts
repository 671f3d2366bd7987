/** Rows of two sides joined by id or content: what is shared, what is not, and which of equal rows counts. */
import { describe, expect, test } from 'vitest';
import { joinRows, NONE, sameRows, sharedRows, swapped } from '../../../../src/projection/pairs/join';

const side = (dataset: string | null, ids: readonly string[], contents: readonly string[] | null = null) => ({
  dataset,
  ids,
  contents,
});

describe('joinRows', () => {
  test('joins by id within one data set, in any order, and counts what is left over', () => {
    const join = joinRows(side('d', ['a', 'b', 'c', 'e']), side('d', ['c', 'a', 'x']));
    expect(join.joinedBy).toBe('id');
    expect([...join.rightOf]).toEqual([1, NONE, 0, NONE]);
    expect([...join.leftOf]).toEqual([2, 0, NONE]);
    expect([join.shared, join.onlyLeft, join.onlyRight]).toEqual([2, 2, 1]);
    expect([...sharedRows(join)]).toEqual([0, 2]);
  });

  test('joins two data sets by content, although their ids are the same', () => {
    const join = joinRows(side('d', ['0', '1'], ['cat', 'dog']), side('e', ['0', '1'], ['dog', 'cow']));
    expect(join.joinedBy).toBe('content');
    expect([...join.rightOf]).toEqual([NONE, 0]);
  });

  test('shares nothing between data sets that differ and cannot be read', () => {
    const join = joinRows(side('d', ['0', '1'], ['cat', 'dog']), side('e', ['0', '1']));
    expect([join.shared, join.onlyLeft, join.onlyRight]).toEqual([0, 2, 2]);
  });

  test('takes ids at their word where a data set is not recorded', () => {
    expect(joinRows(side(null, ['0', '1']), side('e', ['1', '0'])).shared).toBe(2);
  });

  test('joins the first of rows with one key, and no row twice', () => {
    const join = joinRows(side('d', ['a', 'a', 'b']), side('d', ['b', 'a', 'a', 'b']));
    expect([...join.rightOf]).toEqual([1, NONE, 0]);
    expect([...join.leftOf]).toEqual([2, 0, NONE, NONE]);
    expect([join.shared, join.onlyLeft, join.onlyRight]).toEqual([2, 1, 2]);
  });

  test('joins no row without a key', () => {
    const join = joinRows(side('d', ['0', '1'], ['', 'x']), side('e', ['0', '1'], ['', 'x']));
    expect([...join.rightOf]).toEqual([NONE, 1]);
  });

  test('joins empty sides to nothing', () => {
    expect(joinRows(side('d', []), side('d', ['a'])).shared).toBe(0);
  });
});

test('a join seen from the other side names the same pairs', () => {
  const join = joinRows(side('d', ['a', 'b', 'c']), side('d', ['c', 'a']));
  const other = swapped(join);
  expect([...other.rightOf]).toEqual([...join.leftOf]);
  expect([other.shared, other.onlyLeft, other.onlyRight]).toEqual([2, 0, 1]);
  expect(sameRows(3)).toMatchObject({ shared: 3, onlyLeft: 0, onlyRight: 0 });
});
