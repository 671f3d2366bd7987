/** What stage 1 gives to an engine: its programs, the state that they share, and its initial values. */
import type { Configuration } from '../domain/configuration/schema';
import type { EngineModule, NamedValues, Program } from '../engine/engine';
import { codeHash } from '../engine/trace/codeHash';
import { ENCODE_BATCH } from './evaluation/encode';
import type { Model } from './model/model';
import { initialValues, tensorSpecs } from './model/parameters';
import { createOptimiser } from './optimiser/createOptimiser';
import type { ViewBatch } from './programs/batch';
import { encodeProgram } from './programs/encode';
import { stageOneProgram } from './programs/stageOne';

export interface TrainingModule {
  readonly module: EngineModule<'train' | 'encode'>;
  readonly initial: NamedValues;
}

/**
 * The module of a configuration for images of `shape` (height, width, channels).
 * @param weighedClasses C, where samples have several labels or soft ones
 */
export function trainingModule(
  configuration: Configuration,
  model: Model,
  shape: readonly [number, number, number],
  weighedClasses?: number,
): TrainingModule {
  const state = [...model.parameters, ...createOptimiser(configuration).slots(model.parameters)];
  const { stage1, augmentation } = configuration;
  const targets = augmentation.mix === 'none' ? 'single' : 'mixed';
  const { views } = augmentation;
  const batch: ViewBatch = { images: stage1.batchSize, views, shape, targets, weighedClasses };
  const keyed = keyedBy(configuration, model, batch);
  return {
    module: {
      state: tensorSpecs(state),
      programs: {
        train: keyed('train', stageOneProgram(configuration, model, batch)),
        encode: keyed('encode', encodeProgram(model, ENCODE_BATCH, shape)),
      },
    },
    initial: initialValues(state, configuration.seed),
  };
}

/** Gives a program the key under which its graph is kept: the code, and all that the code is told. */
function keyedBy(configuration: Configuration, { architecture, ownHashes }: Model, batch: ViewBatch) {
  const code = codeHash();
  const { model, loss, optimiser, stage1 } = configuration;
  const told = [ownHashes, model, architecture, loss, optimiser, stage1.accumulate, batch];
  return (name: string, program: Program): Program =>
    code === undefined ? program : { ...program, key: JSON.stringify([code, name, ...told]) };
}
