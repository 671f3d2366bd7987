/** The user's own modules that a preview of views loads: encoder and loss it does not. */
import type { Configuration } from '../../domain/configuration/schema';
import type { FoundModule } from '../../runs/modules/record';
import { findModules } from '../../runs/modules/record';

/** Reads them. Throws HumanError that names the file and what is wrong with it. */
export async function previewModules(configuration: Configuration): Promise<FoundModule[]> {
  const all = await findModules([configuration]);
  return all.filter(({ key }) => key === 'dataset.kind' || key === 'augmentation.policy');
}
