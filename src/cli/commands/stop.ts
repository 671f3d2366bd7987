/** `supcon stop RUN`: climbs the stop ladder and says on which rung it stands. */
import { EXIT_CODE } from '../../domain/errors';
import type { RunSummary } from '../../domain/run/state';
import { stopRun } from '../../runs/control';
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { stateText } from '../words';

/** Stops the run and waits for its end; the exit code. */
export async function stop(text: string, options: { readonly dir?: string }): Promise<number> {
  const folder = await findRun(resolveRunsFolder(process.cwd(), options.dir), text);
  const ended = await stopRun(folder, { onState: (run) => process.stdout.write(`${describe(run)}\n`) });
  return ended.endState === 'stopped' || ended.endState === 'completed'
    ? EXIT_CODE.completed
    : EXIT_CODE.failed;
}

function describe(run: RunSummary): string {
  if (run.stop === null || run.state === 'ended') return `${run.id}: ${stateText(run)}`;
  const seconds =
    run.stop.deadline === null ? 0 : Math.max(0, Math.round((run.stop.deadline - Date.now()) / 1000));
  const next = run.stop.deadline === null ? '' : `; the next rung follows in ${seconds} s`;
  return `${run.id}: ${run.stop.level}${next}`;
}
