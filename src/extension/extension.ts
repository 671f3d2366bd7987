/** The extension's entry: the editor calls activate once, and disposes what it registered. */
import './localise';
import type * as vscode from 'vscode';
import { compose } from './compositionRoot';

/** Called by the editor when it has started, or when a dashboard comes back. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(compose(context));
}
