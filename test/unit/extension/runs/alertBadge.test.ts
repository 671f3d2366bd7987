/** The number on the view: alerts of the shown run that want attention, told when it changes. */
import { expect, test } from 'vitest';
import type { Alert } from '../../../../src/domain/run/alert';
import { AlertBadge } from '../../../../src/extension/runs/alertBadge';
import { LiveRunPool } from '../../../../src/extension/runs/liveRun';
import { ALERT, runSummary } from '../../../browser/messages';
import { createFakeBackend } from '../fakeBackend';

test('counts what wants attention in the shown run, and lets go of the run before', () => {
  const backend = createFakeBackend();
  const told: number[] = [];
  const badge = new AlertBadge(new LiveRunPool(backend), (count) => told.push(count));
  const raise = (folder: string, alert: Alert) =>
    backend.listenersOf(folder).forEach((listener) => listener.onAlerts([alert]));
  badge.show('/a');
  raise('/a', ALERT);
  raise('/a', { ...ALERT, step: ALERT.step + 50 });
  raise('/a', { ...ALERT, kind: 'departs', severity: 'information' });
  expect(told).toEqual([1]);
  raise('/a', { ...ALERT, kind: 'collapsed', severity: 'error' });
  expect(told).toEqual([1, 2]);
  const acknowledged = runSummary({ folder: '/a', acknowledged: [ALERT.kind, 'collapsed'] });
  backend.listenersOf('/a').forEach((listener) => listener.onState(acknowledged));
  expect(told).toEqual([1, 2, 0]);
  badge.show('/b');
  expect(backend.listenersOf('/a')).toHaveLength(0);
  raise('/b', ALERT);
  badge.show(undefined);
  expect(told).toEqual([1, 2, 0, 1, 0]);
  badge.dispose();
});
