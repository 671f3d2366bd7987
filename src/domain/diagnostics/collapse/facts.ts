/**
 * What is known of the loss of a program that is not ours, so that its collapse line can be drawn. Every fact has the
 * source that it was read from; what no source tells stays unknown, and is never guessed.
 */
import type { CommandConfiguration } from '../../configuration/command/schema';
import type { LossName } from '../../losses/kinds';
import type { Named, ParameterValue } from './sources';
import { NAMES, isSupContrast, namedArguments, namedParameters } from './sources';

/** Where a fact was read. `console` stands for the defaults of SupContrast, known by what it prints. */
export type FactSource = 'configuration' | 'arguments' | 'parameters' | 'console';

export interface Fact<T> {
  readonly value: T;
  readonly source: FactSource;
}

export type Scale = 'raw' | 'tau' | 'tau/base';

/** What is known; undefined for what is not. */
export interface LossFacts {
  readonly loss?: Fact<LossName> | undefined;
  /** N, images in a batch. */
  readonly batchSize?: Fact<number> | undefined;
  /** V. */
  readonly views?: Fact<number> | undefined;
  readonly temperature?: Fact<number> | undefined;
  readonly scale?: Fact<Scale> | undefined;
  readonly baseTemperature?: Fact<number> | undefined;
  /** C of the data set. */
  readonly classes?: Fact<number> | undefined;
  /** Processes that share a batch size between them; where there are several, N is not what one loss sees. */
  readonly processes?: Fact<number> | undefined;
}

export interface FactSources {
  /** Null for a run that no configuration of ours has started. */
  readonly config: Pick<CommandConfiguration, 'command' | 'loss'> | null;
  readonly arguments: readonly string[];
  /** Logged hyper-parameters by dotted path. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** The first lines of its output. */
  readonly consoleLines: readonly string[];
}

/** Reads every source, the configuration's own words first. */
export function readFacts(sources: FactSources): LossFacts {
  const { config, consoleLines } = sources;
  const told = [
    ['arguments', namedArguments(sources.arguments)],
    ['parameters', namedParameters(sources.parameters)],
  ] as const;
  const isKnown = isSupContrast(consoleLines);
  const number = (own: number | null | undefined, names: readonly string[], fallback?: number) =>
    fromConfiguration(own) ??
    firstOf(told, names, positive) ??
    (isKnown && fallback !== undefined ? ({ value: fallback, source: 'console' } as const) : undefined);
  const { command, loss } = config ?? {};
  const baseTemperature = number(loss?.baseTemperature, NAMES.baseTemperature, SUPCONTRAST.baseTemperature);
  return {
    loss: lossFact(loss?.name, told) ?? (isKnown ? { value: 'supcon', source: 'console' } : undefined),
    batchSize: number(command?.batchSize, NAMES.batchSize, SUPCONTRAST.batchSize),
    views: number(command?.views, NAMES.views, SUPCONTRAST.views),
    temperature: number(loss?.temperature, NAMES.temperature, SUPCONTRAST.temperature),
    scale: scaleFact(loss?.scale, baseTemperature),
    baseTemperature,
    classes: number(command?.classes, NAMES.classes) ?? firstOf(told, NAMES.dataset, classesOf),
    processes: firstOf(told, NAMES.processes, positive),
  };
}

/** The defaults of SupContrast's main_supcon.py; its scale is tau over a base of 0.07. */
const SUPCONTRAST = { batchSize: 256, views: 2, temperature: 0.07, baseTemperature: 0.07 };

/** What programs call the losses that we know. */
const LOSSES: Readonly<Record<string, LossName>> = {
  supcon: 'supcon',
  supconloss: 'supcon',
  supervisedcontrastive: 'supcon',
  simclr: 'simclr',
  ntxent: 'simclr',
  ntxentloss: 'simclr',
  infonce: 'simclr',
  ce: 'cross-entropy',
  crossentropy: 'cross-entropy',
  crossentropyloss: 'cross-entropy',
  triplet: 'triplet',
  npairs: 'n-pairs',
};

/** Classes of data sets that everyone names alike. */
const CLASSES: Readonly<Record<string, number>> = {
  cifar10: 10,
  cifar100: 100,
  mnist: 10,
  fashionmnist: 10,
  svhn: 10,
  stl10: 10,
  imagenet: 1000,
  imagenet1k: 1000,
  imagenet100: 100,
  tinyimagenet: 200,
};

type Told = readonly (readonly ['arguments' | 'parameters', Named])[];

function lossFact(own: CommandConfiguration['loss']['name'] | undefined, told: Told): LossFacts['loss'] {
  if (own !== undefined && own !== 'unknown') return { value: own, source: 'configuration' };
  return firstOf(told, NAMES.loss, (text) => LOSSES[condensed(text)]);
}

/** A program that has a base temperature divides by it; without one, nothing says how the loss is scaled. */
function scaleFact(
  own: CommandConfiguration['loss']['scale'] | undefined,
  baseTemperature: Fact<number> | undefined,
): Fact<Scale> | undefined {
  if (own !== undefined && own !== 'unknown') return { value: own, source: 'configuration' };
  return baseTemperature && { value: 'tau/base', source: baseTemperature.source };
}

function fromConfiguration(value: number | null | undefined): Fact<number> | undefined {
  return value === null || value === undefined ? undefined : { value, source: 'configuration' };
}

/** The first source that knows one of the names by a value that makes sense. */
function firstOf<T>(
  told: Told,
  names: readonly string[],
  read: (text: string) => T | undefined,
): Fact<T> | undefined {
  for (const [source, named] of told) {
    for (const name of names) {
      const text = named.get(name);
      const value = text === undefined ? undefined : read(text);
      if (value !== undefined) return { value, source };
    }
  }
  return undefined;
}

function positive(text: string): number | undefined {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

function classesOf(text: string): number | undefined {
  return CLASSES[condensed(text)];
}

function condensed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
