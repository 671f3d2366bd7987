/** What a loss needs of the batch. */
import type { Rule } from './rule';

const enoughViews: Rule = ({ loss, stage1, augmentation }) =>
  loss.name === 'supcon' && stage1.batchSize * augmentation.views < 4
    ? '"stage1.batchSize" x "augmentation.views" must be at least 4 views for a contrastive loss.'
    : undefined;

export const lossRules: readonly Rule[] = [enoughViews];
