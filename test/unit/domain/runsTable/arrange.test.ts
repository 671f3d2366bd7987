import { describe, expect, it } from 'vitest';
import { arrange, filteredRows, inSeenOrder, shownColumns } from '../../../../src/domain/runsTable/arrange';
import { columnsOf } from '../../../../src/domain/runsTable/columns';
import { bestOf, differs } from '../../../../src/domain/runsTable/compare';
import { groupBySeed, spreadOf } from '../../../../src/domain/runsTable/groups';
import { DEFAULT_LAYOUT } from '../../../../src/domain/runsTable/layout';
import { sortBy, toggleSort } from '../../../../src/domain/runsTable/sort';
import { randomRows, tableRow } from './rows';

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);
const ARRANGEMENT = { search: '', openGroups: new Set<string>() };

function column(rows: Parameters<typeof columnsOf>[0], id: string) {
  const found = columnsOf(rows).find((one) => one.id === id);
  if (!found) throw new Error(`no column ${id}`);
  return found;
}

describe('sorting', () => {
  it.each(SEEDS)(
    'keeps every row, obeys the keys in turn, and puts what is missing last (seed %i)',
    (seed) => {
      const rows = randomRows(seed, 60);
      const columns = new Map(columnsOf(rows).map((one) => [one.id, one]));
      const keys = [
        { column: 'setting:loss.temperature', descending: seed % 2 === 0 },
        { column: 'metric:knn', descending: seed % 3 === 0 },
      ];
      const sorted = sortBy(rows, keys, columns, (row, one) => one.of(row));
      expect(new Set(sorted)).toEqual(new Set(rows));
      const rank = (row: (typeof rows)[number]) =>
        keys.map(({ column: id, descending }) => {
          const value = columns.get(id)?.of(row);
          if (typeof value !== 'number' || Number.isNaN(value)) return [1, 0];
          return [0, descending ? -value : value];
        });
      for (const [i, row] of sorted.slice(1).entries()) {
        const [before, after] = [rank(sorted[i]).flat(), rank(row).flat()];
        const place = before.findIndex((value, k) => value !== after[k]);
        if (place >= 0) expect(before[place]).toBeLessThan(after[place]);
        else expect(rows.indexOf(sorted[i])).toBeLessThan(rows.indexOf(row));
      }
    },
  );

  it('reads numbers inside texts as numbers', () => {
    const rows = ['r-s10', 'r-s9', 'r-s1'].map((name) => tableRow(name));
    const columns = new Map(columnsOf(rows).map((one) => [one.id, one]));
    const sorted = sortBy(rows, [{ column: 'run:name', descending: false }], columns, (row, one) =>
      one.of(row),
    );
    expect(sorted.map(({ summary }) => summary.name)).toEqual(['r-s1', 'r-s9', 'r-s10']);
  });

  it('goes up, down and away click by click, alone or beside other keys', () => {
    const up = toggleSort([], 'a', 'only');
    const down = toggleSort(up, 'a', 'only');
    expect([up, down, toggleSort(down, 'a', 'only')]).toEqual([
      [{ column: 'a', descending: false }],
      [{ column: 'a', descending: true }],
      [],
    ]);
    const both = toggleSort(up, 'b', 'add');
    expect(both.map(({ column: id }) => id)).toEqual(['a', 'b']);
    expect(toggleSort(both, 'a', 'add')).toEqual([{ column: 'a', descending: true }, both[1]]);
  });
});

describe('comparing', () => {
  it('marks the best by its direction, and nothing where all are equal or alone', () => {
    const rows = [0.2, NaN, 0.9, 0.5].map((knn, i) => tableRow(`r${i}`, { figures: { knn, ece: knn } }));
    expect(bestOf(column(rows, 'metric:knn'), rows)).toBe(0.9);
    expect(bestOf(column(rows, 'metric:ece'), rows)).toBe(0.2);
    expect(bestOf(column(rows, 'metric:knn'), rows.slice(0, 2))).toBeUndefined();
    expect(bestOf(column(rows, 'run:created'), rows)).toBeUndefined();
  });

  it('does not call a raw contrastive loss better, because temperature and batch move it; headroom it does', () => {
    const tags = {
      'loss/optimised': { last: 5, min: 4, max: 7 },
      'loss/headroom': { last: 0.4, min: 0.3, max: 1 },
      'val/acc': { last: 88, min: 10, max: 89 },
    };
    const ids = columnsOf([tableRow('a', { tags })]).filter(({ group }) => group === 'tags');
    expect(ids.map(({ id, better }) => [id, better])).toEqual([
      ['tag:loss/headroom:last', 'lower'],
      ['tag:loss/headroom:best', 'lower'],
      ['tag:loss/optimised:last', undefined],
      ['tag:loss/optimised:min', undefined],
      ['tag:loss/optimised:max', undefined],
      ['tag:val/acc:last', 'higher'],
      ['tag:val/acc:best', 'higher'],
    ]);
    expect(ids[1]?.of(tableRow('a', { tags }))).toBe(0.3);
  });

  it('leaves only columns that differ, the pinned ones always; a missing value is a difference', () => {
    const rows = [
      tableRow('a', { settings: { x: 1, y: 2, z: null } }),
      tableRow('b', { settings: { x: 1, y: 2, z: 1 } }),
    ];
    const columns = ['run:name', 'setting:x', 'setting:y', 'setting:z', 'setting:gone'].map((id) => ({
      id,
      width: 100,
      pinned: id === 'run:name',
    }));
    const shown = shownColumns({ columns, onlyDiffering: true }, columnsOf(rows), rows);
    expect(shown.map(({ id }) => id)).toEqual(['run:name', 'setting:z']);
    expect(differs(column(rows, 'setting:z'), [])).toBe(false);
  });

  it('takes no inherited property for a setting or a tag', () => {
    const rows = [
      tableRow('a', { settings: { constructor: 1 }, tags: { toString: { last: 1, min: 1, max: 1 } } }),
      tableRow('b'),
    ];
    expect(column(rows, 'setting:constructor').of(rows[1])).toBeUndefined();
    expect(column(rows, 'tag:toString:last').of(rows[1])).toBeUndefined();
  });
});

