/** `supcon resume RUN`: continues a run from its newest checkpoint and follows it. */
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { resumeRun } from '../../runs/start';
import { exitCodeOf, followRun } from '../follow';
import { installedPrograms } from '../programs';

export interface ResumeOptions {
  readonly dir?: string;
  readonly now?: boolean;
  readonly json?: boolean;
}

/** Resumes and follows; the exit code of the run. */
export async function resume(text: string, options: ResumeOptions): Promise<number> {
  const folder = await findRun(resolveRunsFolder(process.cwd(), options.dir), text);
  await resumeRun(folder, installedPrograms(options.now === true ? 'now' : 'wait'));
  return exitCodeOf(await followRun(folder, { json: options.json === true }));
}
