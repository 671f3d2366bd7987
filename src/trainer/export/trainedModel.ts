/** The model of a run as a checkpoint holds it, for whoever takes it elsewhere. */
import { join } from 'node:path';
import { parseConfiguration } from '../../domain/configuration/parse';
import type { Configuration } from '../../domain/configuration/schema';
import { HumanError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import { openDataset } from '../../formats/datasets/dataset';
import { channelStatistics, splitByClass } from '../../formats/datasets/split';
import { readJson } from '../../formats/files';
import type { EncoderState } from '../../formats/torchvision';
import type { Checkpoint } from '../checkpoint';
import { readCheckpoint } from '../checkpoint';
import type { ModelInput } from '../model/input';
import { modelInput } from '../model/input';
import type { Model } from '../model/model';
import type { OwnModules } from '../own/load';
import { loadOwnModules } from '../own/load';
import { createModel } from '../model/model';
import { tensorSpecs } from '../model/parameters';

export interface TrainedModel {
  readonly configuration: Configuration;
  readonly model: Model;
  readonly input: ModelInput;
  /** Parameters and running statistics of encoder and head, by name. */
  readonly state: EncoderState;
  /** Optimiser steps that the weights have seen. */
  readonly step: number;
}

/** Loads the newest checkpoint of a run, or that of its best evaluation. Throws HumanError if there is none. */
export async function loadTrainedModel(runFolder: string, which: 'best' | 'last'): Promise<TrainedModel> {
  const path = join(runFolder, RUN_FILE.config);
  const configuration = parseConfiguration(await readJson(path), path);
  const own = await loadOwnModules(runFolder);
  const { input = await inputOfData(configuration, own), loop } = requireCheckpoint(runFolder, {}, which);
  const model = createModel(configuration, input, input.classes, own);
  const { state } = requireCheckpoint(runFolder, tensorSpecs(model.parameters), which);
  // A model's tensors are float32, without exception.
  return { configuration, model, input, state: state as EncoderState, step: loop.step };
}

function requireCheckpoint(
  runFolder: string,
  specs: Parameters<typeof readCheckpoint>[1],
  which: 'best' | 'last',
): Checkpoint {
  const checkpoint = readCheckpoint(runFolder, specs, which);
  if (checkpoint !== undefined) return checkpoint;
  throw new HumanError(
    which === 'best'
      ? `The run in ${runFolder} has no best checkpoint yet: wait for its first evaluation, or take the last one.`
      : `The run in ${runFolder} has no checkpoint that can be read: there is nothing to export.`,
  );
}

/** The first checkpoints do not say what their model takes; the data set does. */
async function inputOfData({ dataset, seed }: Configuration, own: OwnModules): Promise<ModelInput> {
  const { train } = await openDataset({ ...dataset, seed, own: own['dataset.kind'] });
  const split = splitByClass(train, { validationFraction: dataset.validationFraction, seed });
  return modelInput(train, channelStatistics(train, split.train));
}
