/** Commands about the filter of the list: composing it, saving it under a name, taking it away. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { lookOf } from '../../domain/display/runLook';
import type { RunFilter } from '../../domain/run/list/filter';
import { describeFilter, filterChoices, isActive, NO_FILTER } from '../../domain/run/list/filter';
import { parseSavedFilters } from '../../domain/run/list/view';
import type { RunRecord } from '../../domain/run/record';
import { END_STATES, RUN_STATES } from '../../domain/run/state';
import { SETTING } from '../constants';
import type { Services } from '../services';
import type { Token } from './tokenPick';
import { pickTokens } from './tokenPick';

const TITLE = l10n.t('Filter Runs');
const LISTS = ['states', 'tags', 'losses', 'groups'] as const;
type ListName = (typeof LISTS)[number];
const LIST_WORDS: Readonly<Record<ListName, string>> = {
  states: l10n.t('state'),
  tags: l10n.t('tag'),
  losses: l10n.t('loss'),
  groups: l10n.t('group'),
};

/** Applies a saved filter, or composes one; saving is offered once it is in use. */
export async function filterRuns({ tree, store }: Services): Promise<void> {
  const saved = savedFilters();
  const { filter } = tree.listView;
  const names = Object.keys(saved);
  const step = names.length === 0 && !isActive(filter) ? 'compose' : await chooseStep(saved, filter);
  if (step === undefined) return;
  if (step === 'save') return saveFilter(filter);
  const next = await filterAfter(step, () => compose(store.records, filter), saved);
  if (next !== undefined) tree.look({ filter: next });
}

/** Shows every run that is not archived. */
export function clearFilter({ tree }: Services): Promise<void> {
  tree.look({ filter: NO_FILTER });
  return Promise.resolve();
}

type Step = 'compose' | 'save' | 'clear' | { readonly name: string };
type StepItem = vscode.QuickPickItem & { readonly step: Step };

async function filterAfter(
  step: Exclude<Step, 'save'>,
  composeAnew: () => Promise<RunFilter | undefined>,
  saved: Readonly<Record<string, RunFilter>>,
): Promise<RunFilter | undefined> {
  if (step === 'clear') return NO_FILTER;
  return step === 'compose' ? composeAnew() : saved[step.name];
}

const REMOVE = { iconPath: new vscode.ThemeIcon('trash'), tooltip: l10n.t('Remove this filter') };

function chooseStep(
  saved: Readonly<Record<string, RunFilter>>,
  filter: RunFilter,
): Promise<Step | undefined> {
  const pick = vscode.window.createQuickPick<StepItem>();
  pick.title = TITLE;
  pick.placeholder = isActive(filter)
    ? l10n.t('Now: {0}', describeFilter(filter))
    : l10n.t('No filter is in use');
  pick.items = stepItems(saved, filter);
  pick.onDidTriggerItemButton(({ item }) => {
    if (typeof item.step === 'string') return;
    pick.items = pick.items.filter((other) => other !== item);
    void removeFilter(item.step.name);
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.step);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function stepItems(saved: Readonly<Record<string, RunFilter>>, filter: RunFilter): StepItem[] {
  const active: StepItem[] = [
    { label: `$(clear-all) ${l10n.t('Clear filter')}`, step: 'clear' },
    { label: `$(save) ${l10n.t('Save this filter…')}`, description: describeFilter(filter), step: 'save' },
  ];
  const named = Object.entries(saved).map(([name, one]): StepItem => ({
    label: `$(filter) ${name}`,
    description: describeFilter(one),
    buttons: [REMOVE],
    step: { name },
  }));
  return [
    { label: `$(edit) ${l10n.t('Compose a filter…')}`, step: 'compose' },
    ...(isActive(filter) ? active : []),
    ...named,
  ];
}

async function compose(records: readonly RunRecord[], filter: RunFilter): Promise<RunFilter | undefined> {
  const choices = filterChoices(records);
  const listed = LISTS.flatMap((list) => {
    const values = [...new Set([...choices[list], ...filter[list]])];
    return values.map((value) => ({
      label: list === 'states' ? stateWord(value) : value,
      description: LIST_WORDS[list],
      value: `${list}:${value}`,
    }));
  });
  const flags: Token[] = [
    { label: `$(star-full) ${l10n.t('starred')}`, value: 'starred' },
    { label: `$(archive) ${l10n.t('archived too')}`, value: 'archived:show' },
    { label: `$(archive) ${l10n.t('archived only')}`, value: 'archived:only' },
  ];
  const text = filter.text === '' ? [] : [textToken(filter.text)];
  const chosen = await pickTokens({
    title: TITLE,
    placeholder: l10n.t('Tick what shall be shown, or type words to look for'),
    tokens: [...text, ...flags, ...listed],
    picked: valuesOf(filter),
    typed: (typed) => (typed.trim() === '' ? undefined : textToken(typed.trim())),
  });
  return chosen === undefined ? undefined : filterOf(chosen);
}

/** A state as the list shows it; one that this version does not know as it is written. */
function stateWord(state: string): string {
  const live = RUN_STATES.find((one) => one === state);
  if (live !== undefined && live !== 'ended') return lookOf({ state: live, endState: null }).word;
  const endState = END_STATES.find((one) => one === state);
  return endState === undefined ? state : lookOf({ state: 'ended', endState }).word;
}

function textToken(text: string): Token {
  return {
    label: `$(search) "${text}"`,
    description: l10n.t('in name, id, notes or tags'),
    value: `text:${text}`,
  };
}

function valuesOf(filter: RunFilter): string[] {
  return [
    ...(filter.text === '' ? [] : [`text:${filter.text}`]),
    ...(filter.starred ? ['starred'] : []),
    ...(filter.archived === 'hide' ? [] : [`archived:${filter.archived}`]),
    ...LISTS.flatMap((list) => filter[list].map((value) => `${list}:${value}`)),
  ];
}

function filterOf(values: readonly string[]): RunFilter {
  const after = (prefix: string) =>
    values.filter((value) => value.startsWith(`${prefix}:`)).map((value) => value.slice(prefix.length + 1));
  const archived = after('archived');
  return {
    text: after('text').join(' '),
    states: after('states'),
    tags: after('tags'),
    losses: after('losses'),
    groups: after('groups'),
    starred: values.includes('starred'),
    archived: archived.includes('only') ? 'only' : archived.includes('show') ? 'show' : 'hide',
  };
}

async function saveFilter(filter: RunFilter): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: l10n.t('Save Filter'),
    prompt: l10n.t('Name for: {0}', describeFilter(filter)),
    validateInput: (text) => (text.trim() === '' ? l10n.t('Type a name.') : undefined),
  });
  if (name !== undefined) await writeFilters({ ...savedFilters(), [name.trim()]: filter });
}

async function removeFilter(name: string): Promise<void> {
  await writeFilters(Object.fromEntries(Object.entries(savedFilters()).filter(([other]) => other !== name)));
}

function savedFilters(): Readonly<Record<string, RunFilter>> {
  return parseSavedFilters(vscode.workspace.getConfiguration().get(SETTING.savedFilters));
}

/** Kept with the user's settings, where they can be read, edited and taken to other machines. */
async function writeFilters(filters: Readonly<Record<string, RunFilter>>): Promise<void> {
  const everywhere = vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration().update(SETTING.savedFilters, filters, everywhere);
}
