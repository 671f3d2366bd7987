/** Writing down what people say of a run, from any window or terminal at once. */
import { annotate } from '../domain/run/annotation';
import type { Annotation } from '../domain/run/annotation';
import type { UserFile } from '../domain/run/state';
import { HumanError } from '../domain/errors';
import { isRunFolder } from './folder/findRun';
import { updateUserFile } from './folder/userFile';

/**
 * Changes user.json of a run; what others write at the same time is kept.
 * @returns what stands there now
 * @throws HumanError if the run is gone, the file damaged, or the text is none that a list could show
 */
export async function annotateRun(folder: string, annotation: Annotation): Promise<UserFile> {
  if (!(await isRunFolder(folder)))
    throw new HumanError(`There is no run in ${folder}: it was moved or deleted.`);
  return updateUserFile(folder, (user) => annotate(user, annotation));
}
