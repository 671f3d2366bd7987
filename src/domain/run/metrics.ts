/** The figures of results.json by name, each with its direction: what sweeps, claims and tables compare. */
import * as l10n from '@vscode/l10n';
import type { Accuracy, Results } from './results';

export interface Metric {
  readonly name: string;
  /** For a column's head, for example `linear probe`. */
  readonly label: string;
  /** The same in files, which are English, as programs read them. */
  readonly fileLabel: string;
  readonly better: 'higher' | 'lower';
  /** `share` is shown in per cent. */
  readonly unit: 'share' | 'number';
  /** The figure, undefined where a run has none. */
  of(results: Results): number | undefined;
}

/** Every metric, in the order of the tables. */
export const METRICS = [
  metric('linearProbe', ['linear probe', l10n.t('linear probe')], ({ linearProbe }) => linearProbe?.top1),
  metric(
    'classifier',
    ['own classifier', l10n.t('own classifier')],
    (results) => ownClassifier(results)?.top1,
  ),
  // What a user would ship: cross-entropy has trained a classifier, contrastive losses need the probe. So do joint ones
  // here, although they have trained a classifier too: then their accuracy is that of the same protocol as SupCon's.
  metric(
    'accuracy',
    ['accuracy', l10n.t('accuracy')],
    ({ classifier, linearProbe }) => classifier?.top1 ?? linearProbe?.top1,
  ),
  metric('knn', ['kNN', 'kNN'], ({ knn }) => knn?.top1),
  metric(
    'nearestClassMean',
    ['nearest class mean', l10n.t('nearest class mean')],
    ({ nearestClassMean }) => nearestClassMean?.top1,
  ),
  metric(
    'knnProjection',
    ['kNN on the projection', l10n.t('kNN on the projection')],
    ({ knnProjection }) => knnProjection?.top1,
  ),
  metric(
    'corruptedAccuracy',
    ['accuracy under corruption', l10n.t('accuracy under corruption')],
    ({ robustness }) => robustness?.top1,
  ),
  {
    ...metric(
      'ece',
      ['calibration error', l10n.t('calibration error')],
      ({ calibration }) => calibration?.ece,
    ),
    better: 'lower',
    unit: 'number',
  },
] as const satisfies readonly Metric[];

export type MetricName = (typeof METRICS)[number]['name'];

/** The accuracy on test of the classifier that training itself made, alone or beside a projection. */
export function ownClassifier({ classifier, jointClassifier }: Results): Accuracy | undefined {
  return classifier ?? jointClassifier;
}

/** The metric of a name. */
export function metricNamed(name: MetricName): Metric {
  const found = METRICS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`There is no metric ${name}`);
  return found;
}

/** An accuracy, by its English label and that of the editor's language. */
function metric<const Name extends string>(
  name: Name,
  [fileLabel, label]: readonly [string, string],
  of: Metric['of'],
) {
  return { name, label, fileLabel, better: 'higher', unit: 'share', of } as const;
}
