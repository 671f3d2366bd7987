/** Which way a recorded scalar is better, by its tag: ours by a table, others by the words that they are made of. */
import type { Tag } from './tags';
import { TAG } from './tags';

export type Direction = 'higher' | 'lower';

/** Words of the field, whole words only: `val_acc` and `val/accuracy` have one, `accumulate` has none. */
const HIGHER =
  /^(acc|accuracy|auc|auroc|precision|recall|f1|top1|top5|knn|map|miou|iou|bleu|rouge|r2|nmi|ari|psnr|ssim)$/;
const LOWER = /^(loss|error|err|mse|mae|rmse|ece|mce|nll|perplexity|ppl|fid|wer|cer|headroom|nc1|cdnv)$/;

const OWN: Readonly<Partial<Record<Tag, Direction | null>>> = {
  [TAG.collapseLine]: null,
  [TAG.floor]: null,
  [TAG.classAlignment]: null,
  [TAG.uniformity]: null,
  [TAG.classMeanAccuracy]: 'higher',
  [TAG.cosineMargin]: 'higher',
  [TAG.withinClassVariability]: 'lower',
  [TAG.testLinearProbe]: 'higher',
  [TAG.testClassifier]: 'higher',
  [TAG.testClassMean]: 'higher',
  [TAG.testMutualInformation]: 'higher',
  [TAG.testRawPixels]: null,
  [TAG.testUntrained]: null,
  [TAG.viewsPerSecond]: null,
};

/** The direction of a tag; null where more is neither better nor worse, or nothing is known of it. */
export function directionOf(tag: string): Direction | null {
  const own = OWN[tag as Tag];
  if (own !== undefined) return own;
  const words = wordsOf(tag);
  // The last word says what is measured: `accuracy_loss` is a loss.
  for (const word of words.reverse()) {
    if (LOWER.test(word)) return 'lower';
    if (HIGHER.test(word)) return 'higher';
  }
  return null;
}

function wordsOf(tag: string): string[] {
  return tag
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}
