/** Selections against sets of ids, for random partners, rows and modes. */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random/stream';
import { partnersOf } from '../../../../webview/projector/state/partners';
import {
  emptySelection,
  invertSelection,
  selectedIds,
  selectedRows,
  selectIds,
  selectRows,
} from '../../../../webview/projector/state/selection';

const ROWS = 60;
const idsFrom = (first: number) => Array.from({ length: ROWS }, (_, row) => `sample ${first + row}`);
/** The second half of the left pane is the first half of the right one. */
const PANES = { left: idsFrom(0), right: idsFrom(ROWS / 2) };
const PARTNERS = partnersOf(
  Int32Array.from(PANES.left, (id) => PANES.right.indexOf(id)),
  ROWS,
);

describe('selections', () => {
  it('of two panes are what sets of ids would be, for 200 random steps', () => {
    const random = new RandomStream(3);
    let selection = emptySelection(ROWS, ROWS);
    let expected = new Set<string>();
    for (let step = 0; step < 200; step++) {
      const pane = random.uint32() % 2 === 0 ? 'left' : 'right';
      const rows = Array.from({ length: random.uint32() % 20 }, () => random.uint32() % ROWS);
      const mode = (['add', 'subtract', 'replace'] as const)[random.uint32() % 3] ?? 'add';
      if (mode === 'replace') expected = new Set();
      for (const row of rows) expected[mode === 'subtract' ? 'delete' : 'add'](PANES[pane][row] ?? '');
      selection = selectRows(selection, { pane, rows, mode }, PARTNERS);
      if (step % 17 === 0) {
        selection = invertSelection(selection, () => true, PARTNERS);
        const before = expected;
        expected = new Set([...PANES.left, ...PANES.right].filter((id) => !before.has(id)));
      }
      expect(new Set(selectedIds(selection, PANES, PARTNERS))).toEqual(expected);
      expect(selection.count).toBe(expected.size);
    }
  });

  it('come back from their ids, in both panes', () => {
    const none = emptySelection(ROWS, ROWS);
    const before = selectRows(none, { pane: 'right', rows: [0, 5, 59], mode: 'add' }, PARTNERS);
    const after = selectIds(selectedIds(before, PANES, PARTNERS), PANES, PARTNERS);
    expect(after).toEqual(before);
    expect([...selectedRows(after, 'left')]).toEqual([30, 35]);
  });

  it('leave out what may not be selected, and rows that are none', () => {
    const none = emptySelection(ROWS, ROWS);
    expect(invertSelection(none, ({ row, pane }) => row < 2 && pane === 'left', PARTNERS).count).toBe(2);
    expect(selectRows(none, { pane: 'left', rows: [-1, 60, 1e9], mode: 'add' }, PARTNERS).count).toBe(0);
  });
});

describe('partners', () => {
  it('are mutual, whatever the host claims', () => {
    const { left, right } = partnersOf(Int32Array.of(1, 1, 7, -3, 0), 2);
    expect([...left]).toEqual([1, -1, -1, -1, 0]);
    expect([...right]).toEqual([4, 0]);
  });
});
