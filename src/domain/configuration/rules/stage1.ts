/** Lengths, rates and batches of the stages that must fit each other. */
import { isContrastive } from '../../losses/kinds';
import type { Configuration } from '../schema';
import type { Rule } from './rule';

type StageName = 'stage1' | 'stage2';

/** A rule that holds for both stages. */
function ofStage(name: StageName, rule: (stage: Configuration[StageName]) => string | undefined): Rule {
  return (configuration) => rule(configuration[name]);
}

function stageRules(name: StageName): Rule[] {
  return [
    ofStage(name, ({ warmupEpochs, epochs }) =>
      warmupEpochs > epochs
        ? `"${name}.warmupEpochs" is ${warmupEpochs}, more than "${name}.epochs" (${epochs}); lower it.`
        : undefined,
    ),
    ofStage(name, ({ warmupFrom, learningRate }) =>
      warmupFrom > learningRate
        ? `"${name}.warmupFrom" is ${warmupFrom}, more than the peak "${name}.learningRate" (${learningRate}); lower it.`
        : undefined,
    ),
    ofStage(name, ({ schedule, decayEpochs }) =>
      schedule === 'step' && decayEpochs.length === 0
        ? `"${name}.schedule" is "step" and "${name}.decayEpochs" is empty; name the epochs, for example [60, 75, 90], or take "constant".`
        : undefined,
    ),
  ];
}

const accumulationIsForCrossEntropy: Rule = ({ loss, stage1 }) =>
  stage1.accumulate > 1 && isContrastive(loss.name)
    ? `"stage1.accumulate" is ${stage1.accumulate}, but a contrastive loss compares the views of one batch with each other, and accumulated batches give it no more negatives: set it to 1 and raise "stage1.batchSize", or lower "stage1.learningRate" with the batch.`
    : undefined;

const classesFillBatch: Rule = ({ stage1: { sampler, batchSize, perClass } }) =>
  sampler === 'class-balanced' && batchSize % perClass !== 0
    ? `"stage1.batchSize" is ${batchSize}, not a multiple of "stage1.perClass" (${perClass}): the nearest ones are ${multiples(batchSize, perClass)}.`
    : undefined;

/** The multiples of a number around a size that is none, in words. */
function multiples(size: number, step: number): string {
  const below = size - (size % step);
  return below === 0 ? `${step} and ${2 * step}` : `${below} and ${below + step}`;
}

export const stage1Rules: readonly Rule[] = [
  ...stageRules('stage1'),
  ...stageRules('stage2'),
  accumulationIsForCrossEntropy,
  classesFillBatch,
];
