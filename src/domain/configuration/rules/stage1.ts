/** Lengths of stage 1 that must fit each other. */
import type { Rule } from './rule';

const warmupFits: Rule = ({ stage1 }) =>
  stage1.warmupEpochs > stage1.epochs
    ? `"stage1.warmupEpochs" is ${stage1.warmupEpochs}, more than "stage1.epochs" (${stage1.epochs}); lower it.`
    : undefined;

export const stage1Rules: readonly Rule[] = [warmupFits];
