import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/domain/configuration/parse';
import {
  ALERT_SETTINGS,
  COMMAND,
  CONFIGURATION_SUFFIX,
  CONTEXT,
  ITEM_CONTEXT,
  NOTES_SCHEME,
  SELECTION,
  SETTING,
  VIEW,
} from '../../../src/extension/constants';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly restrictedConfigurations: readonly string[];
    };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly {
      readonly command: string;
      readonly args?: string;
      readonly when?: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly scope: string; readonly default: unknown } | undefined>
      >;
    };
    readonly jsonValidation: readonly { readonly fileMatch: string }[];
    readonly languageModelTools: readonly { readonly name: string }[];
  };
}

async function manifest(): Promise<Manifest> {
  return (await jsonOf('package.json')) as Manifest;
}

async function jsonOf(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(import.meta.dirname, '../../..', name), 'utf8'));
}

/** Fields that a person reads; what a language model reads (modelDescription, input schemas) stays English. */
const READ_BY_PEOPLE = new Set([
  'title',
  'displayName',
  'description',
  'markdownDescription',
  'userDescription',
  'contents',
  'name',
  'contextualTitle',
]);

/** The texts of those fields anywhere in a part of the manifest. */
function textsForPeople(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([field, value]: [string, unknown]) => {
    if (field === 'inputSchema') return [];
    return typeof value === 'string' && READ_BY_PEOPLE.has(field) ? [value] : textsForPeople(value);
  });
}

const SETTINGS: string[] = [...Object.values(SETTING), ...Object.values(ALERT_SETTINGS)].sort();

describe('the manifest and the code', () => {
  it('have the same commands, all in one category', async () => {
    const { contributes } = await manifest();
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual(Object.values(COMMAND).sort());
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['SupCon']));
  });

  it('have the same views, settings and file ending', async () => {
    const { contributes, activationEvents } = await manifest();
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    expect(views.sort()).toEqual([VIEW.dashboard, VIEW.runs].sort());
    expect(Object.keys(contributes.configuration.properties).sort()).toEqual(SETTINGS);
    expect(contributes.jsonValidation[0].fileMatch).toBe(`*${CONFIGURATION_SUFFIX}`);
    expect(activationEvents).toContain(`onFileSystem:${NOTES_SCHEME}`);
    const panels = [
      VIEW.dashboardPanel,
      VIEW.diffPanel,
      VIEW.tablePanel,
      VIEW.viewsPanel,
      VIEW.projectorPanel,
    ];
    for (const panel of panels) expect(activationEvents).toContain(`onWebviewPanel:${panel}`);
  });

  it('have the same defaults of alerts as a configuration', async () => {
    const { contributes } = await manifest();
    const { alerts } = parseConfiguration({}, 'the test');
    const { properties } = contributes.configuration;
    const defaults = Object.entries(ALERT_SETTINGS).map(([key, id]) => [key, properties[id]?.default]);
    expect(Object.fromEntries(defaults)).toEqual(alerts);
  });

  it('menus name known commands, and when-clauses known keys', async () => {
    const { contributes } = await manifest();
    const items = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    const known = [...Object.values(CONTEXT), ...Object.values(VIEW)] as string[];
    for (const { command, when = '' } of items) {
      expect(Object.values(COMMAND)).toContain(command);
      for (const key of when.match(/supcon\.\w+(?!\.)\b(?!\.json)/g) ?? []) expect(known).toContain(key);
      for (const [, word] of when.matchAll(/viewItem =~ \/\\b(\w+)\\b\//g)) {
        expect(Object.values(ITEM_CONTEXT)).toContain(word);
      }
    }
  });

  it('binds keys where one of our views has the focus, and to the selection of the tree', async () => {
    const { contributes } = await manifest();
    for (const { args, when = '' } of contributes.keybindings) {
      expect(when).toMatch(/^(focusedView|activeWebviewPanelId) == supcon\.\w+/);
      if (args !== undefined) expect(args).toBe(SELECTION);
    }
  });

  it('restricts every setting in untrusted workspaces, and keeps programs out of workspaces', async () => {
    const { capabilities, contributes } = await manifest();
    const { supported, restrictedConfigurations } = capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect([...restrictedConfigurations].sort()).toEqual(SETTINGS);
    for (const program of [SETTING.nodePath, SETTING.tensorflowLibrary])
      expect(contributes.configuration.properties[program]?.scope).toBe('machine');
  });

  it('say every word for people through a key that has a word, and keep no word that is not said', async () => {
    const { displayName, description, capabilities, contributes } = (await jsonOf(
      'package.json',
    )) as Manifest & {
      readonly displayName: string;
      readonly description: string;
    };
    const toolNames = contributes.languageModelTools.map(({ name }) => name);
    const texts = [displayName, description, ...textsForPeople(capabilities), ...textsForPeople(contributes)];
    const said = texts.filter((text) => !toolNames.includes(text));
    expect(said.filter((text) => !/^%[\w.]+%$/.test(text))).toEqual([]);
    const words = (await jsonOf('package.nls.json')) as Record<string, string>;
    expect(Object.keys(words).sort()).toEqual([...new Set(said.map((text) => text.slice(1, -1)))].sort());
    expect(Object.values(words).filter((word) => word.trim() === '')).toEqual([]);
  });
});
