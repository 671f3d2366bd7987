import { expect, it } from 'vitest';
import type { SelectedSamples } from '../../../src/extension/selectionBus';
import { SelectionBus } from '../../../src/extension/selectionBus';

const ASKED: SelectedSamples = { ids: ['test/1'], asked: { runs: ['/runs/a'], instead: 'changed' } };

/** A map that notes what it hears. */
function mapOf(bus: SelectionBus, runs: readonly string[]) {
  const heard: SelectedSamples[] = [];
  const own = {};
  const subscription = bus.listen(own, (samples) => {
    heard.push(samples);
    return samples.asked?.runs.every((run) => runs.includes(run)) ?? false;
  });
  return { own, heard, subscription };
}

it('tells all but who tells, and no longer who has gone', () => {
  const bus = new SelectionBus();
  const [a, b] = [mapOf(bus, ['/runs/a']), mapOf(bus, ['/runs/b'])];
  expect(bus.tell(a.own, { ids: ['x'] })).toBe(false);
  expect([a.heard.length, b.heard.length]).toEqual([0, 1]);
  b.subscription.dispose();
  bus.tell(a.own, { ids: ['y'] });
  expect(b.heard).toHaveLength(1);
});

it('opens a map only where none shows the runs that were asked about, and tells it then', async () => {
  const bus = new SelectionBus();
  const other = mapOf(bus, ['/runs/b']);
  let opened: ReturnType<typeof mapOf> | undefined;
  const open = () => Promise.resolve((opened = mapOf(bus, ['/runs/a'])));
  await bus.ask({}, ASKED, open);
  expect(opened?.heard).toEqual([ASKED]);
  const before = opened;
  await bus.ask({}, ASKED, open);
  expect(opened).toBe(before);
  expect(before?.heard).toHaveLength(2);
  expect(other.heard.length).toBeGreaterThan(0);
});
