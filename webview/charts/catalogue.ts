/** Which charts and figures exist, in which sections, in which order. */
import { TAG } from '../../src/domain/metrics/tags';
import type { ChartSpec, ReferenceSpec } from './spec';
import { LINE_COLOURS } from './spec';
import type { Unit } from './units';
import { BYTES, PERCENT, PLAIN, RATIO, SECONDS, SHARE, WATTS } from './units';

/** A titled group of charts. */
export interface Section {
  readonly title: string;
  readonly charts: readonly ChartSpec[];
}

/** The loss between its floor and its collapse line. */
export const LOSS_CHART: ChartSpec = {
  ...chart('Loss', [[TAG.loss, '']], PLAIN),
  references: [
    { tag: TAG.collapseLine, label: 'collapse', side: 'above' },
    { tag: TAG.floor, label: 'floor', side: 'below' },
  ] satisfies ReferenceSpec[],
  whileEmpty: 'shown',
};

/** The sections of the large page. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Loss',
    charts: [
      LOSS_CHART,
      chart('Headroom', [[TAG.headroom, '']], RATIO),
      chart('Loss per anchor, unscaled', [[TAG.unscaledLoss, '']], PLAIN),
      chart(
        'Parts of a joint loss, unscaled',
        [
          [TAG.supConLoss, 'SupCon'],
          [TAG.simClrLoss, 'SimCLR'],
          [TAG.crossEntropyLoss, 'cross-entropy'],
        ],
        PLAIN,
      ),
      chart('Linear probe loss', [[TAG.probeLoss, '']], PLAIN),
      chart('Online probe loss', [[TAG.onlineProbeLoss, '']], PLAIN),
    ],
  },
  {
    title: 'Accuracy',
    charts: [
      shown(
        chart(
          'Validation accuracy, encoder features',
          [
            [TAG.knnAccuracy, 'kNN'],
            [TAG.classMeanAccuracy, 'class mean'],
          ],
          SHARE,
        ),
      ),
      chart('Linear probe accuracy, validation', [[TAG.probeAccuracy, '']], SHARE),
      chart('Online probe accuracy, validation', [[TAG.onlineProbeAccuracy, '']], SHARE),
      chart('Online probe accuracy, training batch', [[TAG.onlineProbeBatchAccuracy, '']], SHARE),
      chart('Training batch accuracy', [[TAG.trainAccuracy, '']], SHARE),
    ],
  },
  {
    title: 'Geometry',
    charts: [
      chart(
        'Cosine means',
        [
          [TAG.cosineSameImage, 'same image'],
          [TAG.cosineSameClass, 'same class'],
          [TAG.cosineOtherClass, 'other class'],
        ],
        PLAIN,
      ),
      chart('Standard deviation of projections', [[TAG.projectionDeviation, '']], PLAIN),
      chart('Positives per anchor', [[TAG.positivesPerAnchor, '']], PLAIN),
      chart('Anchors without positives', [[TAG.anchorsWithoutPositives, '']], PLAIN),
      chart('Anchors without negatives', [[TAG.anchorsWithoutNegatives, '']], PLAIN),
    ],
  },
  {
    title: 'Diagnostics',
    charts: [
      chart(
        'Effective rank (RankMe), validation',
        [
          [TAG.featureRank, 'features'],
          [TAG.projectionRank, 'projections'],
        ],
        PLAIN,
      ),
      chart('Class collapse NC1, features', [[TAG.withinClassVariability, '']], PLAIN),
      chart('Class-distance normalised variance, features', [[TAG.classDistanceVariance, '']], PLAIN),
      chart('Alignment within classes, projections', [[TAG.classAlignment, '']], PLAIN),
      chart('Uniformity, projections', [[TAG.uniformity, '']], PLAIN),
      chart('Cosine margin, same class less other', [[TAG.cosineMargin, '']], RATIO),
      chart('Same class more similar than other (AUC)', [[TAG.cosineAuc, '']], SHARE),
      chart('Time for diagnostics', [[TAG.diagnosticsSeconds, '']], SECONDS),
    ],
  },
  {
    title: 'Optimisation',
    charts: [
      chart('Learning rate', [[TAG.learningRate, '']], PLAIN),
      chart('Gradient norm', [[TAG.gradientNorm, '']], PLAIN),
      chart('Norm of the update', [[TAG.updateNorm, '']], PLAIN),
      chart('Norm of the trained values', [[TAG.parameterNorm, '']], PLAIN),
    ],
  },
  {
    title: 'Throughput',
    charts: [
      chart('Views per second', [[TAG.viewsPerSecond, '']], PLAIN),
      chart('Share of time waiting for data', [[TAG.dataWaitShare, '']], SHARE),
    ],
  },
  {
    title: 'System',
    charts: [
      chart('Memory of the process', [[TAG.processMemory, '']], BYTES),
      chart('Processor', [[TAG.cpuPercent, '']], PERCENT),
      chart('GPU utilisation', [[TAG.gpuUtilisation, '']], PERCENT),
      chart('GPU memory', [[TAG.gpuMemory, '']], BYTES),
      chart('GPU power', [[TAG.gpuPower, '']], WATTS),
    ],
  },
];

/** The title of one line of a chart, where it has a chart of its own. */
export function lineTitle({ title }: ChartSpec, label: string): string {
  return label === '' ? title : `${label} · ${title}`;
}

