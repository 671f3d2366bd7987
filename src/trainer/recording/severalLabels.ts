/** What a run says of samples with several labels or soft ones: once as an alert, and with every figure. */
import { HEAVIEST_LABEL, severalLabelsText } from '../../domain/losses/severalLabels';
import type { Configuration } from '../../domain/configuration/schema';
import type { Alert } from '../../domain/run/alert';
import type { Figure } from '../../domain/run/results';
import type { Dataset } from '../../formats/datasets/imageSet';
import { meanLabels } from '../../formats/datasets/labelWeights';

/** An alert at the run's first step, or undefined where each sample has one label. `at` is in milliseconds since 1970. */
export function severalLabelsAlert(
  configuration: Configuration,
  { train }: Pick<Dataset, 'train'>,
  at: number,
): Alert | undefined {
  const mean = meanLabels(train);
  if (mean === undefined) return undefined;
  return {
    kind: 'several-labels',
    severity: 'information',
    step: 0,
    at,
    cause: severalLabelsText(configuration, mean),
    remedy: 'Compare its accuracies with those of runs on the same labels only.',
  };
}

/** The figures with a word in the protocol of each that was measured against one of several labels. */
export function sayHeaviest<T extends object>(figures: T, { test }: Pick<Dataset, 'test'>): T {
  if (test.labelWeights === undefined) return figures;
  const entries = Object.entries(figures).map(([name, value]) => [
    name,
    isMeasured(value) ? { ...value, protocol: `${value.protocol}; ${HEAVIEST_LABEL}` } : (value as unknown),
  ]);
  return Object.fromEntries(entries) as T;
}

/** What is of no feature, such as the loss, was measured against no label. */
function isMeasured(value: unknown): value is Figure {
  return typeof value === 'object' && value !== null && 'protocol' in value && 'feature' in value;
}
