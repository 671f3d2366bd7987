/** The second question of a start: on which samples. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DatasetChoice } from '../runs/configurationFile';

/** `own` keeps what the configuration says. */
export type DatasetAnswer = DatasetChoice | 'own';

type FileKind = Exclude<DatasetChoice['kind'], 'generated'>;

type Item = vscode.QuickPickItem & { readonly answer: 'own' | DatasetChoice['kind'] };

/** Endings of the files that hold a whole set, beside archives; kinds without any lie in folders. */
const FILE_ENDINGS: Readonly<Record<FileKind, readonly string[]>> = {
  idx: [],
  'cifar-10': [],
  'cifar-100': [],
  folders: [],
  index: ['csv', 'tsv', 'parquet'],
  arrays: ['npz', 'npy'],
};
const ARCHIVE_ENDINGS = ['zip', 'tar', 'gz', 'tgz'];

/** Asks for the data set; undefined if the user turns away. `own` describes what the configuration says. */
export async function pickDataset(title: string, own: string): Promise<DatasetAnswer | undefined> {
  const picked = await vscode.window.showQuickPick<Item>(items(own), {
    title,
    placeHolder: l10n.t('The data set'),
  });
  if (!picked) return undefined;
  if (picked.answer === 'own') return 'own';
  if (picked.answer === 'generated') return { kind: 'generated', path: '' };
  return pickPath(title, picked.answer);
}

function items(own: string): Item[] {
  return [
    { label: `$(json) ${l10n.t("The configuration's own")}`, description: own, answer: 'own' },
    {
      label: `$(symbol-color) ${l10n.t('Generated shapes')}`,
      description: l10n.t('made from the seed, nothing to download'),
      answer: 'generated',
    },
    {
      label: `$(file-media) ${l10n.t('Folders of images…')}`,
      description: l10n.t('one for each class'),
      answer: 'folders',
    },
    {
      label: `$(table) ${l10n.t('Index of images…')}`,
      description: l10n.t('CSV, TSV or Parquet'),
      answer: 'index',
    },
    {
      label: `$(symbol-array) ${l10n.t('NumPy arrays…')}`,
      description: l10n.t('images or features'),
      answer: 'arrays',
    },
    {
      label: `$(folder) ${l10n.t('IDX files…')}`,
      description: l10n.t('such as MNIST or Fashion-MNIST'),
      answer: 'idx',
    },
    { label: `$(folder) ${l10n.t('CIFAR-10, binary version…')}`, answer: 'cifar-10' },
    { label: `$(folder) ${l10n.t('CIFAR-100, binary version…')}`, answer: 'cifar-100' },
  ];
}

/** Most systems' dialogs show either folders or files, so which of the two is asked first. */
async function pickPath(title: string, kind: FileKind): Promise<DatasetChoice | undefined> {
  const endings = FILE_ENDINGS[kind];
  const file = endings.length > 0 ? l10n.t('A file or an archive…') : l10n.t('An archive…');
  const what = await vscode.window.showQuickPick([l10n.t('A folder…'), file], {
    title,
    placeHolder: l10n.t('What holds it'),
  });
  if (what === undefined) return undefined;
  const isFolder = what !== file;
  const [picked] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: isFolder ? l10n.t('Use this folder') : l10n.t('Use this file'),
      canSelectFiles: !isFolder,
      canSelectFolders: isFolder,
      ...(isFolder ? {} : { filters: { [l10n.t('Data sets')]: [...endings, ...ARCHIVE_ENDINGS] } }),
    })) ?? [];
  return picked ? { kind, path: picked.fsPath } : undefined;
}
