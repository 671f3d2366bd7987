/** The first question of a start: which configuration file or preset. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Preset } from '../../domain/configuration/presets/preset';
import { PRESETS } from '../../domain/configuration/presets/presets';
import { CONFIGURATION_EXCLUDE, CONFIGURATION_GLOB, CONFIGURATION_SUFFIX } from '../constants';

/** A file, or a preset that becomes one. */
export type ConfigurationChoice =
  { readonly type: 'file'; readonly uri: vscode.Uri } | { readonly type: 'preset'; readonly preset: Preset };

type Item = vscode.QuickPickItem & { readonly choice?: ConfigurationChoice | 'browse' };

const MOST_FILES = 200;

/** Asks for a configuration; undefined if the user turns away. */
export async function pickConfiguration(title: string): Promise<ConfigurationChoice | undefined> {
  const picked = await vscode.window.showQuickPick<Item>(allItems(), {
    title,
    placeHolder: l10n.t('A configuration file of this workspace, or a preset that becomes one'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.choice === 'browse' ? browse(title) : picked?.choice;
}

/** Asks for a preset alone. */
export async function pickPreset(title: string): Promise<Preset | undefined> {
  const items = presetItems();
  const picked = await vscode.window.showQuickPick<Item>(items, { title, matchOnDetail: true });
  return picked?.choice !== 'browse' && picked?.choice?.type === 'preset' ? picked.choice.preset : undefined;
}

/** Asks for a configuration file alone; undefined if the user turns away. */
export async function pickConfigurationFile(title: string): Promise<vscode.Uri | undefined> {
  const items = fileItems().then((files) => [...files, ...BROWSE]);
  const picked = await vscode.window.showQuickPick<Item>(items, { title, matchOnDescription: true });
  const choice = picked?.choice === 'browse' ? await browse(title) : picked?.choice;
  return choice?.type === 'file' ? choice.uri : undefined;
}

async function allItems(): Promise<Item[]> {
  return [
    ...(await fileItems()),
    ...titled(l10n.t('Presets, written to a file of the workspace'), presetItems()),
    ...BROWSE,
  ];
}

const BROWSE = titled(l10n.t('Elsewhere'), [
  { label: `$(folder-opened) ${l10n.t('Browse…')}`, choice: 'browse' },
]);

async function fileItems(): Promise<Item[]> {
  const files = await vscode.workspace.findFiles(CONFIGURATION_GLOB, CONFIGURATION_EXCLUDE, MOST_FILES);
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const ordered = files
    .map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri) }))
    .sort((a, b) => rank(a.uri, active) - rank(b.uri, active) || a.path.localeCompare(b.path));
  const items = ordered.map(({ uri, path }): Item => ({
    label: `$(json) ${path}`,
    choice: { type: 'file', uri },
  }));
  return titled(l10n.t('In this workspace'), items);
}

/** The file in front comes first. */
function rank(uri: vscode.Uri, active: string | undefined): number {
  return uri.toString() === active ? 0 : 1;
}

function presetItems(): Item[] {
  return PRESETS.map((preset) => ({
    label: `$(beaker) ${preset.name}`,
    detail: preset.description,
    choice: { type: 'preset', preset },
  }));
}

function titled(label: string, items: Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

async function browse(title: string): Promise<ConfigurationChoice | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: l10n.t('Use this configuration'),
      filters: { [l10n.t('SupCon configuration')]: [CONFIGURATION_SUFFIX.slice(1), 'json'] },
    })) ?? [];
  return uri ? { type: 'file', uri } : undefined;
}
