/**
 * What a command finds in its environment: that of the user without the editor's own variables, what the
 * configuration adds, and where its run lies. Output comes unbuffered, so that the log is as old as the run.
 */
import { cleanEnvironment } from '../process/cleanEnvironment';

/** Tells a program that asks where it may put its own files. */
export const RUN_FOLDER_VARIABLE = 'SUPCON_RUN_DIR';

/** Makes programs of ours run in the editor's binary; another program of that kind would be changed by it. */
const EDITOR_AS_NODE = 'ELECTRON_RUN_AS_NODE';

/** The variables of a command; the configured ones win. */
export function commandEnvironment(
  inherited: NodeJS.ProcessEnv,
  configured: Readonly<Record<string, string>>,
  runFolder: string,
): NodeJS.ProcessEnv {
  const clean = Object.entries(cleanEnvironment(inherited)).filter(([name]) => name !== EDITOR_AS_NODE);
  return {
    ...Object.fromEntries(clean),
    PYTHONUNBUFFERED: '1',
    ...configured,
    [RUN_FOLDER_VARIABLE]: runFolder,
  };
}
