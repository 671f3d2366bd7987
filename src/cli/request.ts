/**
 * From what a user typed or picked to a complete configuration: a `*.supcon.json` or a preset, a data set,
 * and changes of single keys. Relative paths in a file are relative to that file.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path';
import type { CommandConfiguration } from '../domain/configuration/command/schema';
import { applyOverride, isObject, mergeConfigurations } from '../domain/configuration/override';
import type { JsonObject } from '../domain/configuration/override';
import { isModulePath } from '../domain/configuration/modulePath';
import { hasCommand, parseCommandConfiguration, parseConfiguration } from '../domain/configuration/parse';
import { PRESETS, configurationOf, presetNamed } from '../domain/configuration/presets/presets';
import type { Configuration } from '../domain/configuration/schema';
import { HumanError } from '../domain/errors';
import type { PlannedRun } from '../domain/sweep/expand';
import { expandSweep } from '../domain/sweep/expand';
import { completeCommand } from '../runs/command/commandRun';
import { parseConfigurationText } from '../runs/configurationText';
import { detectDatasetKind } from './detect';

export interface RunRequest {
  /** Path of a `*.supcon.json`, or the name of a preset. */
  readonly source: string;
  /** Folder, file or archive of the data set, relative to the working folder; overrides `dataset.path`. */
  readonly data?: string | undefined;
  /** `path=value` changes, applied last. */
  readonly set?: readonly string[];
  /** What a training begins with where its source says nothing. */
  readonly defaults?: JsonObject;
}

/**
 * Resolves a request to a complete configuration with absolute paths and a name.
 * @throws HumanError naming the file and key that are wrong
 */
export async function resolveRequest(request: RunRequest): Promise<Configuration> {
  const { json, folder, label } = await resolveJson(request);
  const configuration = parseConfiguration(json, label);
  if (configuration.sweep !== undefined)
    throw new HumanError(`${label} has a "sweep" block: start it with \`supcon sweep start ${label}\`.`);
  return complete(configuration, folder);
}

/**
 * The command that a request asks for, with absolute paths; undefined where it asks for a training of ours.
 * @throws HumanError naming the file and key that are wrong
 */
export async function resolveCommand(request: RunRequest): Promise<CommandConfiguration | undefined> {
  if (!hasCommand(readSource(request.source).json)) return undefined;
  if (request.data !== undefined)
    throw new HumanError(
      `${request.source} runs a command, which reads its own data: name the data in "command.arguments".`,
    );
  const { json, folder, label } = await resolveJson(request);
  return completeCommand(parseCommandConfiguration(json, label), folder);
}

/**
 * Resolves a request to every run that it asks for: those of its "sweep" block, or the one.
 * @throws HumanError naming the run and key that are wrong
 */
export async function resolveSweep(request: RunRequest): Promise<ResolvedSweep> {
  const { json, folder, label } = await resolveJson(request);
  const { name, sweep } = complete(parseConfiguration(json, label), folder);
  const runs = expandSweep(json, label).map((run) => ({
    ...run,
    configuration: complete(run.configuration, folder),
  }));
  return { name, runs, hasSweep: sweep !== undefined };
}

interface ResolvedSweep {
  readonly name: string;
  readonly runs: PlannedRun[];
  /** False where the configuration has no "sweep" block and is one run. */
  readonly hasSweep: boolean;
}

/** The configuration as a person wrote it, with the data set and the changes that the request names. */
async function resolveJson(request: RunRequest): Promise<Source> {
  const { json: own, folder, label } = readSource(request.source);
  const json = hasCommand(own) ? own : mergeConfigurations(request.defaults ?? {}, own);
  const withData =
    request.data === undefined
      ? json
      : mergeConfigurations(json, { dataset: await datasetAt(request.data, json) });
  return { json: (request.set ?? []).reduce(applyOverride, withData), folder, label };
}

/** A configuration with absolute paths, those in it being relative to a folder, and a name. */
export function complete(configuration: Configuration, folder: string): Configuration {
  const { dataset, augmentation, model, loss, evaluation } = configuration;
  return {
    ...configuration,
    name: configuration.name || defaultName(configuration),
    dataset: {
      ...dataset,
      kind: resolveModule(folder, dataset.kind),
      path: resolvePath(folder, dataset.path),
    },
    augmentation: { ...augmentation, policy: resolveModule(folder, augmentation.policy) },
    model: {
      ...model,
      encoder: resolveModule(folder, model.encoder),
      weights: resolvePath(folder, model.weights),
    },
    loss: { ...loss, name: resolveModule(folder, loss.name) },
    evaluation: { ...evaluation, transferPath: resolvePath(folder, evaluation.transferPath) },
  };
}

/** The absolute path of a module; a name stays a name. */
function resolveModule<Name extends string>(folder: string, value: Name): Name {
  return isModulePath(value) ? (resolve(folder, value) as Name) : value;
}

/** An absolute path, or none. */
function resolvePath(folder: string, path: string): string {
  return path === '' || isAbsolute(path) ? path : resolve(folder, path);
}

interface Source {
  readonly json: JsonObject;
  readonly folder: string;
  readonly label: string;
}

function readSource(source: string): Source {
  const preset = presetNamed(source);
  if (preset !== undefined)
    return { json: { ...configurationOf(preset) }, folder: process.cwd(), label: `preset ${source}` };
  return {
    json: parseConfigurationText(readText(source), source),
    folder: dirname(resolve(source)),
    label: source,
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    const presets = PRESETS.map(({ name }) => name).join(', ');
    throw new HumanError(
      `There is no readable configuration ${path}: name a *.supcon.json file or a preset (${presets}).`,
    );
  }
}

/**
 * The data set at a path, relative to the working folder: the kind that the files show, or the configured one, whose
 * reader says what is missing.
 */
export async function datasetAt(path: string, json: JsonObject): Promise<JsonObject> {
  const configured = isObject(json['dataset']) ? json['dataset']['kind'] : undefined;
  const isFallback = configured !== undefined && configured !== 'generated';
  const kind = await detectDatasetKind(path).catch((thrown: unknown) => {
    if (isFallback) return configured;
    throw thrown;
  });
  return { path: resolve(path), kind };
}

/** A name, or the file name of a module. */
function nameOf(value: string): string {
  return isModulePath(value) ? basename(value, extname(value)) : value;
}

function defaultName({ loss, dataset, model }: Configuration): string {
  const data = dataset.path === '' ? nameOf(dataset.kind) : basename(dataset.path);
  return `${data}-${nameOf(loss.name)}-${nameOf(model.encoder)}`;
}
