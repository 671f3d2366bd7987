/** Commands that write down what a person thinks of runs: star, tags, name, notes, archive. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { HumanError } from '../../domain/errors';
import type { Annotation } from '../../domain/run/annotation';
import { checkName, checkTag } from '../../domain/run/annotation';
import type { RunSummary } from '../../domain/run/state';
import type { Services } from '../services';
import { notesUri } from '../views/notes';
import { counted } from '../views/tree/treeTexts';
import type { Called } from './pickRuns';
import { pickRuns } from './pickRuns';
import type { Token } from './tokenPick';
import { pickTokens } from './tokenPick';

const NO_RUN = l10n.t('There is no such run: start one with "SupCon: Start SupCon Run".');
type Command = (services: Services, called: Called) => Promise<void>;

/** Marks runs with a star. */
export const starRuns = annotating({ starred: true }, l10n.t('Star which run?'), (run) => !run.starred);
/** Takes the star away. */
export const unstarRuns = annotating(
  { starred: false },
  l10n.t('Take the star from which run?'),
  (run) => run.starred,
);
/** Hides runs from the list until asked for. */
export const archiveRuns = annotating(
  { archived: true },
  l10n.t('Archive which run?'),
  (run) => !run.archived,
);
/** Shows archived runs again. */
export const unarchiveRuns = annotating(
  { archived: false },
  l10n.t('Unarchive which run?'),
  (run) => run.archived,
);

/** Changes the tags of runs: those that all of them have are ticked; tags of some stay unless ticked. */
export async function tagRuns(services: Services, called: Called): Promise<void> {
  const runs = await pickRuns(services, called, {
    title: l10n.t('Tag which run?'),
    none: NO_RUN,
    qualifies: () => true,
  });
  if (runs.length === 0) return;
  const known = [...new Set(services.store.runs.flatMap(({ tags }) => tags))].sort();
  const shared = known.filter((tag) => runs.every(({ tags }) => tags.includes(tag)));
  const chosen = await pickTokens({
    title:
      runs.length === 1
        ? l10n.t('Tags of {0}', runs[0]?.name ?? '')
        : l10n.t('Tags of {0} runs', runs.length),
    placeholder: l10n.t('Tick tags, or type a new one'),
    tokens: known.map((tag) => tagToken(tag, services.store.runs)),
    picked: shared,
    typed: (text) =>
      isTag(text)
        ? { label: `$(add) ${text.trim()}`, value: text.trim(), description: l10n.t('new tag') }
        : undefined,
  });
  if (chosen === undefined) return;
  const addTags = chosen.filter((tag) => !shared.includes(tag));
  const removeTags = shared.filter((tag) => !chosen.includes(tag));
  await annotateAll(services, runs, { addTags, removeTags });
}

/** Gives a run another name; an empty one gives it its configured name back. */
export async function renameRun(services: Services, called: Called): Promise<void> {
  const [run] = await pickRuns(services, called, {
    title: l10n.t('Rename which run?'),
    none: NO_RUN,
    qualifies: () => true,
  });
  if (!run) return;
  const name = await vscode.window.showInputBox({
    title: l10n.t('Rename Run'),
    value: run.name,
    prompt: l10n.t('Leave it empty to take the configured name again.'),
    validateInput: (text) => complaintOf(() => checkName(text)),
  });
  if (name !== undefined) await annotateAll(services, [run], { name });
}

/** Opens the notes of a run as a document. */
export async function editNotes(services: Services, called: Called): Promise<void> {
  const [run] = await pickRuns(services, called, {
    title: l10n.t('Notes of which run?'),
    none: NO_RUN,
    qualifies: () => true,
  });
  if (run) await vscode.window.showTextDocument(notesUri(run), { preview: false });
}

function annotating(annotation: Annotation, title: string, qualifies: (run: RunSummary) => boolean): Command {
  return async (services, called) => {
    const none = l10n.t('There is no run to which this applies.');
    await annotateAll(services, await pickRuns(services, called, { title, none, qualifies }), annotation);
  };
}

/** What fails for one run does not keep the others from it. */
async function annotateAll(
  { backend }: Services,
  runs: readonly RunSummary[],
  annotation: Annotation,
): Promise<void> {
  const done = await Promise.allSettled(runs.map(({ folder }) => backend.annotate(folder, annotation)));
  const failed = done.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function tagToken(tag: string, runs: readonly RunSummary[]): Token {
  const count = runs.filter(({ tags }) => tags.includes(tag)).length;
  return { label: `$(tag) ${tag}`, value: tag, description: counted(count) };
}

function isTag(text: string): boolean {
  return complaintOf(() => checkTag(text)) === undefined;
}

/** What a check says against a text; undefined if it passes. */
function complaintOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof HumanError) return error.message;
    throw error;
  }
}
