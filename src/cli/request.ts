/**
 * From what a user typed or picked to a complete configuration: a `*.supcon.json` or a preset, a data set,
 * and changes of single keys. Relative paths in a file are relative to that file.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import type { ParseError } from 'jsonc-parser';
import { parse, printParseErrorCode } from 'jsonc-parser';
import { applyOverride, isObject, mergeConfigurations } from '../domain/configuration/override';
import type { JsonObject } from '../domain/configuration/override';
import { parseConfiguration } from '../domain/configuration/parse';
import { PRESETS, configurationOf, presetNamed } from '../domain/configuration/presets/presets';
import type { Configuration } from '../domain/configuration/schema';
import { HumanError } from '../domain/errors';
import { detectDatasetKind } from './detect';

export interface RunRequest {
  /** Path of a `*.supcon.json`, or the name of a preset. */
  readonly source: string;
  /** Folder of the data set, relative to the working folder; overrides `dataset.path`. */
  readonly data?: string | undefined;
  /** `path=value` changes, applied last. */
  readonly set?: readonly string[];
}

/**
 * Resolves a request to a complete configuration with an absolute data path and a name.
 * @throws HumanError naming the file and key that are wrong
 */
export function resolveRequest(request: RunRequest): Configuration {
  const { json, folder, label } = readSource(request.source);
  const withData =
    request.data === undefined ? json : mergeConfigurations(json, { dataset: datasetAt(request.data, json) });
  const changed = (request.set ?? []).reduce(applyOverride, withData);
  const configuration = parseConfiguration(changed, label);
  const { dataset } = configuration;
  const path = dataset.path === '' || isAbsolute(dataset.path) ? dataset.path : resolve(folder, dataset.path);
  return {
    ...configuration,
    name: configuration.name || defaultName(configuration),
    dataset: { ...dataset, path },
  };
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
  return { json: parseJson(readText(source), source), folder: dirname(resolve(source)), label: source };
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

function parseJson(text: string, path: string): JsonObject {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split('\n').length;
    throw new HumanError(
      `${path} is not valid JSON: ${printParseErrorCode(error.error)} in line ${line}; correct it there.`,
    );
  }
  if (!isObject(value)) throw new HumanError(`${path}: the configuration must be an object in braces.`);
  return value;
}

/** The data set at a path: the configured kind, or the kind that the files themselves show. */
function datasetAt(path: string, json: JsonObject): JsonObject {
  const configured = isObject(json['dataset']) ? json['dataset']['kind'] : undefined;
  const kind = configured === undefined || configured === 'generated' ? detectDatasetKind(path) : configured;
  return { path: resolve(path), kind };
}

function defaultName({ loss, dataset, model }: Configuration): string {
  const data = dataset.path === '' ? dataset.kind : basename(dataset.path);
  return `${data}-${loss.name}-${model.encoder}`;
}
