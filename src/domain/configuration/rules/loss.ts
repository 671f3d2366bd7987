/** What a loss needs of the batch. */
import { hasForms, isContrastive, lossKind } from '../../losses/kinds';
import type { Rule } from './rule';

/** The triplet loss weighs every pair of views against every third. */
const LARGEST_TRIPLET_BATCH = 1024;

const enoughViews: Rule = ({ loss, stage1, augmentation }) =>
  isContrastive(loss.name) && stage1.batchSize * augmentation.views < 4
    ? '"stage1.batchSize" x "augmentation.views" must be at least 4 views for a contrastive loss.'
    : undefined;

const viewsAsPositives: Rule = ({ loss, augmentation }) =>
  (loss.name === 'simclr' || loss.name === 'supcon+simclr') && augmentation.views < 2
    ? `"loss.name" is "${loss.name}", whose positives are other views of the same image; set "augmentation.views" to 2 or more.`
    : undefined;

const oneViewForPairs: Rule = ({ loss, augmentation }) =>
  (loss.name === 'n-pairs' || loss.name === 'n-pairs-sohn') && augmentation.views !== 1
    ? `"loss.name" is "${loss.name}", whose positive is another image of the class; set "augmentation.views" to 1 instead of ${augmentation.views}.`
    : undefined;

const firstOfSeveral: Rule = ({ loss, augmentation }) =>
  hasForms(loss.name) && loss.anchors === 'first' && augmentation.views < 2
    ? '"loss.anchors" is "first", but each image has one view only; write "all", or set "augmentation.views" to 2 or more.'
    : undefined;

/** Positives are kept image by image, so a cap counts the anchor's own other views and then V at a time. */
const wholeImages: Rule = ({ loss, augmentation: { views } }) => {
  if (!hasForms(loss.name) || lossKind(loss.name).labels === 'unused' || loss.maxPositives === 0)
    return undefined;
  const own = views - 1;
  if (loss.maxPositives >= own && (loss.maxPositives - own) % views === 0) return undefined;
  const images = Math.max(0, Math.round((loss.maxPositives - own) / views));
  return `"loss.maxPositives" is ${loss.maxPositives}; with ${views} views an image it must be ${own} plus a multiple of ${views}, for example ${own + images * views}.`;
};

const tripletsFit: Rule = ({ loss, stage1, augmentation }) =>
  loss.name === 'triplet' && stage1.batchSize * augmentation.views > LARGEST_TRIPLET_BATCH
    ? `"loss.name" is "triplet", whose work grows with the cube of the batch; "stage1.batchSize" x "augmentation.views" must be at most ${LARGEST_TRIPLET_BATCH} views.`
    : undefined;

/** Configurations of the first version may carry a scale that cross-entropy has no use for. */
const scaleNeedsTemperature: Rule = ({ loss }) =>
  loss.scale !== 'raw' && loss.name !== 'cross-entropy' && lossKind(loss.name).temperature !== 'configured'
    ? `"loss.scale" is "${loss.scale}", but "${loss.name}" has no temperature to scale by; leave it at "raw".`
    : undefined;

export const lossRules: readonly Rule[] = [
  enoughViews,
  viewsAsPositives,
  oneViewForPairs,
  firstOfSeveral,
  wholeImages,
  tripletsFit,
  scaleNeedsTemperature,
];
