/** Alerts as people read them: one entry a kind, what wants attention first. */
import { alertStepsText } from '../../../../src/domain/display/alertWords';
import { expect, test } from 'vitest';
import type { Alert } from '../../../../src/domain/run/alert';
import { countPending, groupAlerts } from '../../../../src/domain/run/alertGroups';
import { annotate } from '../../../../src/domain/run/annotation';
import { alertsSummary } from '../../../../webview/run/state/words';

function alert(kind: string, step: number, changes: Partial<Alert> = {}): Alert {
  return {
    kind,
    severity: 'warning',
    step,
    at: step,
    cause: `${kind} at ${step}`,
    remedy: 'Mend it.',
    ...changes,
  };
}

const ALERTS = [
  alert('departs', 0, { severity: 'information' }),
  alert('collapsed', 149, { severity: 'error', since: 100 }),
  alert('loader-bound', 160),
  alert('collapsed', 199, { severity: 'error', since: 100 }),
];

test('one entry a kind, from its first step to its last, with the words of the last', () => {
  const groups = groupAlerts(ALERTS);
  expect(groups.map(({ kind, firstStep, lastStep, count }) => [kind, firstStep, lastStep, count])).toEqual([
    ['collapsed', 100, 199, 2],
    ['loader-bound', 160, 160, 1],
    ['departs', 0, 0, 1],
  ]);
  expect(groups[0].cause).toBe('collapsed at 199');
  expect(groups.map(alertStepsText)).toEqual(['steps 100 to 199', 'step 160', 'step 0']);
});

test('what is acknowledged, or only information, wants no attention and stands behind what does', () => {
  const groups = groupAlerts(ALERTS, ['collapsed']);
  expect(groups.map(({ kind }) => kind)).toEqual(['loader-bound', 'collapsed', 'departs']);
  expect(countPending(groups)).toBe(1);
  expect(alertsSummary(groups)).toBe('1 alert: loader-bound at 160');
  expect(alertsSummary(groupAlerts(ALERTS, ['collapsed', 'loader-bound', 'departs']))).toBe(
    '3 alerts, acknowledged',
  );
  expect(alertsSummary(groupAlerts([]))).toBe('');
});

test('the gravest severity of a kind holds', () => {
  const [group] = groupAlerts([
    alert('a', 1, { severity: 'error' }),
    alert('a', 2, { severity: 'information' }),
  ]);
  expect(group.severity).toBe('error');
});

test('whoever acknowledges first stays the first, and hostile kinds are refused', () => {
  const first = annotate({ formatVersion: 1 }, { acknowledge: { kinds: ['collapsed'], at: 5 } });
  const second = annotate(first, { acknowledge: { kinds: ['collapsed', 'loader-bound'], at: 9 } });
  expect(second.acknowledged).toEqual({ collapsed: 5, 'loader-bound': 9 });
  expect(annotate(second, { starred: true }).acknowledged).toEqual(second.acknowledged);
  for (const kind of ['a\u001b[2K', 'x'.repeat(101)])
    expect(() => annotate({ formatVersion: 1 }, { acknowledge: { kinds: [kind], at: 1 } })).toThrow(
      /kind of an alert/,
    );
});
