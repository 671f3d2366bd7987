/** What the keys of a model need of each other. */
import type { Rule } from './rule';

const weightsFit: Rule = ({ model }) =>
  model.weights !== '' && model.encoder === 'mlp'
    ? '"model.weights" holds the weights of a residual encoder; choose another "model.encoder" than mlp, or leave it out.'
    : undefined;

export const modelRules: readonly Rule[] = [weightsFit];
