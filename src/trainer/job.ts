/**
 * Everything that a training loop needs, made from the configuration: data, split, model, engine, session,
 * checkpoints. Made once at the start, so that nothing has to be loaded later.
 */
import type { Configuration } from '../domain/configuration/schema';
import type { EngineInfo } from '../domain/run/state';
import { chooseEngine } from '../engine/choose';
import type { Engine, EngineSession } from '../engine/engine';
import type { Dataset } from '../formats/datasets/imageSet';
import { openDataset } from '../formats/datasets/dataset';
import type { ChannelStatistics, Split } from '../formats/datasets/split';
import { channelStatistics, splitByClass } from '../formats/datasets/split';
import type { CheckpointStore } from './checkpoint';
import { openCheckpoints } from './checkpoint';
import { optimiserSteps } from './data/order';
import { engineRequest } from './engineRequest';
import type { LoopState } from './loop/state';
import { INITIAL_LOOP } from './loop/state';
import type { OwnModules } from './own/load';
import { loadOwnModules } from './own/load';
import type { Model } from './model/model';
import { modelInput } from './model/input';
import { createModel } from './model/model';
import { startingWeights } from './model/weights';
import type { TrainingModule } from './module';
import { trainingModule } from './module';
import { withOnlineProbe } from './programs/onlineProbe';

export type TrainingSession = EngineSession<'train' | 'encode'>;

export interface Job {
  readonly folder: string;
  readonly configuration: Configuration;
  readonly dataset: Dataset;
  readonly split: Split;
  readonly statistics: ChannelStatistics;
  readonly classes: number;
  readonly model: Model;
  /** The user's own modules that the run is made of. */
  readonly own: OwnModules;
  readonly engine: Engine;
  readonly engineInfo: EngineInfo;
  readonly session: TrainingSession;
  readonly checkpoints: CheckpointStore;
  /** Where to begin: zero, or where the newest checkpoint stood. */
  readonly start: LoopState;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/** Reads the data, builds the model, loads the engine, and restores the newest checkpoint if there is one. */
export async function prepareJob(folder: string, configuration: Configuration): Promise<Job> {
  const { dataset: source, seed, stage1, checkpoints: keeping } = configuration;
  const own = await loadOwnModules(folder);
  const dataset = await openDataset({ ...source, seed, own: own['dataset.kind'] });
  const split = splitByClass(dataset.train, { validationFraction: source.validationFraction, seed });
  const { classNames } = dataset.train;
  const model = createModel(configuration, dataset.train, classNames.length, own);
  const step = stepOf(configuration, model, dataset);
  const statistics = channelStatistics(dataset.train, split.train);
  const input = modelInput(dataset.train, statistics);
  const checkpoints = openCheckpoints(folder, step.module.state, { keep: keeping.keep, input });
  const restored = checkpoints.readNewest();
  const { name, options } = engineRequest(configuration, restored?.engine);
  const { engine, info } = await chooseEngine(name, options, step);
  const session = await engine.load(step.module, step.initial);
  await session.writeState(restored?.state ?? startingWeights(configuration, model));
  const stepsPerEpoch = optimiserSteps(split.train.length, stage1);
  return {
    folder,
    configuration,
    dataset,
    split,
    statistics,
    classes: classNames.length,
    model,
    own,
    engine,
    engineInfo: info,
    session,
    checkpoints,
    // Checkpoints of earlier versions lack what the loop has learnt to carry since.
    start: { ...INITIAL_LOOP, ...restored?.loop },
    stepsPerEpoch,
    totalSteps: stepsPerEpoch * stage1.epochs,
  };
}

/** A fresh session with the model's initial weights. */
export function loadSession(
  engine: Engine,
  configuration: Configuration,
  model: Model,
  dataset: Dataset,
): Promise<TrainingSession> {
  const { module, initial } = stepOf(configuration, model, dataset);
  return engine.load(module, initial);
}

function stepOf(configuration: Configuration, model: Model, { train }: Dataset): TrainingModule {
  const { height, width, channels, classNames } = train;
  const weighed = train.labelWeights === undefined ? undefined : classNames.length;
  const moduleOf = (shown: Model) => trainingModule(configuration, shown, [height, width, channels], weighed);
  return configuration.evaluation.onlineProbe
    ? withOnlineProbe(moduleOf, model, classNames.length)
    : moduleOf(model);
}
