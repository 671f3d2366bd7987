/**
 * Alerts as people read them: one entry for each kind, however often it was raised, from its first step to its last.
 * Somebody acknowledges a kind once, for everybody and for the rest of the run.
 */
import type { Alert, Severity } from './alert';
import { isAtLeast } from './alert';

export interface AlertGroup {
  readonly kind: string;
  /** The gravest of them. */
  readonly severity: Severity;
  readonly firstStep: number;
  readonly lastStep: number;
  /** How often it was raised. */
  readonly count: number;
  /** When it was raised last, in milliseconds since 1970. */
  readonly at: number;
  /** Those of the last one. */
  readonly cause: string;
  readonly remedy: string;
  readonly isAcknowledged: boolean;
}

/** The groups, those that want attention first, then the latest first. `acknowledged` are kinds. */
export function groupAlerts(
  alerts: readonly Alert[],
  acknowledged: readonly string[] = [],
): readonly AlertGroup[] {
  const groups = new Map<string, AlertGroup>();
  for (const alert of alerts)
    groups.set(alert.kind, extend(groups.get(alert.kind), alert, acknowledged.includes(alert.kind)));
  return [...groups.values()].sort(byAttention);
}

/** How many of the groups want attention: what is only information, or acknowledged, does not. */
export function countPending(groups: readonly AlertGroup[]): number {
  return groups.filter(isPending).length;
}

/** Whether a group wants attention. */
export function isPending(group: AlertGroup): boolean {
  return !group.isAcknowledged && isAtLeast(group, 'warning');
}

function extend(group: AlertGroup | undefined, alert: Alert, isAcknowledged: boolean): AlertGroup {
  const { kind, severity, step, since = step, at, cause, remedy } = alert;
  const own = {
    kind,
    severity,
    firstStep: since,
    lastStep: step,
    count: 1,
    at,
    cause,
    remedy,
    isAcknowledged,
  };
  if (group === undefined) return own;
  return {
    ...own,
    severity: isAtLeast(group, severity) ? group.severity : severity,
    firstStep: Math.min(group.firstStep, since),
    lastStep: Math.max(group.lastStep, step),
    count: group.count + 1,
  };
}

function byAttention(a: AlertGroup, b: AlertGroup): number {
  return Number(isPending(b)) - Number(isPending(a)) || b.at - a.at;
}
