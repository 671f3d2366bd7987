/** The alerts of the runs in view as one list: what wants attention first, the gravest and then the latest of it. Pure. */
import * as l10n from '@vscode/l10n';
import { acknowledgedAlerts, alertsAndFirst } from '../../../src/domain/display/alertWords';
import { formatCount } from '../../../src/domain/display/format';
import { shortNames } from '../../../src/domain/display/shortNames';
import { SEVERITIES } from '../../../src/domain/run/alert';
import type { AlertGroup } from '../../../src/domain/run/alertGroups';
import { isPending } from '../../../src/domain/run/alertGroups';
import type { Model, RunEntry } from './model';

/** All alerts of a kind of one run. */
export interface AlertEntry {
  readonly run: RunEntry;
  /** The run's name, cut to what tells it from the others in view. */
  readonly name: string;
  readonly group: AlertGroup;
}

/** The list. */
export function alertEntries({ runs, alerts }: Pick<Model, 'runs' | 'alerts'>): readonly AlertEntry[] {
  const names = shortNames(runs.map(({ summary }) => summary.name));
  const entries = runs.flatMap((run, i) =>
    (alerts.get(run.folder) ?? []).map((group) => ({ run, name: names[i] ?? '', group })),
  );
  return entries.sort(byAttention);
}

/** One line for all: how many want attention, in how many runs, and the first of them; empty where there are none. */
export function alertsLine(entries: readonly AlertEntry[]): string {
  const [first] = entries;
  if (first === undefined) return '';
  if (entries.every(({ group }) => group.isAcknowledged)) return acknowledgedAlerts(entries.length);
  const pending = entries.filter(({ group }) => isPending(group));
  const counted = pending.length > 0 ? pending : entries;
  const runs = new Set(counted.map(({ run }) => run.folder)).size;
  const { cause } = first.group;
  return runs > 1
    ? l10n.t('{0} alerts in {1} runs: {2}', formatCount(counted.length), runs, cause)
    : alertsAndFirst(counted.length, cause);
}

function byAttention({ group: a }: AlertEntry, { group: b }: AlertEntry): number {
  return (
    Number(isPending(b)) - Number(isPending(a)) ||
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    b.at - a.at
  );
}
