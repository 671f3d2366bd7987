import { expect, it } from 'vitest';
import type { AlertGroup } from '../../../../src/domain/run/alertGroups';
import { alertEntries, alertsLine } from '../../../../webview/dashboard/state/alertList';
import type { RunEntry } from '../../../../webview/dashboard/state/model';
import { runSummary } from '../../../browser/messages';

function runOf(name: string): RunEntry {
  const folder = `/runs/${name}`;
  const rest = { look: { hue: 0, dash: 0 }, parameters: {}, tags: new Map(), skipped: 0, problems: [] };
  return { folder, summary: runSummary({ folder, name }), ...rest };
}

function groupOf(kind: string, changes: Partial<AlertGroup> = {}): AlertGroup {
  const steps = { firstStep: 1, lastStep: 2, count: 1, at: 0 };
  const words = { cause: `${kind}.`, remedy: '', isAcknowledged: false };
  return { kind, severity: 'warning', ...steps, ...words, ...changes };
}

const RUNS = [runOf('fmnist-supcon-s1'), runOf('fmnist-supcon-s2')];

function entriesOf(...groups: readonly (readonly AlertGroup[])[]) {
  return alertEntries({ runs: RUNS, alerts: new Map(RUNS.map((run, i) => [run.folder, groups[i] ?? []])) });
}

it('puts what wants attention first, the gravest and then the latest of it, under names that tell runs apart', () => {
  const entries = entriesOf(
    [groupOf('seen', { isAcknowledged: true, severity: 'error' }), groupOf('old')],
    [
      groupOf('note', { severity: 'information', at: 9 }),
      groupOf('new', { at: 5 }),
      groupOf('grave', { severity: 'error' }),
    ],
  );
  expect(entries.map(({ group }) => group.kind)).toEqual(['grave', 'new', 'old', 'seen', 'note']);
  expect(entries[0]?.name).not.toContain('fmnist');
  expect(alertsLine(entries)).toBe('3 alerts in 2 runs: grave.');
});

it('says that all were acknowledged, or that there is but information, or nothing', () => {
  const seen = groupOf('seen', { isAcknowledged: true });
  expect(alertsLine(entriesOf([seen], [seen]))).toBe('2 alerts, acknowledged');
  expect(alertsLine(entriesOf([groupOf('note', { severity: 'information' })]))).toBe('1 alert: note.');
  expect(alertsLine(entriesOf())).toBe('');
});

it('leaves out alerts of runs that have left', () => {
  const alerts = new Map([['/runs/gone', [groupOf('x')]]]);
  expect(alertEntries({ runs: RUNS, alerts })).toEqual([]);
});
