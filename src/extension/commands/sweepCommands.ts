/** Commands about sweeps of this window: pause one, with or without the run at hand, and go on with it. */
import * as l10n from '@vscode/l10n';
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

const STATE_WORDS: Readonly<Record<SweepState, string>> = {
  running: l10n.t('running'),
  pausing: l10n.t('pausing'),
  paused: l10n.t('paused'),
  interrupted: l10n.t('interrupted'),
  completed: l10n.t('completed'),
};

/** Begins no further run; the run at hand ends, or is stopped to be resumed later. */
export async function pauseSweepCommand({ context }: Services): Promise<void> {
  const sweep = await pickSweep(context, ['running'], {
    title: l10n.t('Pause which sweep?'),
    none: l10n.t('No sweep is running here: a configuration with a "sweep" block starts one.'),
  });
  if (!sweep) return;
  const after = { label: l10n.t('After the present run'), manner: 'after-run' as const };
  const now = { label: l10n.t('Now: stop the present run and resume it later'), manner: 'now' as const };
  const choice = await vscode.window.showQuickPick([after, now], { title: l10n.t('Pause {0}', sweep.name) });
  if (choice) await pauseSweep(sweep.folder, choice.manner);
}

/** Goes on with a sweep that was paused, or whose process is gone. */
export async function resumeSweepCommand({ context }: Services): Promise<void> {
  const sweep = await pickSweep(context, ['paused', 'pausing', 'interrupted'], {
    title: l10n.t('Resume which sweep?'),
    none: l10n.t(
      'No sweep is paused or pausing or interrupted here: a configuration with a "sweep" block starts one.',
    ),
  });
  if (!sweep) return;
  const program = starterProgram(context, context.extensionPath);
  await startWithConsent(program, { resumeSweep: sweep.folder }, agrees);
}

async function pickSweep(
  { globalStorageUri }: vscode.ExtensionContext,
  states: readonly SweepState[],
  { title, none }: { readonly title: string; readonly none: string },
): Promise<SweepSummary | undefined> {
  const all = (await Promise.all(runsFolders(globalStorageUri).map(listSweeps))).flat();
  const fitting = all.filter(({ state }) => states.includes(state));
  if (fitting.length === 0) throw new HumanError(none);
  const items = fitting.map((sweep) => ({ label: sweep.name, description: describe(sweep), sweep }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.sweep;
}

function describe({ state, entries, waiting }: SweepSummary): string {
  const begun = entries.length - waiting.length;
  return l10n.t('{0}, {1} of {2} runs', STATE_WORDS[state], begun, entries.length);
}
