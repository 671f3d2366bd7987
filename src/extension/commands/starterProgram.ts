/** How this installation calls its starter. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { SETTING } from '../constants';
import type { StarterProgram } from '../runs/starter';

/** The starter, run by the configured Node or by the one that runs the extension host. */
export function starterProgram(context: vscode.ExtensionContext, workingFolder = homedir()): StarterProgram {
  const named = vscode.workspace.getConfiguration().get<string>(SETTING.nodePath) ?? '';
  return {
    node: named === '' ? process.execPath : named,
    script: join(context.extensionPath, 'dist', 'starter.js'),
    workingFolder,
  };
}