describe('grouping', () => {
  it.each(SEEDS)('shows every run once, in its group, when all groups are open (seed %i)', (seed) => {
    const rows = randomRows(seed, 50);
    const layout = { ...DEFAULT_LAYOUT, grouped: true, sort: [{ column: 'metric:knn', descending: true }] };
    const openGroups = new Set(['a', 'b', 'c']);
    const entries = arrange(rows, { ...ARRANGEMENT, layout, columns: columnsOf(rows), openGroups });
    let group: string | undefined;
    const seen: unknown[] = [];
    for (const entry of entries) {
      if (entry.kind === 'group') group = entry.group.key;
      else {
        seen.push(entry.row);
        if (entry.isMember) expect(entry.row.seedGroup).toBe(group);
      }
    }
    expect(seen).toHaveLength(rows.length);
    expect(new Set(seen)).toEqual(new Set(rows));
    const closed = arrange(rows, { ...ARRANGEMENT, layout, columns: columnsOf(rows) });
    expect(closed.every((entry) => entry.kind === 'group' || !entry.isMember)).toBe(true);
  });

  it('has mean and sample deviation over finite values, and says of how many', () => {
    const rows = [0.9, 0.92, NaN, 0.94].map((knn, i) =>
      tableRow(`r${i}`, { figures: { knn }, seedGroup: 'g' }),
    );
    const spread = spreadOf(column(rows, 'metric:knn'), rows);
    expect(spread?.mean).toBeCloseTo(0.92, 12);
    expect(spread?.deviation).toBeCloseTo(0.02, 12);
    expect(spread?.count).toBe(3);
    expect(groupBySeed(rows)).toHaveLength(1);
  });
});

describe('what was seen', () => {
  it('stays in its order while values change; new runs stand at the end', () => {
    const layout = { ...DEFAULT_LAYOUT, sort: [{ column: 'metric:knn', descending: true }] };
    const order = (figures: Readonly<Record<string, number>>, seen?: readonly string[]) => {
      const rows = Object.entries(figures).map(([name, knn]) => tableRow(name, { figures: { knn } }));
      const entries = arrange(rows, { ...ARRANGEMENT, layout, columns: columnsOf(rows) });
      return (seen ? inSeenOrder(entries, seen) : entries).map(({ key }) => key);
    };
    const first = order({ a: 0.1, b: 0.2, c: 0.3 });
    expect(first).toEqual(['/runs/c', '/runs/b', '/runs/a']);
    expect(order({ a: 0.9, b: 0.2, d: 0.99 }, first)).toEqual(['/runs/b', '/runs/a', '/runs/d']);
  });
});

describe('searching and filtering', () => {
  const rows = [
    tableRow('fmnist-supcon-s1', { settings: { 'loss.temperature': 0.1 }, figures: { knn: 0.88 } }),
    tableRow('fmnist-simclr-s1', { settings: { 'loss.temperature': 0.5 } }),
  ];
  const columns = columnsOf(rows);
  const names = (layout: typeof DEFAULT_LAYOUT, search = '') =>
    filteredRows(rows, { layout, columns, search }).map(({ summary }) => summary.name);

  it('finds all words in names and shown columns', () => {
    expect(names(DEFAULT_LAYOUT, 'SIMCLR fmnist')).toEqual(['fmnist-simclr-s1']);
    expect(names(DEFAULT_LAYOUT, '0.5')).toEqual(['fmnist-simclr-s1']);
    expect(names({ ...DEFAULT_LAYOUT, columns: [] }, '0.5')).toEqual([]);
  });

  it('passes over a filter whose column is gone', () => {
    const filters = [{ column: 'setting:gone', operator: '=', operand: '1' } as const];
    expect(names({ ...DEFAULT_LAYOUT, filters })).toHaveLength(2);
  });
});
