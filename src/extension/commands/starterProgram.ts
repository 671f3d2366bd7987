/** How this installation calls its own programs. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LIBRARY_VARIABLE, SETTING } from '../constants';
import type { StarterProgram } from '../runs/starter';

/** The starter, run by the configured Node or by the one that runs the extension host. */
export function starterProgram(context: vscode.ExtensionContext, workingFolder = homedir()): StarterProgram {
  return bundledProgram(context, 'starter.js', workingFolder);
}

/** The command line, run by the same Node. */
export function commandLineProgram(context: vscode.ExtensionContext): StarterProgram {
  return bundledProgram(context, 'cli.js', homedir());
}

function bundledProgram(
  context: vscode.ExtensionContext,
  script: string,
  workingFolder: string,
): StarterProgram {
  const named = setting(SETTING.nodePath);
  const library = setting(SETTING.tensorflowLibrary);
  return {
    node: named === '' ? process.execPath : named,
    script: join(context.extensionPath, 'dist', script),
    workingFolder,
    ...(library === '' ? {} : { environment: { [LIBRARY_VARIABLE]: library } }),
  };
}

function setting(id: string): string {
  return vscode.workspace.getConfiguration().get<string>(id) ?? '';
}
