/** Which charts and figures exist, in which sections, in which order. */
import * as l10n from '@vscode/l10n';
import { TAG } from '../../src/domain/metrics/tags';
import type { ChartSpec, ReferenceSpec } from './spec';
import { LINE_COLOURS } from './spec';
import type { Unit } from './units';
import { BYTES, PERCENT, PLAIN, RATIO, SECONDS, SHARE, WATTS } from './units';

/** A titled group of charts. */
export interface Section {
  /** What it is remembered by, in every language. */
  readonly key: string;
  readonly title: string;
  readonly charts: readonly ChartSpec[];
}

/** The loss between its floor and its collapse line. */
export const LOSS_CHART: ChartSpec = {
  ...chart(l10n.t('Loss'), [[TAG.loss, '']], PLAIN),
  word: l10n.t('loss'),
  references: [
    { tag: TAG.collapseLine, label: l10n.t('collapse'), side: 'above' },
    { tag: TAG.floor, label: l10n.t('floor'), side: 'below' },
  ] satisfies ReferenceSpec[],
  whileEmpty: 'shown',
};

/** The sections of the large page. */
export const SECTIONS: readonly Section[] = [
  {
    key: 'Loss',
    title: l10n.t('Loss'),
    charts: [
      LOSS_CHART,
      chart(l10n.t('Headroom'), [[TAG.headroom, '']], RATIO),
      chart(l10n.t('Loss per anchor, unscaled'), [[TAG.unscaledLoss, '']], PLAIN),
      chart(
        l10n.t('Parts of a joint loss, unscaled'),
        [
          [TAG.supConLoss, 'SupCon'],
          [TAG.simClrLoss, 'SimCLR'],
          [TAG.crossEntropyLoss, l10n.t('cross-entropy')],
        ],
        PLAIN,
      ),
      chart(l10n.t('Linear probe loss'), [[TAG.probeLoss, '']], PLAIN),
      chart(l10n.t('Online probe loss'), [[TAG.onlineProbeLoss, '']], PLAIN),
    ],
  },
  {
    key: 'Accuracy',
    title: l10n.t('Accuracy'),
    charts: [
      shown(
        chart(
          l10n.t('Validation accuracy, encoder features'),
          [
            [TAG.knnAccuracy, 'kNN'],
            [TAG.classMeanAccuracy, l10n.t('class mean')],
          ],
          SHARE,
        ),
      ),
      chart(l10n.t('Linear probe accuracy, validation'), [[TAG.probeAccuracy, '']], SHARE),
      chart(l10n.t('Online probe accuracy, validation'), [[TAG.onlineProbeAccuracy, '']], SHARE),
      chart(l10n.t('Online probe accuracy, training batch'), [[TAG.onlineProbeBatchAccuracy, '']], SHARE),
      chart(l10n.t('Training batch accuracy'), [[TAG.trainAccuracy, '']], SHARE),
      chart(
        l10n.t('Own classifier of the joint loss, validation'),
        [[TAG.jointClassifierValidation, '']],
        SHARE,
      ),
    ],
  },
  {
    key: 'Geometry',
    title: l10n.t('Geometry'),
    charts: [
      chart(
        l10n.t('Cosine means'),
        [
          [TAG.cosineSameImage, l10n.t('same image')],
          [TAG.cosineSameClass, l10n.t('same class')],
          [TAG.cosineOtherClass, l10n.t('other class')],
        ],
        PLAIN,
      ),
      chart(l10n.t('Standard deviation of projections'), [[TAG.projectionDeviation, '']], PLAIN),
      chart(l10n.t('Positives per anchor'), [[TAG.positivesPerAnchor, '']], PLAIN),
      chart(l10n.t('Anchors without positives'), [[TAG.anchorsWithoutPositives, '']], PLAIN),
      chart(l10n.t('Anchors without negatives'), [[TAG.anchorsWithoutNegatives, '']], PLAIN),
    ],
  },
  {
    key: 'Diagnostics',
    title: l10n.t('Diagnostics'),
    charts: [
      chart(
        l10n.t('Effective rank (RankMe), validation'),
        [
          [TAG.featureRank, l10n.t('features')],
          [TAG.projectionRank, l10n.t('projections')],
        ],
        PLAIN,
      ),
      chart(l10n.t('Class collapse NC1, features'), [[TAG.withinClassVariability, '']], PLAIN),
      chart(l10n.t('Class-distance normalised variance, features'), [[TAG.classDistanceVariance, '']], PLAIN),
      chart(l10n.t('Alignment within classes, projections'), [[TAG.classAlignment, '']], PLAIN),
      chart(l10n.t('Uniformity, projections'), [[TAG.uniformity, '']], PLAIN),
      chart(l10n.t('Cosine margin, same class less other'), [[TAG.cosineMargin, '']], RATIO),
      chart(l10n.t('Same class more similar than other (AUC)'), [[TAG.cosineAuc, '']], SHARE),
      chart(l10n.t('Time for diagnostics'), [[TAG.diagnosticsSeconds, '']], SECONDS),
    ],
  },
  {
    key: 'Optimisation',
    title: l10n.t('Optimisation'),
    charts: [
      chart(l10n.t('Learning rate'), [[TAG.learningRate, '']], PLAIN),
      chart(l10n.t('Gradient norm'), [[TAG.gradientNorm, '']], PLAIN),
      chart(l10n.t('Norm of the update'), [[TAG.updateNorm, '']], PLAIN),
      chart(l10n.t('Norm of the trained values'), [[TAG.parameterNorm, '']], PLAIN),
    ],
  },
  {
    key: 'Throughput',
    title: l10n.t('Throughput'),
    charts: [
      chart(l10n.t('Views per second'), [[TAG.viewsPerSecond, '']], PLAIN),
      chart(l10n.t('Share of time waiting for data'), [[TAG.dataWaitShare, '']], SHARE),
    ],
  },
  {
    key: 'System',
    title: l10n.t('System'),
    charts: [
      chart(l10n.t('Memory of the process'), [[TAG.processMemory, '']], BYTES),
      chart(l10n.t('Processor'), [[TAG.cpuPercent, '']], PERCENT),
      chart(l10n.t('GPU utilisation'), [[TAG.gpuUtilisation, '']], PERCENT),
      chart(l10n.t('GPU memory'), [[TAG.gpuMemory, '']], BYTES),
      chart(l10n.t('GPU power'), [[TAG.gpuPower, '']], WATTS),
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
  { tag: TAG.testLinearProbe, name: l10n.t('linear probe') },
  { tag: TAG.testClassifier, name: l10n.t('own classifier') },
  { tag: TAG.testJointClassifier, name: l10n.t('own classifier of the joint loss') },
  { tag: TAG.testKnn, name: l10n.t('kNN, encoder') },
  { tag: TAG.testClassMean, name: l10n.t('nearest class mean') },
  { tag: TAG.testRawPixels, name: l10n.t('raw pixels, for scale') },
  { tag: TAG.testUntrained, name: l10n.t('untrained encoder, for scale') },
  { tag: TAG.testCalibrationError, name: l10n.t('calibration error') },
  { tag: TAG.testScaledCalibrationError, name: l10n.t('calibration error, temperature-scaled') },
  { tag: TAG.testTop5, name: l10n.t('linear probe, top-5') },
  { tag: TAG.testPrecisionAt1, name: l10n.t('retrieval, P@1') },
  { tag: TAG.testRPrecision, name: l10n.t('retrieval, R-precision') },
  { tag: TAG.testMapAtR, name: l10n.t('retrieval, MAP@R') },
  { tag: TAG.testMutualInformation, name: l10n.t('clustering, NMI') },
  { tag: TAG.testCorrupted, name: l10n.t('under corruption, mean') },
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
