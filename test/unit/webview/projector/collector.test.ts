/** Neighbours of many samples, of which few are asked for at once. */
import { describe, expect, it } from 'vitest';
import { PURPOSE, randomStream } from '../../../../src/domain/random/stream';
import type { ProjectorPageMessage } from '../../../../src/protocol/pages/projector';
import { MOST_OPEN, NeighbourCollector } from '../../../../webview/projector/state/collector';
import { Neighbourhood } from '../../../../webview/projector/state/neighbourhood';

type Asked = Extract<ProjectorPageMessage, { type: 'neighbours' }>;
const K = 5;

function questionsOf(rows: number) {
  const about = { pane: 'left' as const, epoch: 3, metric: 'cosine' as const, table: 'features', k: K };
  return Array.from({ length: rows }, (_, row) => ({ ...about, row }));
}

/** A host that answers when it is told to. */
function world() {
  const open: Asked[] = [];
  let asked = 0;
  const neighbourhood = new Neighbourhood((message) => {
    if (message.type !== 'neighbours') return;
    asked++;
    open.push(message);
  });
  const answer = ({ pane, epoch, row, metric, k }: Asked) => {
    const rows = Int32Array.from({ length: k }, (_, i) => row + i + 1);
    const values = new Float32Array(k);
    neighbourhood.add({ type: 'neighbours', pane, epoch, row, metric, k, rows, values });
  };
  return { open, neighbourhood, answer, asked: () => asked };
}

describe('the neighbours of a selection', () => {
  it('are all found, each asked for once, few at a time, in whatever order they come', () => {
    const { open, neighbourhood, answer, asked } = world();
    // More than the page remembers.
    const collector = new NeighbourCollector(questionsOf(1300), neighbourhood);
    const random = randomStream(2, PURPOSE.sample, 0);
    while (!collector.goOn()) {
      expect(open.length).toBeLessThanOrEqual(MOST_OPEN);
      const some = 1 + Math.floor(random.uniform() * open.length);
      for (let i = 0; i < some; i++)
        open.splice(Math.floor(random.uniform() * open.length), 1).forEach(answer);
    }
    expect([asked(), collector.count, collector.total]).toEqual([1300, 1300, 1300]);
    for (const row of [0, 640, 1299])
      expect([...(collector.listOf({ pane: 'left', row })?.rows ?? [])]).toEqual(
        [1, 2, 3, 4, 5].map((by) => row + by),
      );
  });

  it('that are here are not asked for, unless they are fewer than is wanted', () => {
    const { open, neighbourhood, answer } = world();
    const [first, second, third] = questionsOf(3).map((question): Asked => ({
      ...question,
      type: 'neighbours',
    }));
    answer(first);
    answer({ ...second, k: 2 });
    const collector = new NeighbourCollector(questionsOf(3), neighbourhood);
    expect(collector.goOn()).toBe(false);
    expect(open.map(({ row }) => row)).toEqual([1, 2]);
    answer({ ...second, k: 2 });
    answer(third);
    expect(collector.goOn()).toBe(false);
    answer(second);
    expect(collector.goOn()).toBe(true);
    expect(collector.listOf(second)?.rows).toHaveLength(K);
  });

  it('of nothing are there at once', () => {
    expect(new NeighbourCollector([], world().neighbourhood).goOn()).toBe(true);
  });
});
