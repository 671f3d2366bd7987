/** Neural collapse of the encoder's features at the end of a run, on images that were trained on and on new ones. */
import { argMax } from '../../domain/metrics/accuracy';
import { classDistanceNormalisedVariance } from '../../domain/metrics/cdnv';
import { classStatistics } from '../../domain/metrics/classStatistics';
import {
  classifierDistance,
  nearestMeanAgreement,
  simplexDistance,
  withinClassVariability,
} from '../../domain/metrics/neuralCollapse';
import type { Collapse, Results } from '../../domain/run/results';
import type { Encoded } from './encode';
import type { Encodings } from './encodings';
import type { LinearClassifier } from './linearClassifier';
import { classRows, classify } from './linearClassifier';
import { rowsAt, sampledPlaces } from './sample';

/** Images of a split that take part at most; more change no digit that is read. */
const SAMPLES = 10_000;

/** NC1 to NC4 and CDNV on both splits. */
export function collapseFigures(
  { train, test }: Encodings,
  classifier: LinearClassifier,
  seed: number,
): Pick<Results, 'collapseTrain' | 'collapseTest'> {
  return {
    collapseTrain: collapseOf('train', sampled(train, seed), classifier),
    collapseTest: collapseOf('test', sampled(test, seed), classifier),
  };
}

function sampled(encoded: Encoded, seed: number): Encoded {
  return rowsAt(encoded, sampledPlaces(encoded.labels.length, SAMPLES, seed));
}

function collapseOf(split: 'train' | 'test', sample: Encoded, classifier: LinearClassifier): Collapse {
  const { features, labels } = sample;
  const dimensions = features.length / labels.length;
  const statistics = classStatistics(features, labels, dimensions);
  const classes = classifier.bias.length;
  const logits = classify(classifier, features);
  const answers = labels.map((_, i) => argMax(logits, i * classes, classes));
  return {
    ...withinClassVariability(features, labels, dimensions),
    cdnv: classDistanceNormalisedVariance(statistics),
    ...simplexDistance(statistics),
    classifierDistance: classifierDistance(classRows(classifier, statistics.classes), statistics),
    agreement: nearestMeanAgreement(answers, features, statistics),
    split,
    feature: 'encoder',
    protocol: `neural collapse of ${labels.length} images of the split, with their own class means; classifier: the linear probe`,
  };
}
