/**
 * The sides of a code comparison as documents of the scheme `supcon-code`: a file as a run had it, put together from
 * its commit and its recorded changes. The editor's own diff shows two of them.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { basename } from 'node:path';
import { codeSides } from '../../domain/diff/code/code';
import { HumanError } from '../../domain/errors';
import { readCommittedFile } from '../../runs/diff/committed';
import { readCodeFacts } from '../../runs/diff/gather';
import type { Disposable } from '../disposable';

const SCHEME = 'supcon-code';
const SIDES = ['baseline', 'own'] as const;

/** Registers the documents. */
export function registerCodeDocuments(): Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: contentOf,
  });
}

/** Opens a file of two runs in the editor's own diff. */
export async function openCodeDiff(
  runs: readonly [baseline: string, own: string],
  names: readonly [string, string],
  path: string,
): Promise<void> {
  const [left, right] = SIDES.map((side) =>
    vscode.Uri.from({ scheme: SCHEME, path: `/${path}`, query: JSON.stringify({ runs, side }) }),
  );
  const title = `${basename(path)} (${names[0]} ↔ ${names[1]})`;
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
}

async function contentOf({ path, query }: vscode.Uri): Promise<string> {
  const { runs, side } = parseQuery(query);
  if (!vscode.workspace.isTrusted)
    throw new HumanError(l10n.t('This workspace is not trusted: trust it to read its runs.'));
  const [baseline, own] = await Promise.all(runs.map(readCodeFacts));
  if (baseline == null || own == null)
    throw new HumanError(l10n.t('The code of one of the runs is not recorded: there is nothing to compare.'));
  const name = path.replace(/^\//, '');
  const committed = await readCommittedFile({ folder: runs[0], codes: [baseline, own] }, name);
  const sides = codeSides([baseline, own], name, committed);
  if (sides === undefined)
    throw new HumanError(
      l10n.t('The changes to {0} are not recorded: they were too large to be kept.', name),
    );
  return sides[side].lines.map((line) => `${line}\n`).join('');
}

function parseQuery(query: string): { runs: readonly [string, string]; side: (typeof SIDES)[number] } {
  const { runs, side } = JSON.parse(query) as { runs?: unknown; side?: unknown };
  const [baseline, own] = Array.isArray(runs) ? (runs as unknown[]) : [];
  const known = SIDES.find((each) => each === side);
  if (typeof baseline !== 'string' || typeof own !== 'string' || known === undefined)
    throw new HumanError(l10n.t('This document is no file of a run: open it from a comparison.'));
  return { runs: [baseline, own], side: known };
}
