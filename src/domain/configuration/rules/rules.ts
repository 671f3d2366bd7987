/** Every rule that concerns two keys at once, in the order in which a person should hear of them. */
import { augmentationRules } from './augmentation';
import { datasetRules } from './dataset';
import { lossRules } from './loss';
import { modelRules } from './model';
import { optimiserRules } from './optimiser';
import type { Rule } from './rule';
import { stage1Rules } from './stage1';

export const RULES: readonly Rule[] = [
  ...datasetRules,
  ...stage1Rules,
  ...optimiserRules,
  ...lossRules,
  ...modelRules,
  ...augmentationRules,
];
