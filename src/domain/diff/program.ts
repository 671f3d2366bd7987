/**
 * The configuration of a program that is not ours: what its command says, its arguments and logged parameters by name,
 * and, under the keys of our own schema, what these mean for the loss. So it can be laid beside a training of ours.
 */
import * as l10n from '@vscode/l10n';
import type { Fact, FactSource, LossFacts } from '../diagnostics/collapse/facts';
import type { ParameterValue } from '../diagnostics/collapse/sources';
import type { ConfigurationFacts, Values } from './facts';
import { flatten } from './rows';

/** What is known of a program. */
export interface ProgramSettings {
  /** Its configuration as written; null for a run that nothing of ours has started. */
  readonly json: Values | null;
  /** With nothing left to fill in. */
  readonly arguments: readonly string[];
  /** Logged hyper-parameters by dotted path. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly facts: LossFacts;
}

/** One value a key; null where nothing at all is known of the program. */
export function programConfiguration(settings: ProgramSettings): ConfigurationFacts | null {
  const facts = Object.entries(KEY_OF_FACT).flatMap(([name, key]) => {
    const fact: Fact<unknown> | undefined = settings.facts[name as keyof typeof KEY_OF_FACT];
    return fact === undefined ? [] : [{ key, ...fact }];
  });
  const values = {
    ...writtenValues(settings.json ?? {}),
    ...argumentValues(settings.arguments),
    ...flatten(settings.parameters, PARAMETERS),
    ...Object.fromEntries(facts.map(({ key, value }) => [key, value])),
  };
  if (Object.keys(values).length === 0) return null;
  const sources = facts.flatMap(({ key, source }) => wordsOf(source).map((words) => [key, words] as const));
  return { values, preset: {}, problem: null, sources: Object.fromEntries(sources) };
}

/** Whether a key is one of a program's own, which no training of ours has. */
export function isOfProgram(key: string): boolean {
  return [COMMAND, ARGUMENTS, PARAMETERS].some((prefix) => key.startsWith(prefix));
}

const COMMAND = 'command.';
const ARGUMENTS = 'arguments.';
const PARAMETERS = 'parameters.';

/** What a fact is called in the configuration of a training of ours. */
const KEY_OF_FACT = {
  loss: 'loss.name',
  temperature: 'loss.temperature',
  scale: 'loss.scale',
  baseTemperature: 'loss.baseTemperature',
  batchSize: 'stage1.batchSize',
  views: 'augmentation.views',
} as const satisfies Partial<Record<keyof LossFacts, string>>;

/** Said again under the keys of our schema, or by the arguments one by one. */
const SAID_ELSEWHERE = ['command.arguments', 'command.batchSize', 'command.views'];

function wordsOf(source: FactSource): string[] {
  const words = {
    arguments: l10n.t('its arguments'),
    parameters: l10n.t('its logged parameters'),
    console: l10n.t('its output'),
  };
  return source === 'configuration' ? [] : [words[source]];
}

/** Null means that the file does not say; `unknown` is the word of the schema for it. */
function writtenValues(json: Values): Values {
  const said = Object.entries(flatten(json)).filter(
    ([key, value]) => value !== null && value !== 'unknown' && !SAID_ELSEWHERE.includes(key),
  );
  return Object.fromEntries(said);
}

/**
 * Arguments by name as they are written, without hyphens: `--lr 0.1`, `--lr=0.1`, Hydra's `optim.lr=0.1`, and flags
 * without a value as true. Words that belong to no name stay one list.
 */
function argumentValues(words: readonly string[]): Values {
  const values: Record<string, unknown> = {};
  const others: string[] = [];
  for (let place = 0; place < words.length; place++) {
    const word = words[place];
    const { name, value } = namedWord(word);
    if (name === undefined) others.push(word);
    else if (value !== undefined) values[ARGUMENTS + name] = numberOr(value);
    else if (place + 1 < words.length && namedWord(words[place + 1]).name === undefined)
      values[ARGUMENTS + name] = numberOr(words[++place]);
    else values[ARGUMENTS + name] = true;
  }
  return others.length === 0 ? values : { 'command.arguments': others, ...values };
}

const FLAG = /^-{1,2}([A-Za-z][\w.-]*)(?:=(.*))?$/s;
const ASSIGNED = /^\+{0,2}([A-Za-z][\w.-]*)=(.*)$/s;

function namedWord(word: string): {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
} {
  const [, name, value] = FLAG.exec(word) ?? ASSIGNED.exec(word) ?? [];
  return { name, value };
}

/** Written as 0.1 or 1e-1, a number is the same. */
function numberOr(text: string): string | number {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}
