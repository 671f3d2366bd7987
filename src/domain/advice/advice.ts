/** All that a person should know of a configuration before it runs: how it departs from its preset, and warnings. */
import { departures, describeDepartures } from '../configuration/presets/departures';
import type { Configuration } from '../configuration/schema';
import type { Alert } from '../run/alert';
import type { ClassCounts } from './batch';
import { batchWarnings } from './batch';
import { adamRateWarning, probeRateWarning, scaledRateWarning } from './learningRate';
import { temperatureWarning } from './temperature';
import type { Warning } from './warning';

/** Warnings about a configuration on data with so many training images of each class. */
export function warningsOf(configuration: Configuration, counts: ClassCounts): Warning[] {
  const single = [scaledRateWarning, adamRateWarning, probeRateWarning, temperatureWarning];
  return [
    ...single.flatMap((warning) => warning(configuration) ?? []),
    ...batchWarnings(configuration, counts),
  ];
}

/** Departures and warnings, one line each, for a terminal. */
export function describeAdvice(configuration: Configuration, counts: ClassCounts): string[] {
  const departed = describeDepartures(configuration, departures(configuration));
  const warned = warningsOf(configuration, counts).map(({ cause, remedy }) => `Warning: ${cause} ${remedy}`);
  return [...(departed === undefined ? [] : [departed]), ...warned];
}

/** The same as alerts of a run's first step. `at` is in milliseconds since 1970. */
export function adviceAlerts(configuration: Configuration, counts: ClassCounts, at: number): Alert[] {
  const departed = describeDepartures(configuration, departures(configuration));
  const noted: Alert[] =
    departed === undefined
      ? []
      : [
          {
            kind: 'departs-from-preset',
            severity: 'information',
            step: 0,
            at,
            cause: departed,
            remedy: 'Compare its results with those of the preset only with this in mind.',
          },
        ];
  const warned = warningsOf(configuration, counts).map((warning): Alert => ({
    ...warning,
    severity: 'warning',
    step: 0,
    at,
  }));
  return [...noted, ...warned];
}

/** Training images of each class. `indices` are the training images, `labels` those of the whole set. */
export function countClasses(
  { labels, classes }: { readonly labels: ArrayLike<number>; readonly classes: number },
  indices: Iterable<number>,
): ClassCounts {
  const counts = new Array<number>(classes).fill(0);
  for (const index of indices) counts[labels[index]]++;
  return counts;
}
