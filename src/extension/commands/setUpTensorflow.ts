/** Commands that bring TensorFlow to this machine, after a question that lists every file, and take it away again. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatBytes } from '../../domain/display/format';
import type { SetUpMessage, SetUpPlan, SetUpProgress } from '../../protocol/setUp';
import { runSetUp } from '../runs/setUp';
import type { Services } from '../services';
import { commandLineProgram } from './starterProgram';

const TITLE = l10n.t('Set Up TensorFlow Engine');

/** Asks for which device, lists what would be fetched, and fetches it; progress can be cancelled. */
export async function setUpTensorflow({ context, log }: Services): Promise<void> {
  const device = await pickDevice();
  if (device === undefined) return;
  const program = commandLineProgram(context);
  const plan = await runSetUp(program, { options: ['--plan', ...device.options] });
  if (plan?.type !== 'plan') return;
  if (plan.installed) {
    inform(l10n.t('TensorFlow {0} is already set up in {1}.', plan.version, plan.folder));
    return;
  }
  if (!(await agrees(plan))) return;
  const done = await withProgress((signal, onMessage) =>
    runSetUp(program, { options: ['--yes', ...device.options], signal, onMessage }),
  );
  if (done?.type !== 'done') return;
  log.info(done.message);
  inform(done.message);
}

/** Removes what set-up made, once the user agrees. */
export async function removeTensorflow({ context, log }: Services): Promise<void> {
  const remove = l10n.t('Remove');
  const question = l10n.t('Remove the TensorFlow library that SupCon Lab has set up on this machine?');
  const detail = l10n.t(
    'Runs use the engine "onnx" then. A TensorFlow of your own, such as in Python, stays.',
  );
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
  if (answer !== remove) return;
  const done = await runSetUp(commandLineProgram(context), { options: ['--remove'] });
  if (done?.type !== 'done') return;
  log.info(done.message);
  inform(done.message);
}

async function pickDevice(): Promise<{ readonly options: readonly string[] } | undefined> {
  const items = [
    {
      label: `$(circuit-board) ${l10n.t('Processor')}`,
      description: l10n.t('a few hundred megabytes'),
      options: [],
    },
    {
      label: `$(server-environment) ${l10n.t('NVIDIA graphics card')}`,
      description: l10n.t('some gigabytes, with the CUDA libraries; needs the NVIDIA driver'),
      options: ['--gpu'],
    },
  ];
  return vscode.window.showQuickPick(items, {
    title: TITLE,
    placeHolder: l10n.t('Where TensorFlow is to compute'),
  });
}

async function agrees({ version, folder, files, downloadBytes, diskBytes }: SetUpPlan): Promise<boolean> {
  const download = l10n.t('Download {0}', formatBytes(downloadBytes));
  const rows = files.map(({ name, bytes, present }) =>
    present
      ? l10n.t('{0}: {1}, is here already', name, formatBytes(bytes))
      : `${name}: ${formatBytes(bytes)}`,
  );
  const detail = [
    ...rows,
    '',
    l10n.t(
      'Fetched with your own pip into {0}; about {1} of free disk are needed on the way.',
      folder,
      formatBytes(diskBytes),
    ),
  ].join('\n');
  const question = l10n.t('Set up TensorFlow {0} for this machine?', version);
  return (
    (await vscode.window.showInformationMessage(question, { modal: true, detail }, download)) === download
  );
}

type Work = (
  signal: AbortSignal,
  onMessage: (message: SetUpMessage) => void,
) => Promise<SetUpMessage | undefined>;

function withProgress(work: Work): Thenable<SetUpMessage | undefined> {
  const place = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Setting up TensorFlow'),
    cancellable: true,
  };
  return vscode.window.withProgress(place, async (progress, token) => {
    const cancel = new AbortController();
    const listening = token.onCancellationRequested(() => cancel.abort());
    let shown = 0;
    try {
      return await work(cancel.signal, (message) => {
        if (message.type !== 'progress') return;
        const percent = percentOf(message) ?? shown;
        progress.report({ message: describe(message), increment: percent - shown });
        shown = percent;
      });
    } finally {
      listening.dispose();
    }
  });
}

/** Share of the download in per cent; undefined in the other steps. */
function percentOf({ receivedBytes, totalBytes }: SetUpProgress): number | undefined {
  return receivedBytes === undefined || !totalBytes ? undefined : (receivedBytes / totalBytes) * 100;
}

function describe({ step, file = '', receivedBytes = 0, totalBytes = 0 }: SetUpProgress): string {
  if (step === 'download')
    return l10n.t({
      message: '{0} of {1}: {2}',
      args: [formatBytes(receivedBytes), formatBytes(totalBytes), file],
      comment: ['bytes received, of all bytes, and the name of the file'],
    });
  if (step === 'unpack') return l10n.t('unpacking {0}', file);
  return step === 'build' ? l10n.t('putting the add-on in place') : l10n.t('testing the library');
}

function inform(message: string): void {
  void vscode.window.showInformationMessage(message);
}
