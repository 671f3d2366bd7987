import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import {
  DEFAULT_LAYOUT,
  LEAST_WIDTH,
  MOST_WIDTH,
  moveColumn,
  repaired,
  resizeColumn,
  toggleColumn,
  togglePin,
} from '../../../../src/domain/runsTable/layout';
import { NOTHING, pruned, select, selectAll } from '../../../../src/domain/runsTable/selection';

describe('the layout', () => {
  it('keeps name first, pinned columns together, no column twice, whatever is done to it', () => {
    const random = new RandomStream(7);
    const ids = ['run:name', 'run:state', 'a', 'b', 'c', 'd', 'unknown'];
    const pick = () => ids[random.uint32() % ids.length];
    const changes = [
      (layout: typeof DEFAULT_LAYOUT) => moveColumn(layout, pick(), pick()),
      (layout: typeof DEFAULT_LAYOUT) => togglePin(layout, pick()),
      (layout: typeof DEFAULT_LAYOUT) => toggleColumn(layout, { id: pick(), label: 'a label' }),
      (layout: typeof DEFAULT_LAYOUT) => resizeColumn(layout, pick(), (random.uint32() % 3000) - 1000),
    ];
    let layout = DEFAULT_LAYOUT;
    for (let i = 0; i < 1000; i++) {
      layout = changes[random.uint32() % changes.length](layout);
      const { columns } = layout;
      expect(columns[0]).toMatchObject({ id: 'run:name', pinned: true });
      expect(new Set(columns.map(({ id }) => id)).size).toBe(columns.length);
      const firstLoose = columns.findIndex(({ pinned }) => !pinned);
      if (firstLoose >= 0) expect(columns.slice(firstLoose).some(({ pinned }) => pinned)).toBe(false);
      for (const { width } of columns) expect(width >= LEAST_WIDTH && width <= MOST_WIDTH).toBe(true);
    }
  });

  it('moves a column to where another one is, both ways', () => {
    const columns = ['run:name', 'a', 'b', 'c'].map((id) => ({ id, width: 80, pinned: id === 'run:name' }));
    const order = (id: string, target: string) =>
      moveColumn({ ...DEFAULT_LAYOUT, columns }, id, target)
        .columns.map((one) => one.id)
        .join(' ');
    expect(order('a', 'c')).toBe('run:name b c a');
    expect(order('c', 'a')).toBe('run:name c a b');
    expect(order('c', 'run:name')).toBe('run:name c a b');
  });

  it('mends what was kept by hand or by another version', () => {
    const column = { id: 'a', width: 1e9, pinned: false };
    const { columns } = repaired({ ...DEFAULT_LAYOUT, columns: [column, column] });
    expect(columns).toEqual([
      { ...DEFAULT_LAYOUT.columns[0], pinned: true },
      { id: 'a', width: MOST_WIDTH, pinned: false },
    ]);
  });
});

describe('the selection', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  const chosen = (selection: { chosen: ReadonlySet<string> }) => [...selection.chosen].sort().join('');

  it('follows click, ctrl-click and shift-click from the anchor', () => {
    let selection = select(NOTHING, ['b'], 'only', order);
    selection = select(selection, ['d'], 'range', order);
    expect(chosen(selection)).toBe('bcd');
    expect(chosen(select(selection, ['a'], 'range', order))).toBe('ab');
    selection = select(selection, ['c'], 'toggle', order);
    expect(chosen(selection)).toBe('bd');
    expect(chosen(select(selection, ['e'], 'range', order))).toBe('cde');
    expect(chosen(selectAll(selection, order))).toBe('abcde');
  });

  it('takes and gives back the runs of a group together', () => {
    const some = select(NOTHING, ['b'], 'only', order);
    const group = select(some, ['b', 'c'], 'toggle', order);
    expect(chosen(group)).toBe('bc');
    expect(chosen(select(group, ['b', 'c'], 'toggle', order))).toBe('');
  });

  it('forgets runs that are gone, and an anchor that is not in sight', () => {
    const selection = select(NOTHING, ['a', 'b'], 'only', order);
    expect(chosen(pruned(selection, (folder) => folder !== 'a'))).toBe('b');
    expect(pruned(selection, () => true)).toBe(selection);
    expect(chosen(select({ ...selection, anchor: 'gone' }, ['c'], 'range', order))).toBe('c');
  });
});
