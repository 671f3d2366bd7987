/** Alerts of training: those that are due after a step, and whether one of them ends the run. */
import { isLoaderBound, loaderBoundAlert } from '../../domain/advice/loaderBound';
import type { Configuration } from '../../domain/configuration/schema';
import { collapseAlert, isCollapsed } from '../../domain/diagnostics/collapse';
import { maskAlerts } from '../../domain/diagnostics/masks';
import type { Alert } from '../../domain/run/alert';
import { isAtLeast } from '../../domain/run/alert';
import type { LoopState } from './state';

type AlertsConfiguration = Configuration['alerts'];

/** The alerts that are due after a step, at a time in milliseconds since 1970. */
export function dueAlerts(after: LoopState, configuration: AlertsConfiguration, at: number): Alert[] {
  const step = after.step - 1;
  const { collapseStreak, masks, waiting } = after;
  return [
    ...(isCollapsed(collapseStreak, configuration) ? [collapseAlert(collapseStreak, step, at)] : []),
    ...maskAlerts(masks, configuration.emptyBatches, { step, at }),
    ...(isLoaderBound(waiting, configuration) ? [loaderBoundAlert(waiting, step, at)] : []),
  ];
}

/**
 * Why the run ends, or undefined where it goes on. Only what is said for the first time ends it: who resumes a run that
 * was ended by an alert wants to go on.
 */
export function endingOf(
  alerts: readonly Alert[],
  after: LoopState,
  { stopOn, collapseSteps }: AlertsConfiguration,
): string | undefined {
  if (stopOn === 'none') return undefined;
  const isRepeated = (alert: Alert) => alert.kind === 'collapsed' && after.collapseStreak > collapseSteps;
  const ending = alerts.find((alert) => isAtLeast(alert, stopOn) && !isRepeated(alert));
  return ending && `Stopped by its own alert ("alerts.stopOn" is "${stopOn}"): ${ending.cause}`;
}
