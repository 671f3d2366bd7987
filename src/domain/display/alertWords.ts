/** What every surface says of a group of alerts. */
import * as l10n from '@vscode/l10n';
import type { AlertGroup } from '../run/alertGroups';
import { formatCount } from './format';

/** For example `step 1,200`, or of a condition that lasted `steps 1,151 to 1,350`. */
export function alertStepsText({ firstStep, lastStep }: AlertGroup): string {
  if (firstStep === lastStep) return l10n.t('step {0}', formatCount(lastStep));
  return l10n.t('steps {0} to {1}', formatCount(firstStep), formatCount(lastStep));
}

/** For example `12 alerts: The loss has been on its collapse line`, with the cause of the one to look at first. */
export function alertsAndFirst(count: number, cause: string): string {
  return count === 1 ? l10n.t('1 alert: {0}', cause) : l10n.t('{0} alerts: {1}', formatCount(count), cause);
}

/** Of alerts that somebody has seen to, all of them: `12 alerts, acknowledged`. */
export function acknowledgedAlerts(count: number): string {
  return count === 1
    ? l10n.t('1 alert, acknowledged')
    : l10n.t('{0} alerts, acknowledged', formatCount(count));
}

/** For example `raised 12 times`; empty for once. */
export function alertTimesText({ count }: AlertGroup): string {
  return count === 1 ? '' : l10n.t('raised {0} times', formatCount(count));
}
