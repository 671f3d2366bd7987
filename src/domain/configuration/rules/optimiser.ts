/** Parts of optimisers that need each other. */
import type { Rule } from './rule';

const nesterovNeedsMomentum: Rule = ({ optimiser }) =>
  optimiser.nesterov && (optimiser.name !== 'sgd' || optimiser.momentum === 0)
    ? '"optimiser.nesterov" is a form of the momentum of "sgd": set "optimiser.name" to "sgd" and "optimiser.momentum" above 0, or switch it off.'
    : undefined;

export const optimiserRules: readonly Rule[] = [nesterovNeedsMomentum];
