import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../../src/domain/runsTable/row';
import { DEFAULT_LAYOUT } from '../../../../src/domain/runsTable/layout';
import { parseTableHostMessage, parseTableLayout, toWireRow } from '../../../../src/protocol/pages/table';
import type { WireTableMessage } from '../../../../src/protocol/pages/table';
import { callOf } from '../../../../src/extension/page/tableCommands';
import type { TableRequest } from '../../../../src/extension/page/tableSession';
import { TableSession } from '../../../../src/extension/page/tableSession';
import { Emitter } from '../../../../src/extension/disposable';
import { tableRow } from '../../domain/runsTable/rows';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function createPage() {
  const changed = new Emitter<void>();
  const source = {
    rows: undefined as readonly RunRow[] | undefined,
    onDidChange: (listener: () => void) => changed.event(listener),
  };
  const posted: WireTableMessage[] = [];
  const requests: TableRequest[] = [];
  const rejected: unknown[] = [];
  const held: ((delivered: boolean) => void)[] = [];
  const behaviour = { answer: 'at once' as 'at once' | 'lost' | 'held' };
  const port = {
    post: (message: WireTableMessage) => {
      posted.push(message);
      if (behaviour.answer === 'held') return new Promise<boolean>((resolve) => held.push(resolve));
      return Promise.resolve(behaviour.answer === 'at once');
    },
    handle: (request: TableRequest) => requests.push(request),
    reject: (message: unknown) => rejected.push(message),
  };
  const session = new TableSession(port, source, () => DEFAULT_LAYOUT);
  const tell = async (rows: readonly RunRow[]) => {
    source.rows = rows;
    changed.fire();
    await settled();
  };
  return { session, posted, requests, rejected, held, behaviour, tell };
}

const [A, B, C] = ['a', 'b', 'c'].map((name) => tableRow(name));

describe('the session of the runs table', () => {
  it('waits until runs are read, then sends all of them, then what changed and what is gone', async () => {
    const { session, posted, tell } = createPage();
    session.receive({ type: 'boot' });
    await settled();
    expect(posted).toEqual([]);
    await tell([A, B]);
    const newB = { ...B, figures: { knn: 0.9 } };
    await tell([A, newB, C]);
    await tell([A, newB, C]);
    await tell([newB, C]);
    expect(posted).toMatchObject([
      { type: 'snapshot', sequence: 1, rows: [{ summary: A.summary }, { summary: B.summary }] },
      {
        type: 'delta',
        sequence: 2,
        changed: [{ figures: { knn: 0.9 } }, { summary: C.summary }],
        removed: [],
      },
      { type: 'delta', sequence: 3, changed: [], removed: [A.summary.folder] },
    ]);
    expect(posted).toHaveLength(3);
  });

  it('gathers what changes while a message is on its way, and sends a snapshot after one that was lost', async () => {
    const { session, posted, tell, held, behaviour } = createPage();
    await tell([A]);
    behaviour.answer = 'held';
    session.receive({ type: 'boot' });
    for (const knn of [0.1, 0.2, 0.3]) await tell([{ ...A, figures: { knn } }]);
    expect(posted).toHaveLength(1);
    held[0]?.(true);
    await settled();
    expect(posted[1]).toMatchObject({ type: 'delta', changed: [{ figures: { knn: 0.3 } }] });
    held[1]?.(false);
    await settled();
    behaviour.answer = 'at once';
    await tell([B]);
    expect(posted[2]).toMatchObject({ type: 'snapshot', rows: [{ summary: B.summary }] });
  });

  it('posts nothing to a hidden page, and a snapshot when it returns', async () => {
    const { session, posted, tell } = createPage();
    session.setVisible(false);
    session.receive({ type: 'boot' });
    await tell([A]);
    await tell([A, B]);
    expect(posted).toEqual([]);
    session.setVisible(true);
    await settled();
    expect(posted).toMatchObject([{ type: 'snapshot', sequence: 1 }]);
  });

  it('tells no run in an untrusted workspace', async () => {
    const { session, posted, tell } = createPage();
    session.setTrusted(false);
    session.receive({ type: 'boot' });
    await tell([A]);
    expect(posted).toMatchObject([{ type: 'snapshot', rows: [], trusted: false }]);
    session.setTrusted(true);
    await settled();
    expect(posted[1]).toMatchObject({ type: 'snapshot', rows: [{ summary: A.summary }], trusted: true });
  });

  it('acts on known runs alone, and drops what is no message', async () => {
    const { session, requests, rejected, tell } = createPage();
    await tell([A]);
    const hostile = [null, 7, { type: 'action', action: 'format', folders: [] }, { type: 'copy' }];
    for (const message of hostile) session.receive(message);
    expect(rejected).toEqual(hostile);
    session.receive({ type: 'action', action: 'openDashboard', folders: ['/etc', A.summary.folder] });
    expect(requests).toEqual([{ type: 'action', action: 'openDashboard', folders: [A.summary.folder] }]);
  });
});

describe('the wire of the runs table', () => {
  it('carries NaN and infinities through JSON', () => {
    const row = tableRow('a', {
      figures: { knn: NaN, ece: -Infinity },
      tags: { loss: { last: Infinity, min: NaN, max: 3 } },
    });
    const message = { type: 'delta', sequence: 1, changed: [toWireRow(row)], removed: [] };
    const parsed = parseTableHostMessage(JSON.parse(JSON.stringify(message)));
    expect(parsed).toMatchObject({ changed: [{ figures: row.figures, tags: row.tags }] });
  });

  it('reads a kept layout, and none from another version', () => {
    expect(parseTableLayout(JSON.parse(JSON.stringify(DEFAULT_LAYOUT)))).toEqual(DEFAULT_LAYOUT);
    for (const value of [undefined, null, [], { columns: 'all' }, { ...DEFAULT_LAYOUT, sort: undefined }])
      expect(parseTableLayout(value)).toBeUndefined();
  });
});

it('calls commands as the tree does, with a run and all runs, and none without a run', () => {
  expect(callOf('compare', ['/a', '/b'])).toEqual(['supcon.compareRuns', '/a', ['/a', '/b']]);
  expect(callOf('openDashboard', [])).toBeUndefined();
});
