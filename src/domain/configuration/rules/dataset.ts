/** What a kind of data set needs beside its kind. */
import type { Rule } from './rule';

const needsPath: Rule = ({ dataset }) =>
  dataset.kind !== 'generated' && dataset.path === ''
    ? `"dataset.path" is empty; name the folder that holds the ${dataset.kind} files.`
    : undefined;

export const datasetRules: readonly Rule[] = [needsPath];
