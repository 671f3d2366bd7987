/** What every surface says of a group of alerts. */
import type { AlertGroup } from '../run/alertGroups';
import { formatCount } from './format';

/** For example `step 1,200`, or of a condition that lasted `steps 1,151 to 1,350`. */
export function alertStepsText({ firstStep, lastStep }: AlertGroup): string {
  if (firstStep === lastStep) return `step ${formatCount(lastStep)}`;
  return `steps ${formatCount(firstStep)} to ${formatCount(lastStep)}`;
}

/** For example `12 alerts`. */
export function countAlerts(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'alert' : 'alerts'}`;
}

/** For example `raised 12 times`; empty for once. */
export function alertTimesText({ count }: AlertGroup): string {
  return count === 1 ? '' : `raised ${formatCount(count)} times`;
}