/** Title and unit of a tag in a chart of its own; one that no section has is called by its name. */
export function chartOfTag(tag: string): { readonly title: string; readonly unit: Unit } {
  for (const spec of SECTIONS.flatMap(({ charts }) => charts)) {
    const line = spec.series.find((one) => one.tag === tag);
    if (line) return { title: lineTitle(spec, line.label), unit: spec.unit };
  }
  return { title: tag, unit: PLAIN };
}

/** A figure that is one value, not a curve: a share, shown in per cent. */
export interface FigureSpec {
  readonly tag: string;
  readonly name: string;
}

/** Figures on the test split, recorded once at the end; those of pixels and of the untrained encoder are for scale. */
export const FINAL_FIGURES: readonly FigureSpec[] = [
  { tag: TAG.testLinearProbe, name: 'linear probe' },
  { tag: TAG.testClassifier, name: 'own classifier' },
  { tag: TAG.testJointClassifier, name: 'own classifier of the joint loss' },
  { tag: TAG.testKnn, name: 'kNN, encoder' },
  { tag: TAG.testClassMean, name: 'nearest class mean' },
  { tag: TAG.testRawPixels, name: 'raw pixels, for scale' },
  { tag: TAG.testUntrained, name: 'untrained encoder, for scale' },
  { tag: TAG.testCalibrationError, name: 'calibration error' },
  { tag: TAG.testScaledCalibrationError, name: 'calibration error, temperature-scaled' },
  { tag: TAG.testTop5, name: 'linear probe, top-5' },
  { tag: TAG.testPrecisionAt1, name: 'retrieval, P@1' },
  { tag: TAG.testRPrecision, name: 'retrieval, R-precision' },
  { tag: TAG.testMapAtR, name: 'retrieval, MAP@R' },
  { tag: TAG.testMutualInformation, name: 'clustering, NMI' },
  { tag: TAG.testCorrupted, name: 'under corruption, mean' },
];

type Line = readonly [tag: string, label: string];

function chart(title: string, lines: readonly Line[], unit: Unit): ChartSpec {
  return {
    title,
    series: lines.map(([tag, label], index) => ({
      tag,
      label,
      colour: LINE_COLOURS[index % LINE_COLOURS.length] ?? LINE_COLOURS[0],
    })),
    references: [],
    unit,
    whileEmpty: 'hidden',
  };
}

function shown(spec: ChartSpec): ChartSpec {
  return { ...spec, whileEmpty: 'shown' };
}
