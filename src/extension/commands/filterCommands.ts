/** Commands about the filter of the list: composing it, saving it under a name, taking it away. */
import * as vscode from 'vscode';
import type { RunFilter } from '../../domain/run/list/filter';
import { describeFilter, filterChoices, isActive, NO_FILTER } from '../../domain/run/list/filter';
import { parseSavedFilters } from '../../domain/run/list/view';
import type { RunRecord } from '../../domain/run/record';
import { SETTING } from '../constants';
import type { Services } from '../services';
import type { Token } from './tokenPick';
import { pickTokens } from './tokenPick';

const TITLE = 'Filter Runs';
const LISTS = ['states', 'tags', 'losses', 'groups'] as const;
type ListName = (typeof LISTS)[number];
const LIST_WORDS: Readonly<Record<ListName, string>> = {
  states: 'state',
  tags: 'tag',
  losses: 'loss',
  groups: 'group',
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

const REMOVE = { iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Remove this filter' };

function chooseStep(
  saved: Readonly<Record<string, RunFilter>>,
  filter: RunFilter,
): Promise<Step | undefined> {
  const pick = vscode.window.createQuickPick<StepItem>();
  pick.title = TITLE;
  pick.placeholder = isActive(filter) ? `Now: ${describeFilter(filter)}` : 'No filter is in use';
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
    { label: '$(clear-all) Clear filter', step: 'clear' },
    { label: '$(save) Save this filter…', description: describeFilter(filter), step: 'save' },
  ];
  const named = Object.entries(saved).map(([name, one]): StepItem => ({
    label: `$(filter) ${name}`,
    description: describeFilter(one),
    buttons: [REMOVE],
    step: { name },
  }));
  return [
    { label: '$(edit) Compose a filter…', step: 'compose' },
    ...(isActive(filter) ? active : []),
    ...named,
  ];
}

async function compose(records: readonly RunRecord[], filter: RunFilter): Promise<RunFilter | undefined> {
  const choices = filterChoices(records);
  const listed = LISTS.flatMap((list) => {
    const values = [...new Set([...choices[list], ...filter[list]])];
    return values.map((value) => ({
      label: value,
      description: LIST_WORDS[list],
      value: `${list}:${value}`,
    }));
  });
  const flags: Token[] = [
    { label: '$(star-full) starred', value: 'starred' },
    { label: '$(archive) archived too', value: 'archived:show' },
    { label: '$(archive) archived only', value: 'archived:only' },
  ];
  const text = filter.text === '' ? [] : [textToken(filter.text)];
  const chosen = await pickTokens({
    title: TITLE,
    placeholder: 'Tick what shall be shown, or type words to look for',
    tokens: [...text, ...flags, ...listed],
    picked: valuesOf(filter),
    typed: (typed) => (typed.trim() === '' ? undefined : textToken(typed.trim())),
  });
  return chosen === undefined ? undefined : filterOf(chosen);
}

function textToken(text: string): Token {
  return { label: `$(search) "${text}"`, description: 'in name, id, notes or tags', value: `text:${text}` };
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
    title: 'Save Filter',
    prompt: `Name for: ${describeFilter(filter)}`,
    validateInput: (text) => (text.trim() === '' ? 'Type a name.' : undefined),
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
