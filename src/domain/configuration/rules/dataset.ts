/** What a kind of data set needs beside its kind. */
import { isModulePath } from '../modulePath';
import type { Rule } from './rule';

const needsPath: Rule = ({ dataset }) =>
  dataset.kind !== 'generated' && !isModulePath(dataset.kind) && dataset.path === ''
    ? `"dataset.path" is empty; name the folder or file that holds the ${dataset.kind} data.`
    : undefined;

const namesArraysInPairs: Rule = ({ dataset: { arrays } }) =>
  arrays !== '' && ![2, 4].includes(arrays.split(',').length)
    ? `"dataset.arrays" is "${arrays}"; name two arrays (samples, labels) or four (training samples and labels, test samples and labels), with commas between them.`
    : undefined;

export const datasetRules: readonly Rule[] = [needsPath, namesArraysInPairs];
