/** Commands about sweeps of this window: pause one, with or without the run at hand, and go on with it. */
import * as vscode from 'vscode';
import { HumanError } from '../../domain/errors';
import type { SweepState, SweepSummary } from '../../domain/sweep/files';
import { pauseSweep } from '../../runs/sweep/control';
import { listSweeps } from '../../runs/sweep/summary';
import { startWithConsent } from '../runs/starter';
import { runsFolders } from '../runsFolders';
import type { Services } from '../services';
import { agrees } from './consent';
import { starterProgram } from './starterProgram';

/** Begins no further run; the run at hand ends, or is stopped to be resumed later. */
export async function pauseSweepCommand({ context }: Services): Promise<void> {
  const sweep = await pickSweep(context, ['running'], 'Pause which sweep?');
  if (!sweep) return;
  const after = { label: 'After the present run', manner: 'after-run' as const };
  const now = { label: 'Now: stop the present run and resume it later', manner: 'now' as const };
  const choice = await vscode.window.showQuickPick([after, now], { title: `Pause ${sweep.name}` });
  if (choice) await pauseSweep(sweep.folder, choice.manner);
}

/** Goes on with a sweep that was paused, or whose process is gone. */
export async function resumeSweepCommand({ context }: Services): Promise<void> {
  const sweep = await pickSweep(context, ['paused', 'pausing', 'interrupted'], 'Resume which sweep?');
  if (!sweep) return;
  const program = starterProgram(context, context.extensionPath);
  await startWithConsent(program, { resumeSweep: sweep.folder }, agrees);
}

async function pickSweep(
  { globalStorageUri }: vscode.ExtensionContext,
  states: readonly SweepState[],
  title: string,
): Promise<SweepSummary | undefined> {
  const all = (await Promise.all(runsFolders(globalStorageUri).map(listSweeps))).flat();
  const fitting = all.filter(({ state }) => states.includes(state));
  if (fitting.length === 0)
    throw new HumanError(
      `No sweep is ${states.join(' or ')} here: a configuration with a "sweep" block starts one.`,
    );
  const items = fitting.map((sweep) => ({ label: sweep.name, description: describe(sweep), sweep }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.sweep;
}

function describe({ state, entries, waiting }: SweepSummary): string {
  return `${state}, ${entries.length - waiting.length} of ${entries.length} runs`;
}
