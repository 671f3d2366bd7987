/**
 * Warnings about the learning rate. Under SGD it belongs to the number of images in a step and grows with it in
 * proportion (Goyal et al., arXiv 1706.02677), as in every recipe of the paper: a preset with a smaller batch and the
 * rate left as it was is the mistake of SupContrast #127.
 */
import { presetOf } from '../configuration/presets/departures';
import type { Configuration } from '../configuration/schema';
import type { Warning } from './warning';

/** A rate further than this factor from the preset's, scaled to the batch, is worth a warning. */
export const LARGEST_FACTOR = 2;
/** Adam moves every weight by about its rate in a step, whatever the gradient; larger ones seldom train. */
const LARGEST_ADAM_RATE = 0.01;
/** The same of one linear layer on scaled features, which is convex. */
const LARGEST_ADAPTIVE_PROBE_RATE = 0.1;

/** The rate against that of the preset, scaled to the images of a step; no warning without a preset. */
export function scaledRateWarning(configuration: Configuration): Warning | undefined {
  const preset = presetOf(configuration);
  if (preset === undefined || preset.optimiser.name !== configuration.optimiser.name) return undefined;
  const images = imagesPerStep(configuration);
  const { learningRate } = configuration.stage1;
  const scaled = (preset.stage1.learningRate * images) / imagesPerStep(preset);
  if (Math.max(learningRate / scaled, scaled / learningRate) <= LARGEST_FACTOR) return undefined;
  const isOwnRate = learningRate !== preset.stage1.learningRate;
  return {
    kind: 'learning-rate-for-batch',
    cause: `stage1.learningRate is ${learningRate} for ${images} images a step; the preset ${configuration.preset} has ${preset.stage1.learningRate} for ${imagesPerStep(preset)}, in proportion ${short(scaled)}.`,
    remedy: `Set stage1.learningRate to ${short(scaled)}${isOwnRate ? '' : `, or stage1.batchSize to ${preset.stage1.batchSize}`}.`,
  };
}

/** A rate made for SGD under Adam. */
export function adamRateWarning({ optimiser, stage1 }: Configuration): Warning | undefined {
  const isAdam = optimiser.name === 'adam' || optimiser.name === 'adamw';
  if (!isAdam || stage1.learningRate <= LARGEST_ADAM_RATE) return undefined;
  return {
    kind: 'learning-rate-for-adam',
    cause: `stage1.learningRate is ${stage1.learningRate}, and ${optimiser.name} moves every weight by about that in each step.`,
    remedy: 'Set stage1.learningRate to about 0.001.',
  };
}

/** A rate made for SGD, as the default of stage 2 is, under an optimiser whose steps have the size of the rate. */
export function probeRateWarning({ stage2, evaluation }: Configuration): Warning | undefined {
  const { optimiser } = stage2;
  const isAdaptive = optimiser === 'adam' || optimiser === 'adamw' || optimiser === 'rmsprop';
  const isFromRates = evaluation.probeRates.length > 0;
  const least = isFromRates ? Math.min(...evaluation.probeRates) : stage2.learningRate;
  if (!isAdaptive || least <= LARGEST_ADAPTIVE_PROBE_RATE) return undefined;
  const key = isFromRates ? 'evaluation.probeRates' : 'stage2.learningRate';
  return {
    kind: 'learning-rate-of-probe',
    cause: `${key} ${isFromRates ? `begins at ${least}` : `is ${least}`}, and ${optimiser} moves every weight of the linear classifier by about that in each step.`,
    remedy: `Set ${key} to about 0.01.`,
  };
}

function imagesPerStep({ stage1 }: Configuration): number {
  return stage1.batchSize * stage1.accumulate;
}

/** Three significant digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
