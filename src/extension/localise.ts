/**
 * Hands the editor's language to everything that runs in the extension host: the first import of the entry, so that words
 * that are chosen while modules load are in that language too.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
