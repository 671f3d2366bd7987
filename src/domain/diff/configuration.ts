/**
 * The section `configuration`: every key of the schema in its order, defaults filled in, so that a key that one file
 * writes and another leaves to its default is no difference. What names a run rather than shapes it is left out.
 */
import * as l10n from '@vscode/l10n';
import { keyDescription, keyUnit } from '../configuration/keys';
import type { JsonObject } from '../configuration/override';
import { isObject } from '../configuration/override';
import { hasCommand, keyPaths, parseCommandConfiguration, parseConfiguration } from '../configuration/parse';
import { departures } from '../configuration/presets/departures';
import { readFacts } from '../diagnostics/collapse/facts';
import { HumanError } from '../errors';
import type { ConfigurationFacts, RunFacts, Values } from './facts';
import type { RowForm } from './rows';
import { isOfProgram, programConfiguration } from './program';
import { compareValues, flatten, plainText } from './rows';
import type { DiffSection } from './runDiff';

/** Keys that say what a run is called and where it belongs, which the head of each column shows. */
const NAMING_KEYS: readonly string[] = ['$schema', 'formatVersion', 'name', 'group', 'baseline'];

/**
 * A configuration as it was read, with every default, as one value a key. One that this version cannot parse is taken
 * as it stands, and `problem` says why.
 */
export function resolveConfiguration(json: unknown, source: string): ConfigurationFacts {
  if (!isObject(json))
    return { values: {}, preset: {}, problem: l10n.t('{0} holds no configuration.', source) };
  try {
    return hasCommand(json) ? ofCommand(json, source) : ofTraining(json, source);
  } catch (thrown) {
    if (!(thrown instanceof HumanError)) throw thrown;
    return { values: flatten(json), preset: {}, problem: l10n.t('Without defaults: {0}', thrown.message) };
  }
}

function ofTraining(json: JsonObject, source: string): ConfigurationFacts {
  const configuration = parseConfiguration(json, source);
  const preset = departures(configuration).map((found) => [found.key, found.preset] as const);
  return { values: flatten(configuration), preset: Object.fromEntries(preset), problem: null };
}

/** What the file alone says, before its program has logged anything. */
function ofCommand(json: JsonObject, source: string): ConfigurationFacts {
  const config = parseCommandConfiguration(json, source);
  const told = { arguments: config.command.arguments, parameters: {} };
  const facts = readFacts({ config, ...told, consoleLines: [] });
  return programConfiguration({ json, ...told, facts }) ?? { values: {}, preset: {}, problem: null };
}

/** What makes runs replicates of each other: everything but seed and names, as text. */
export function settingOf({ values }: ConfigurationFacts): string {
  const keys = Object.keys(values).filter((key) => key !== 'seed' && !NAMING_KEYS.includes(key));
  return JSON.stringify(keys.sort().map((key) => [key, values[key]]));
}

/** Compares configurations. */
export function compareConfigurations(facts: readonly RunFacts[]): Pick<DiffSection, 'rows'> {
  const columns = facts.map(({ configuration }) => configuration && withoutNames(configuration.values));
  return { rows: compareValues(columns, keyPaths(), (key) => formOf(key, facts)) };
}

/** Keys of our own schema say nothing of a program of others that lacks them, nor its keys of a training of ours. */
function isUnknown({ configuration }: RunFacts, key: string): boolean {
  return configuration !== null && isOfProgram(key) !== (configuration.sources !== undefined);
}

function formOf(key: string, facts: readonly RunFacts[]): RowForm {
  const unit = keyUnit(key);
  return {
    description: keyDescription(key),
    text: (value) => `${plainText(value)} ${unitFor(value, unit)}`.trimEnd(),
    note: (column) => departureOf(facts[column], key),
    isUnknown: (column) => isUnknown(facts[column], key),
  };
}

/** Units that are words stand in the plural. */
function unitFor(value: unknown, unit: string): string {
  return value === 1 && unit.length > 2 ? unit.replace(/s$/, '') : unit;
}

function departureOf({ configuration }: RunFacts, key: string): string {
  const source = configuration?.sources?.[key];
  if (source !== undefined) return l10n.t('from {0}', source);
  if (configuration === null || !Object.hasOwn(configuration.preset, key)) return '';
  return l10n.t('preset: {0}', plainText(configuration.preset[key]));
}

function withoutNames(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !NAMING_KEYS.includes(key)));
}
