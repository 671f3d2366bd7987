/** `supcon resume RUN`: continues a run from its newest checkpoint and follows it. */
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { resumeRun } from '../../runs/start';
import { consentOf, requireRunConsent } from '../consent';
import { exitCodeOf, followRun } from '../follow';
import { installedPrograms } from '../programs';

export interface ResumeOptions {
  readonly dir?: string;
  readonly now?: boolean;
  readonly json?: boolean;
  /** Agree to the modules that lie in the run folder. */
  readonly trust?: boolean;
}

/** Resumes and follows; the exit code of the run. */
export async function resume(text: string, options: ResumeOptions): Promise<number> {
  const folder = await findRun(resolveRunsFolder(process.cwd(), options.dir), text);
  await requireRunConsent(folder, consentOf(options));
  await resumeRun(folder, installedPrograms(options.now === true ? 'now' : 'wait'));
  return exitCodeOf(await followRun(folder, { json: options.json === true }));
}
