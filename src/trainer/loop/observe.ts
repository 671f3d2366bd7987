/** From the outputs of one step to what is recorded: scalars by tag, and the observation for the loop. */
import type { Configuration } from '../../domain/configuration/schema';
import { crossEntropyBounds, headroom, lossFactor, supConBounds } from '../../domain/losses/bounds';
import type { LossBounds } from '../../domain/losses/bounds';
import { TAG } from '../../domain/metrics/tags';
import type { NamedValues } from '../../engine/engine';
import type { Scalars } from '../recording/recorder';
import type { StepObservation } from './state';

export interface StepMeasurement {
  readonly outputs: NamedValues;
  /** Labels of the batch, one a view. */
  readonly labels: Int32Array;
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
  positivesPerAnchor: TAG.positivesPerAnchor,
  anchorsWithoutPositives: TAG.anchorsWithoutPositives,
  cosineSameImage: TAG.cosineSameImage,
  cosineSameClass: TAG.cosineSameClass,
  cosineOtherClass: TAG.cosineOtherClass,
  deviation: TAG.projectionDeviation,
  accuracy: TAG.trainAccuracy,
  onlineProbeLoss: TAG.onlineProbeLoss,
  onlineProbeAccuracy: TAG.onlineProbeBatchAccuracy,
} as const;

/** Reads one step. `classes` is C of the data set. */
export function readStep({ loss }: Configuration, classes: number, step: StepMeasurement): StepReport {
  const isContrastive = loss.name === 'supcon';
  const bounds = isContrastive
    ? supConBounds(step.labels, classes, loss.temperature)
    : crossEntropyBounds(classes);
  const factor = isContrastive ? lossFactor(loss.scale, loss.temperature) : 1;
  const outputs = scalarsOf(step.outputs);
  const lines = linesOf(outputs[TAG.unscaledLoss] ?? Number.NaN, bounds, factor);
  const views = step.labels.length;
  return {
    scalars: {
      ...outputs,
      ...lines,
      [TAG.epoch]: step.epoch,
      [TAG.learningRate]: step.rate,
      [TAG.viewsPerSecond]: (1000 * views) / step.elapsedMs,
      [TAG.dataWaitShare]: step.waitedMs / step.elapsedMs,
    },
    observation: {
      loss: outputs[TAG.loss] ?? Number.NaN,
      collapseLine: lines[TAG.collapseLine],
      floor: lines[TAG.floor],
      headroom: lines[TAG.headroom],
      deviation: outputs[TAG.projectionDeviation] ?? Number.NaN,
      waitShare: step.waitedMs / step.elapsedMs,
      views,
      elapsedMs: step.elapsedMs,
    },
  };
}

function scalarsOf(outputs: NamedValues): Scalars {
  const entries = Object.entries(TAG_OF_OUTPUT).filter(([name]) => name in outputs);
  return Object.fromEntries(entries.map(([name, tag]) => [tag, outputs[name][0]]));
}

function linesOf(unscaled: number, bounds: LossBounds, factor: number) {
  return {
    [TAG.collapseLine]: bounds.collapse * factor,
    [TAG.floor]: bounds.floor * factor,
    [TAG.headroom]: headroom(unscaled, bounds),
  };
}
