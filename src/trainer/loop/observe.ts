/** From the outputs of one step to what is recorded: scalars by tag, and the observation for the loop. */
import type { Configuration } from '../../domain/configuration/schema';
import type { MaskObservation } from '../../domain/diagnostics/masks';
import { headroom } from '../../domain/losses/bounds';
import type { MixedLabels } from '../../domain/losses/crossEntropy';
import { hasForms, isContrastive, lossKind } from '../../domain/losses/kinds';
import type { LossLines, WeightedLabels } from '../../domain/losses/lines';
import { lossLines } from '../../domain/losses/lines';
import { TAG } from '../../domain/metrics/tags';
import type { NamedValues } from '../../engine/engine';
import type { Scalars } from '../recording/recorder';
import type { StepObservation } from './state';

export interface StepMeasurement {
  readonly outputs: NamedValues;
  /** Labels of the batch, one a view. */
  readonly labels: Int32Array;
  /** Where images were mixed: the other label of each view, and the share of its own. */
  readonly mix?: Omit<MixedLabels, 'labels'>;
  /** Where samples have several labels or soft ones. */
  readonly weighted?: WeightedLabels;
  readonly rate: number;
  readonly epoch: number;
  readonly elapsedMs: number;
  readonly waitedMs: number;
}

export interface StepReport {
  readonly scalars: Scalars;
  readonly observation: StepObservation;
}

/** Which output of a program is recorded under which tag; outputs that a program lacks are left out. */
const TAG_OF_OUTPUT = {
  loss: TAG.loss,
  unscaledLoss: TAG.unscaledLoss,
  gradientNorm: TAG.gradientNorm,
  updateNorm: TAG.updateNorm,
  parameterNorm: TAG.parameterNorm,
  positivesPerAnchor: TAG.positivesPerAnchor,
  anchorsWithoutPositives: TAG.anchorsWithoutPositives,
  anchorsWithoutNegatives: TAG.anchorsWithoutNegatives,
  supConLoss: TAG.supConLoss,
  simClrLoss: TAG.simClrLoss,
  crossEntropyLoss: TAG.crossEntropyLoss,
  cosineSameImage: TAG.cosineSameImage,
  cosineSameClass: TAG.cosineSameClass,
  cosineOtherClass: TAG.cosineOtherClass,
  deviation: TAG.projectionDeviation,
  accuracy: TAG.trainAccuracy,
  onlineProbeLoss: TAG.onlineProbeLoss,
  onlineProbeAccuracy: TAG.onlineProbeBatchAccuracy,
} as const;

/** Reads one step. `classes` is C of the data set. */
export function readStep(configuration: Configuration, classes: number, step: StepMeasurement): StepReport {
  const { loss, augmentation } = configuration;
  const lines = lossLines(loss, { ...step, views: augmentation.views, classes });
  const outputs = scalarsOf(step.outputs);
  const views = step.labels.length;
  const masks = masksOf(configuration, step);
  return {
    scalars: {
      ...outputs,
      ...(masks !== undefined && hasNoAnchor(masks, loss) && NO_LOSS),
      ...linesOf(outputs[TAG.unscaledLoss] ?? Number.NaN, lines),
      [TAG.epoch]: step.epoch,
      [TAG.learningRate]: step.rate,
      [TAG.viewsPerSecond]: (1000 * views) / step.elapsedMs,
      [TAG.dataWaitShare]: step.waitedMs / step.elapsedMs,
    },
    observation: {
      loss: outputs[TAG.loss] ?? Number.NaN,
      collapseLine: lines.optimised.collapse,
      floor: lines.optimised.floor,
      headroom: nearnessToCollapse(outputs[TAG.unscaledLoss] ?? Number.NaN, lines),
      deviation: outputs[TAG.projectionDeviation] ?? Number.NaN,
      waitShare: step.waitedMs / step.elapsedMs,
      masks,
      views,
      elapsedMs: step.elapsedMs,
    },
  };
}

/** A batch without any valid anchor has no loss: the program's 0 would read as a perfect one. */
const NO_LOSS: Scalars = { [TAG.loss]: Number.NaN, [TAG.unscaledLoss]: Number.NaN };

/** Whether the contrastive loss of a batch is a mean over nothing; a joint loss still has its other part. */
function hasNoAnchor(masks: MaskObservation, { name, denominator }: Configuration['loss']): boolean {
  if (lossKind(name).head === 'projection+classifier') return false;
  const needsNegatives = hasForms(name) ? denominator !== 'all' : name !== 'n-pairs';
  return (
    masks.withoutPositives === masks.anchors || (needsNegatives && masks.withoutNegatives === masks.anchors)
  );
}

function masksOf(
  { loss, augmentation }: Configuration,
  { outputs, labels }: StepMeasurement,
): MaskObservation | undefined {
  if (!isContrastive(loss.name)) return undefined;
  const hasFirstAnchors = hasForms(loss.name) && loss.anchors === 'first';
  return {
    anchors: hasFirstAnchors ? labels.length / augmentation.views : labels.length,
    withoutPositives: outputs['anchorsWithoutPositives'][0],
    withoutNegatives: outputs['anchorsWithoutNegatives'][0],
  };
}

function scalarsOf(outputs: NamedValues): Scalars {
  const entries = Object.entries(TAG_OF_OUTPUT).filter(([name]) => name in outputs);
  return Object.fromEntries(entries.map(([name, tag]) => [tag, outputs[name][0]]));
}

/** Lines without a closed form are left out, so that none is drawn. */
function linesOf(unscaled: number, lines: LossLines): Scalars {
  const figures: [keyof Scalars, number][] = [
    [TAG.collapseLine, lines.optimised.collapse],
    [TAG.floor, lines.optimised.floor],
    [TAG.headroom, headroom(unscaled, lines.unscaled)],
  ];
  return Object.fromEntries(figures.filter(([, value]) => !Number.isNaN(value)));
}

/** Headroom for the collapse alert; a floor that is not known counts as 0, because only the other end matters there. */
function nearnessToCollapse(unscaled: number, { unscaled: bounds }: LossLines): number {
  return headroom(unscaled, { ...bounds, floor: Number.isNaN(bounds.floor) ? 0 : bounds.floor });
}
