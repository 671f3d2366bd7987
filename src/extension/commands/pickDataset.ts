/** The second question of a start: on which images. */
import * as vscode from 'vscode';
import type { DatasetChoice } from '../runs/configurationFile';

/** `own` keeps what the configuration says. */
export type DatasetAnswer = DatasetChoice | 'own';

type Item = vscode.QuickPickItem & { readonly answer: 'own' | DatasetChoice['kind'] };

/** Asks for the data set; undefined if the user turns away. `own` describes what the configuration says. */
export async function pickDataset(title: string, own: string): Promise<DatasetAnswer | undefined> {
  const picked = await vscode.window.showQuickPick<Item>(items(own), { title, placeHolder: 'The data set' });
  if (!picked) return undefined;
  if (picked.answer === 'own') return 'own';
  if (picked.answer === 'generated') return { kind: 'generated', path: '' };
  return pickFolder(title, picked.answer);
}

function items(own: string): Item[] {
  return [
    { label: "$(json) The configuration's own", description: own, answer: 'own' },
    {
      label: '$(symbol-color) Generated shapes',
      description: 'made from the seed, nothing to download',
      answer: 'generated',
    },
    { label: '$(folder) IDX files…', description: 'such as MNIST or Fashion-MNIST', answer: 'idx' },
    { label: '$(folder) CIFAR-10, binary version…', answer: 'cifar-10' },
  ];
}

async function pickFolder(title: string, kind: 'idx' | 'cifar-10'): Promise<DatasetChoice | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: 'Use this folder',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder ? { kind, path: folder.fsPath } : undefined;
}
