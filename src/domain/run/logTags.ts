/**
 * What names in other people's logs mean: which folder belongs to which run, and which tag is the loss or the headline.
 * Loggers agree on little, so these are rules of thumb over the usual names, and none of them hides a tag.
 */

/** Folders that Keras and others make for the parts of one run. */
const SPLIT = /^(train|training|val|valid|validation|test|testing|eval|evaluation)$/i;
/** What torch's add_hparams makes inside a run's folder: the time as a float. */
const HPARAMS_FOLDER = /^\d{9,}\.\d+$/;
const HELD_OUT = /(^|[/_.\s-])(val|valid|validation|test|eval|evaluation|held_?out)([/_.\s-]|$)/i;
const LOSS = /(^|[/_.\s-])loss(es)?([/_.\s-]|$)/i;
const ACCURACY = /(^|[/_.\s@-])(acc|accuracy|top[-_ ]?1|acc1|knn|f1|auc|auroc|map)([/_.\s@\d-]|$)/i;

/** Whether a folder inside a run is a part of it rather than a run of its own. */
export function isPartOfRun(folderName: string): boolean {
  return SPLIT.test(folderName) || HPARAMS_FOLDER.test(folderName);
}

/**
 * What stands before the tags of a file, for example `validation/`.
 * @param folders names of the folders between the run and the file
 */
export function tagPrefix(folders: readonly string[]): string {
  return folders
    .filter((name) => !HPARAMS_FOLDER.test(name))
    .map((name) => `${name}/`)
    .join('');
}

/** Whether a tag reads like a loss that is trained on. */
export function isTrainingLoss(tag: string): boolean {
  return LOSS.test(tag) && !HELD_OUT.test(tag);
}

/** Whether a tag reads like an accuracy, of which a held-out one says more. */
export function isAccuracy(tag: string): boolean {
  return ACCURACY.test(tag) && !LOSS.test(tag);
}

/** Whether a tag was measured on samples that are not trained on. */
export function isHeldOut(tag: string): boolean {
  return HELD_OUT.test(tag);
}
