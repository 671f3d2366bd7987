/**
 * The classifier that a user would ship: the run's own one where training made one, or else the linear probe. Its
 * accuracy by class, its calibration, and its calibration after temperature scaling.
 */
import { isClassification } from '../../domain/losses/kinds';
import { top1 } from '../../domain/metrics/accuracy';
import {
  CALIBRATION_BINS,
  expectedCalibrationError,
  reliabilityDiagram,
} from '../../domain/metrics/calibration';
import { confusionMatrix, perClassAccuracy } from '../../domain/metrics/confusion';
import { fitTemperature, negativeLogLikelihood, softmaxRows } from '../../domain/metrics/temperatureScaling';
import type { Calibration, Feature, PerClass, Results, ScaledCalibration } from '../../domain/run/results';
import type { Job } from '../job';
import type { Encoded } from './encode';
import type { Encodings } from './encodings';
import { classify } from './linearClassifier';
import type { ProbeResult } from './probe';
import { testAccuracy } from './probeFigures';

export interface ShippedClassifier {
  readonly name: string;
  readonly feature: Feature;
  readonly classes: number;
  /** Logits of encoded images, row-major [images, classes]. */
  logitsOf(encoded: Encoded): Float32Array;
}

/** More classes than this have no confusion matrix in results.json: the file would be larger than the run. */
const MOST_CONFUSION_CLASSES = 200;

/** The classifier of a run and its probe. */
export function shippedClassifier({ configuration, classes }: Job, probe: ProbeResult): ShippedClassifier {
  return isClassification(configuration.loss.name)
    ? { name: "the run's own classifier", feature: 'head', classes, logitsOf: ({ head }) => head }
    : probeClassifier(probe, classes);
}

/** A linear probe as a classifier. */
export function probeClassifier({ classifier }: ProbeResult, classes: number): ShippedClassifier {
  return {
    name: 'the linear probe',
    feature: 'encoder',
    classes,
    logitsOf: ({ features }) => classify(classifier, features),
  };
}

/** The answers of a classifier to the images of one split. */
export interface Answers {
  /** Row-major [images, classes]. */
  readonly logits: Float32Array;
  readonly labels: Int32Array;
}

/** The answers to validation and test, as training or probing gave them. */
export function answersOf({ feature }: ShippedClassifier, encodings: Encodings, probe: ProbeResult) {
  const { validation, test } = encodings;
  const isOwn = feature === 'head';
  return {
    validation: { logits: isOwn ? validation.head : probe.validationLogits, labels: validation.labels },
    test: { logits: isOwn ? test.head : probe.logits, labels: test.labels },
  };
}

/** What results.json says of the classifier; `classifier` itself where it is the run's own. */
export function classifierFigures(
  classifier: ShippedClassifier,
  { validation, test }: { readonly validation: Answers; readonly test: Answers },
  classNames: readonly string[],
): Pick<Results, 'classifier' | 'perClass' | 'calibration' | 'scaledCalibration'> {
  const { name, feature, classes } = classifier;
  const temperature = fitTemperature(validation.logits, validation.labels, classes);
  return {
    ...(feature === 'head'
      ? { classifier: testAccuracy(test.logits, test.labels, { classes, feature, protocol: name }) }
      : {}),
    perClass: perClass(classifier, test, classNames),
    calibration: calibration(classifier, softmaxRows(test.logits, classes), test.labels),
    scaledCalibration: scaledCalibration(classifier, test, temperature),
  };
}

/** Accuracy and expected calibration error of logits. */
export function accuracyAndError(
  logits: Float32Array,
  labels: Int32Array,
  classes: number,
): { top1: number; ece: number } {
  return {
    top1: top1(logits, labels, classes),
    ece: expectedCalibrationError(softmaxRows(logits, classes), labels, classes),
  };
}

function calibration(
  { name, feature, classes }: ShippedClassifier,
  probabilities: Float32Array,
  labels: Int32Array,
): Calibration {
  return {
    ece: expectedCalibrationError(probabilities, labels, classes),
    bins: CALIBRATION_BINS,
    reliability: reliabilityDiagram(probabilities, labels, classes),
    split: 'test',
    feature,
    protocol: `expected calibration error of ${name}, ${CALIBRATION_BINS} equal bins`,
  };
}

function scaledCalibration(
  classifier: ShippedClassifier,
  { logits, labels }: Answers,
  temperature: number,
): ScaledCalibration {
  const { classes } = classifier;
  const before = softmaxRows(logits, classes);
  const after = softmaxRows(logits, classes, temperature);
  const plain = calibration(classifier, after, labels);
  return {
    ...plain,
    temperature,
    likelihood: [
      negativeLogLikelihood(before, labels, classes),
      negativeLogLikelihood(after, labels, classes),
    ],
    protocol: `${plain.protocol}, all logits divided by one temperature fitted on the validation split`,
  };
}

function perClass(
  { name, feature, classes }: ShippedClassifier,
  { logits, labels }: Answers,
  classNames: readonly string[],
): PerClass {
  const counts = confusionMatrix(logits, labels, classes);
  const row = (c: number) => Array.from(counts.subarray(c * classes, (c + 1) * classes));
  return {
    classes: classNames,
    // JSON has no NaN.
    accuracy: perClassAccuracy(counts, classes).map((share) => (Number.isNaN(share) ? null : share)),
    ...(classes > MOST_CONFUSION_CLASSES ? {} : { confusion: classNames.map((_, c) => row(c)) }),
    split: 'test',
    feature,
    protocol: `answers of ${name}`,
  };
}
