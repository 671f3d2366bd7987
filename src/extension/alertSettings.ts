/** Thresholds of alerts in the settings: what a configuration that is started from this window begins with. */
import * as vscode from 'vscode';
import type { JsonObject } from '../domain/configuration/override';
import { ALERT_SETTINGS } from './constants';

/** The settings that somebody has changed, as a part of a configuration; what a file says itself wins over them. */
export function alertDefaults(file: vscode.Uri): { readonly defaults?: JsonObject } {
  const settings = vscode.workspace.getConfiguration(undefined, file);
  const changed = Object.entries(ALERT_SETTINGS).flatMap(([key, id]) => {
    const { globalValue, workspaceValue, workspaceFolderValue } = settings.inspect(id) ?? {};
    const isSet = [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
    return isSet ? [[key, settings.get<unknown>(id)]] : [];
  });
  return changed.length === 0 ? {} : { defaults: { alerts: Object.fromEntries(changed) as JsonObject } };
}
